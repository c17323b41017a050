"""The import as the engine does it: ``python -m tests.benchmarks.our_import FILE FOLDER STEP …``.

A step is ``import`` or ``plan``; each reports like a peer, in a line of its own. Everything is on:
parse, normalize, validate, exact dedupe, sightings, changes, outcomes, issues, ledger; all but
matching, which has a benchmark of its own.
"""

import argparse
import multiprocessing
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from pipeline.database.engine import Database
from pipeline.database.migrate import migrate
from pipeline.imports import ImportChoices, open_spool, request_import
from pipeline.runs.ledger import OPEN_STATES
from pipeline.runs.service import require_run
from pipeline.settings import Settings
from pipeline.work import spare_collector, work_on_run
from tests.benchmarks.peers.report import peak_megabytes, report

_CHUNK_BYTES = 1 << 20


def main() -> None:
    """Take the steps one after another, each to its end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("steps", nargs="+", choices=("import", "plan"))
    parser.add_argument("--url", default="")
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--workers", type=int, default=1)
    arguments = parser.parse_args()
    arguments.folder.mkdir(exist_ok=True)
    settings = Settings(data_dir=arguments.folder, database_url=arguments.url, matching="off")
    spare_collector()
    with closing(Database(settings.database)) as database, ExitStack() as stack:
        migrate(database)
        crew = [stack.enter_context(_open_worker(settings)) for _ in range(arguments.workers - 1)]
        for step in arguments.steps:
            work = partial(
                import_file, database, settings, arguments.file, plan=step == "plan", crew=crew
            )
            peaks: list[float] = []
            report(
                arguments.rows,
                lambda work=work, peaks=peaks: peaks.extend(work()),
                peak=lambda peaks=peaks: max(peak_megabytes(), *peaks, 0),
            )


def import_file(
    database: Database,
    settings: Settings,
    file: Path,
    *,
    plan: bool = False,
    crew: Sequence[Connection] = (),
) -> list[float]:
    """Import a file as an upload is: spooled, requested, worked on batch by batch, balanced.

    ``crew`` are the other processes that work on it; their peaks of memory are given.
    """
    with open_spool(settings) as spool:
        with file.open("rb") as upload:
            while chunk := upload.read(_CHUNK_BYTES):
                spool.write(chunk)
        spooled = spool.finish()
    choices = ImportChoices(plan=plan)
    with database.write("bench") as db:
        run = request_import(db, spooled, file_name=file.name, settings=settings, choices=choices)
    for worker in crew:
        worker.send(run.id)
    _work(database, settings, run.id)
    peaks = [worker.recv() for worker in crew]
    with database.read() as db:
        state = require_run(db, run.id).state
    assert state == "finished", state
    return peaks


@contextmanager
def _open_worker(settings: Settings) -> Iterator[Connection]:
    """Start a process that works on the runs that it is told of, and wait until it is ready."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, settings), daemon=True)
    process.start()
    ours.recv()
    yield ours
    ours.send(None)
    process.join()


def _serve(orders: Connection, settings: Settings) -> None:
    spare_collector()
    with closing(Database(settings.database)) as database:
        with database.read() as db:
            db.connection()
        orders.send("ready")
        while (run_id := orders.recv()) is not None:
            _work(database, settings, run_id)
            orders.send(peak_megabytes())


def _work(database: Database, settings: Settings, run_id: int) -> None:
    while True:
        if not work_on_run(database, settings, run_id):
            with database.read() as db:
                if require_run(db, run_id).state not in OPEN_STATES:
                    return
            time.sleep(0.002)


if __name__ == "__main__":
    main()
