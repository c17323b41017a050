"""When two records speak of the same lead."""
