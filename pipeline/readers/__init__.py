"""Files turned into raw records."""
