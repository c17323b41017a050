"""Leads merged into one and split again, without loss."""
