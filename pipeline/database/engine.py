"""Opening the database, and the only place that commits."""

import logging
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from pipeline.database.dialects import engine_options, is_transient, prepare, snapshot_options

Result = TypeVar("Result")
TRIES = 6


class Database:
    """One database and its pool of connections. Open it after a fork, never before."""

    def __init__(self, url: str) -> None:
        self.url = url
        logging.getLogger("sqlalchemy.engine.Engine").addFilter(_tells_no_rows)
        self.engine = create_engine(url, hide_parameters=True, **engine_options(url))
        prepare(self.engine)
        self._writing = self.engine.execution_options(writes=True)
        self._repeating = self.engine.execution_options(**snapshot_options(url))

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a session that only reads; whatever it changes is rolled back."""
        with Session(self.engine, expire_on_commit=False) as db:
            yield db

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """Open a session that reads one state of the database, whatever is written meanwhile."""
        with Session(self._repeating, expire_on_commit=False) as db:
            yield db

    @contextmanager
    def write(self, actor: str = "system") -> Iterator[Session]:
        """Open a unit of work: commit on success, roll back on any error.

        ``actor`` says in the change ledger who acts.
        """
        with Session(self._writing, expire_on_commit=False, info={"actor": actor}) as db:
            yield db
            db.commit()

    def transact(self, work: Callable[[Session], Result], *, actor: str = "system") -> Result:
        """Run ``work`` in one unit of work, again where the database was busy or deadlocked.

        Raises:
            DBAPIError: the database failed for another reason, or too often.
        """
        for attempt in range(TRIES):
            try:
                with self.write(actor) as db:
                    return work(db)
            except DBAPIError as error:
                if attempt == TRIES - 1 or not is_transient(error):
                    raise
                time.sleep(random.uniform(0.01, 0.05) * 2**attempt)  # noqa: S311 - only spreads retries
        raise AssertionError("unreachable")  # pragma: no cover

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def _tells_no_rows(record: logging.LogRecord) -> bool:
    """Whether a record of SQLAlchemy is not a row that was read, which may be a person's values."""
    return record.levelno > logging.DEBUG
