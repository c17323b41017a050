"""The database of a data folder, opened in the newest schema; a fresh folder simply works."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from sqlalchemy.exc import ArgumentError, OperationalError

from pipeline.database.engine import Database
from pipeline.database.migrate import migrate
from pipeline.errors import DatabaseUnreachable
from pipeline.settings import Settings


@contextmanager
def open_store(settings: Settings) -> Iterator[Database]:
    """Open the database and bring it up to date.

    Raises:
        DatabaseUnreachable: it cannot be opened.
    """
    make_data_folder(settings)
    with closing(connect(settings)) as database:
        try:
            migrate(database)
        except OperationalError as error:
            raise DatabaseUnreachable(f"The database cannot be opened: {reason(error)}") from None
        yield database


def make_data_folder(settings: Settings) -> None:
    """Make the data folder, for its owner's eyes only.

    Raises:
        DatabaseUnreachable: that cannot be done.
    """
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnreachable(
            f"The data folder {settings.data_dir} cannot be made: {error.strerror}."
        ) from None


def connect(settings: Settings) -> Database:
    """Give the database without touching it.

    Raises:
        DatabaseUnreachable: its URL is no URL.
    """
    try:
        return Database(settings.database)
    except ArgumentError:
        raise DatabaseUnreachable("LEADS_DATABASE_URL is not a database URL.") from None


def reason(error: OperationalError) -> str:
    """Give the first line of what the database's driver has to say."""
    return next(iter(str(error.orig).splitlines()), "it gives no reason")
