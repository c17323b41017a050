"""Sources begun from a recorded page: what repeats on it, and a first scraper for that."""
