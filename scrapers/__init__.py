"""One file per source; found by the entry point that names this package."""
