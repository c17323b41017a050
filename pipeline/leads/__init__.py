"""Leads, their sightings and exact keys."""
