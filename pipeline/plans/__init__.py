"""Plans: what an import would do, row by row, before anything is done."""
