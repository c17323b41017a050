"""Bringing a database to the newest schema; a second start at the same moment waits."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from pipeline.database.dialects import serialize_migrations
from pipeline.database.engine import Database
from pipeline.errors import StartRefused

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(database: Database) -> None:
    """Apply all migrations that are missing, in one transaction.

    Raises:
        StartRefused: a newer program has brought the database to a schema unknown here.
    """
    revision, newest = get_revision(database), newest_revision()
    if revision == newest:
        return
    if revision is not None and revision > newest:
        raise StartRefused(
            f"The database has schema {revision}, but this program knows up to {newest}: update it."
        )
    from alembic import command  # noqa: PLC0415 - slow to load, and seldom needed

    with database.engine.execution_options(writes=True).begin() as connection:
        serialize_migrations(connection)
        command.upgrade(configuration(connection), "head")


def get_revision(database: Database) -> str | None:
    """Give the revision of a database's schema; None where there is no schema yet."""
    with database.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return revision


def newest_revision() -> str:
    """Give the revision that :func:`migrate` brings a database to: the last file bears its name."""
    newest = max((MIGRATIONS / "versions").glob("*.py"))
    return newest.name.partition("_")[0]


def configuration(connection: Connection) -> "Config":
    """Give Alembic's configuration, whose commands then work on this connection."""
    from alembic.config import Config  # noqa: PLC0415 - slow to load, and seldom needed

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
