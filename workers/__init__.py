"""Celery and the supervisor: they say when, the pipeline says what."""
