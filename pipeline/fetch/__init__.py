"""Polite and safe HTTP: the only way by which the engine asks foreign hosts for anything."""
