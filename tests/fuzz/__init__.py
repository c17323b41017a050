"""A differential fuzz of the validators against their libraries."""
