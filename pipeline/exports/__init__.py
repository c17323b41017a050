"""Leads written out, one file per format."""
