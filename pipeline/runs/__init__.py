"""The ledger of work: runs, their batches, and what became of every row."""
