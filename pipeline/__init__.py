"""The core: from a published record to a lead. Knows no HTTP server, no Celery, no source."""
