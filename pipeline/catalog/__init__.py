"""All sources a run can be made of: those written in Python, and those declared as data."""
