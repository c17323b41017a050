"""The one database room: engine, dialects, migrations."""
