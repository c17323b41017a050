"""Polite and safe HTTP."""
