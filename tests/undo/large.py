"""A very large undo, measured: ``python -m tests.undo.large --rows 1000000 [--postgresql]``.

Each step runs in a process of its own, so that the memory told is that of the undo.
"""

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import func, select

from pipeline.database.engine import Database
from pipeline.database.migrate import migrate
from pipeline.imports import open_spool, request_import
from pipeline.leads.models import Lead, LeadKey, Sighting
from pipeline.runs.models import Run
from pipeline.runs.service import require_run
from pipeline.settings import Settings
from pipeline.undo.service import take_back
from pipeline.work import spare_collector, work_on_run
from tests.parts.postgres import open_postgres

HEADER = b"name,email,phone,company,title\n"


def main() -> None:
    """Fill a table, import over it, take that back, bring it back, and say how fast each was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--postgresql", action="store_true")
    arguments = parser.parse_args()
    with open_settings(postgresql=arguments.postgresql) as settings:
        known = arguments.rows // 10
        step("fill", fill, settings, known)
        before = count(settings)
        step("import", fill, settings, arguments.rows)
        after = count(settings)
        step("undo", undo_newest, settings)
        assert count(settings) == before
        step("redo", undo_newest, settings)
        assert count(settings) == after


@contextmanager
def open_settings(*, postgresql: bool) -> Iterator[Settings]:
    """Give settings of an empty engine."""
    with tempfile.TemporaryDirectory(prefix="leads-undo-") as folder:
        if not postgresql:
            settings = Settings(data_dir=Path(folder))
            prepare(settings)
            yield settings
            return
        with open_postgres() as server:
            settings = Settings(data_dir=Path(folder), database_url=server.create("large"))
            prepare(settings)
            yield settings


def prepare(settings: Settings) -> None:
    """Bring the database to its schema."""
    with closing(Database(settings.database)) as database:
        migrate(database)


def step(name: str, act: Callable[..., int], *arguments: object) -> None:
    """Do one thing in a process of its own, and tell what it took."""
    process = multiprocessing.get_context("spawn").Process(
        target=measure, args=(name, act, *arguments)
    )
    process.start()
    process.join()
    if process.exitcode:
        sys.exit(f"{name} failed")


def measure(name: str, act: Callable[..., int], *arguments: object) -> None:
    """Print how fast something was and how much memory it took at most."""
    spare_collector()
    began, used = time.perf_counter(), time.process_time()
    rows = act(*arguments)
    seconds, busy = time.perf_counter() - began, time.process_time() - used
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_024
    print(
        f"{name:7} {rows:>9,} rows in {seconds:6.1f} s ({busy:.1f} s busy): "
        f"{rows / seconds:,.0f} a second, {memory} MB",
        flush=True,
    )


def fill(settings: Settings, rows: int) -> int:
    """Import so many people; those who are known have another title by then."""
    with closing(Database(settings.database)) as database:
        with open_spool(settings) as spool:
            spool.write(HEADER)
            for number in range(rows):
                spool.write(person(number, rows))
            spooled = spool.finish()
        with database.write("test") as db:
            run = request_import(db, spooled, file_name="people.csv", settings=settings)
        return finish(database, settings, run.id).read


def undo_newest(settings: Settings) -> int:
    """Take the newest run's operation back."""
    with closing(Database(settings.database)) as database:
        with database.write("test") as db:
            newest = db.scalars(select(Run).order_by(Run.id.desc()).limit(1)).one()
            run = take_back(db, newest.operation_id)
            assert isinstance(run, Run)
        ended = finish(database, settings, run.id)
        assert ended.kept == 0
        return ended.read


def finish(database: Database, settings: Settings, run_id: int) -> Run:
    """Work on a run to its end."""
    while work_on_run(database, settings, run_id):
        pass
    with database.read() as db:
        run = require_run(db, run_id)
        assert (run.state, run.error) == ("finished", None)
        return run


def count(settings: Settings) -> tuple[int | None, ...]:
    """Give how many leads, exact keys, titles and standing sightings there are."""
    standing = select(func.count()).where(Sighting.withdrawn_by.is_(None))
    queries = (
        select(func.count()).select_from(Lead),
        select(func.count()).select_from(LeadKey),
        select(func.count(Lead.title.distinct())),
        standing,
    )
    with closing(Database(settings.database)) as database, database.read() as db:
        return tuple(db.scalar(query) for query in queries)


def person(number: int, rows: int) -> bytes:
    """Give one row of a file of so many."""
    area, line = 200 + number // 10_000 % 700, number % 10_000
    contact = f"person{number}@company{number % 977}.com,+1 {area} 555 {line:04d}"
    return f"Person Number{number},{contact},Company {number % 977},Title {rows}\n".encode()


if __name__ == "__main__":
    main()
