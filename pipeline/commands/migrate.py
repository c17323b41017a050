"""Bring the database to the newest schema. Every other command does so by itself, too."""

from argparse import ArgumentParser, Namespace

from pipeline.commands.context import Context, add_common_arguments
from pipeline.commands.store import open_store
from pipeline.database.migrate import get_revision


def add_arguments(parser: ArgumentParser) -> None:
    """Declare which database."""
    add_common_arguments(parser)


def run(_: Namespace, context: Context) -> int:
    """Migrate, and answer with the revision the database has now."""
    with open_store(context.settings) as database:
        revision = get_revision(database)
    context.answer({"revision": revision}, f"The database is at revision {revision}.")
    return 0
