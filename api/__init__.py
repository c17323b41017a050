"""The HTTP face: CRUD, imports, runs, the dashboard."""
