"""Resolution: each lead matched against all others, at a cost that stays flat."""
