"""Saved mappings: what a person chose for a file's columns, kept for the next file like it."""
