"""Bringing the database up to date before anything else starts: ``python -m workers.migrate``."""

from contextlib import closing

from pipeline.database.engine import Database
from pipeline.database.migrate import migrate
from workers.app import read_settings


def main() -> None:
    """Apply all migrations that are missing."""
    with closing(Database(read_settings().database)) as database:
        migrate(database)


if __name__ == "__main__":
    main()
