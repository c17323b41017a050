"""The bodies of fetched pages, kept in files: for a worker's successor, replays and evidence."""
