"""Taking operations back: small ones at once, large ones as a run with batches."""
