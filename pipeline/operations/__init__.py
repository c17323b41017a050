"""The change ledger: before and after of every write to a lead."""
