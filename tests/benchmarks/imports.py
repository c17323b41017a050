"""The import, end to end, beside what a database can do at best and what a naive script does."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

from pipeline.database.engine import Database
from pipeline.database.migrate import migrate
from pipeline.imports import open_spool, request_import
from pipeline.runs.service import require_run
from pipeline.settings import Settings
from pipeline.work import spare_collector, work_on_run
from tests.benchmarks import peers
from tests.benchmarks.people import write_people
from tests.benchmarks.sections import Row, Section
from tests.parts.postgres import open_postgres

RATE = "rows/s"
NAIVE_ROWS = 1_000
_CHUNK_BYTES = 1 << 20


@contextmanager
def open_sqlite_imports(folder: Path, rows: int) -> Iterator[Section]:
    """Prepare the comparison on SQLite."""
    file = folder / "people.csv"
    write_people(file, rows)
    numbers = count()
    limit_name, limit = peers.sqlite_limit()
    naive = min(rows, NAIVE_ROWS)

    def play() -> dict[str, float]:
        place = folder / f"sqlite-{next(numbers)}"
        place.mkdir()
        settings = Settings(data_dir=place)
        first, again = _import_twice(settings, file, rows)
        return {
            "first": first,
            "again": again,
            limit_name: rows / _seconds(lambda: limit(file, place / "limit.db")),
            _NAIVE: naive / _seconds(lambda: peers.insert_naively(file, place / "n.db", naive)),
        }

    yield Section(
        play,
        (
            Row("import, SQLite", RATE, "first", limit_name),
            Row("import, SQLite", RATE, "first", _NAIVE),
            Row("the same file again, SQLite", RATE, "again", "first"),
        ),
    )


@contextmanager
def open_postgres_imports(folder: Path, rows: int) -> Iterator[Section]:
    """Prepare the comparison on PostgreSQL."""
    file = folder / "people.csv"
    write_people(file, rows)
    numbers = count()
    with open_postgres() as server:

        def play() -> dict[str, float]:
            number = next(numbers)
            settings = Settings(
                data_dir=folder / f"pg-{number}", database_url=server.create(f"ours_{number}")
            )
            first, again = _import_twice(settings, file, rows)
            copied = _seconds(lambda: peers.copy_into(file, server.url(f"ours_{number}")))
            return {"first": first, "again": again, _COPY: rows / copied}

        yield Section(
            play,
            (
                Row("import, PostgreSQL", RATE, "first", _COPY),
                Row("the same file again, PostgreSQL", RATE, "again", "first"),
            ),
        )


_NAIVE = "pydantic, SELECT, add, commit per row"
_COPY = "COPY into a bare table"


def _import_twice(settings: Settings, file: Path, rows: int) -> tuple[float, float]:
    spare_collector()
    with closing(Database(settings.database)) as database:
        migrate(database)
        first = _seconds(lambda: import_file(database, settings, file))
        again = _seconds(lambda: import_file(database, settings, file))
    return rows / first, rows / again


def import_file(database: Database, settings: Settings, file: Path) -> None:
    """Import a file as an upload is: spooled, requested, worked on batch by batch, balanced."""
    with open_spool(settings) as spool:
        with file.open("rb") as upload:
            while chunk := upload.read(_CHUNK_BYTES):
                spool.write(chunk)
        spooled = spool.finish()
    with database.write("bench") as db:
        run_id = request_import(db, spooled, file_name=file.name, settings=settings).id
    while work_on_run(database, settings, run_id):
        pass
    with database.read() as db:
        state = require_run(db, run_id).state
    assert state == "finished", state


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
