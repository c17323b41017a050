"""Bringing a database to the newest schema; a second start at the same moment waits."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from pipeline.database.engine import Database

MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 0x1EAD0


def migrate(database: Database) -> None:
    """Apply all migrations that are missing, in one transaction."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.engine.execution_options(writes=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
