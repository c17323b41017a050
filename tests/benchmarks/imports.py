"""The import, end to end, beside what a database can do at best and what peers do."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from tests.benchmarks.contest import PEERS, Report, enter, enter_steps
from tests.benchmarks.limits import sqlite_limit
from tests.benchmarks.people import write_people
from tests.benchmarks.sections import Row, Section
from tests.parts.postgres import PostgresServer, open_postgres

RATE = "rows/s"
COPY = "COPY into a bare table"
NAIVE = "pydantic, phonenumbers, SELECT, add, commit per row"
DLT = "dlt, merge by e-mail; validates nothing"
CSVS = "csvs-to-sqlite; validates, dedupes nothing"
DJANGO = "django-import-export in bulk; validates nothing"

# Slow peers import the first rows only; so many take them some seconds.
_FEW: Mapping[str, int] = {NAIVE: 500, DLT: 20_000, CSVS: 100_000, DJANGO: 5_000}


@contextmanager
def open_sqlite_imports(folder: Path, rows: int) -> Iterator[Section]:
    """Prepare the comparison on SQLite, all on one core."""
    file = _make_file(folder, rows)
    numbers = count()
    way, limit = sqlite_limit()

    def play() -> dict[str, float]:
        place = folder / f"sqlite-{next(numbers)}"
        place.mkdir()
        first, again = _import(file, place / "ours", rows, "import", "import")
        (plan,) = _import(file, place / "plan", rows, "plan")
        figures = {"first": first.rate, "again": again.rate, "plan": plan.rate}
        figures["memory"] = max(one.megabytes for one in (first, again, plan))
        figures[limit] = enter("limits", way, file, place / "limit.db", rows).rate
        figures |= _play_sqlite_peers(file, rows, place)
        shutil.rmtree(place)
        return figures

    what = "import, SQLite, 1 core"
    beside = (limit, NAIVE, *((DLT, CSVS) if PEERS.exists() else ()))
    yield Section(
        play,
        (
            *(Row(what, RATE, "first", name) for name in beside),
            Row("the same file again, SQLite", RATE, "again", "first"),
            Row("a plan, SQLite", RATE, "plan", "first"),
            Row("peak memory, SQLite", "MB", "memory"),
        ),
    )


@contextmanager
def open_postgres_imports(folder: Path, rows: int) -> Iterator[Section]:
    """Prepare the comparison on PostgreSQL, whose own processes are free to use any core."""
    file = _make_file(folder, rows)
    numbers = count()
    with open_postgres() as server:

        def play() -> dict[str, float]:
            place = folder / f"postgres-{next(numbers)}"
            place.mkdir()
            figures = _play_postgres(server, file, rows, place)
            figures |= _play_postgres_peers(server, file, rows, place)
            shutil.rmtree(place)
            return figures

        peers = (NAIVE, *((DLT, DJANGO) if PEERS.exists() else ()))
        yield Section(
            play,
            (
                Row("import, PostgreSQL, 1 worker on 1 core", RATE, "first", COPY),
                *(
                    Row("import, PostgreSQL, 2 workers", RATE, "two", name)
                    for name in (COPY, *peers)
                ),
                Row("the same file again, PostgreSQL", RATE, "again", "first"),
                Row("a plan, PostgreSQL", RATE, "plan", "first"),
                Row("peak memory of a worker, PostgreSQL", "MB", "memory"),
            ),
        )


def _make_file(folder: Path, rows: int) -> Path:
    file = folder / "people.csv"
    if not file.exists():
        write_people(file, rows)
    return file


def _import(
    file: Path, place: Path, rows: int, *steps: str, url: str = "", workers: int = 1
) -> list[Report]:
    options = ("--rows", rows, "--url", url, "--workers", workers)
    return enter_steps("our_import", file, place, *steps, *options, cores=workers)


def _play_sqlite_peers(file: Path, rows: int, place: Path) -> dict[str, float]:
    few = {name: min(rows, most) for name, most in _FEW.items()}
    rates = {NAIVE: enter("peers.naive", file, f"sqlite:///{place}/naive.db", few[NAIVE]).rate}
    if PEERS.exists():
        dlt = ("peers.dlt_merge", file, f"sqlite:///{place}/dlt.db", few[DLT], place)
        csvs = ("peers.csvs_to_sqlite", file, place / "csvs.db", few[CSVS], place)
        rates |= {DLT: enter(*dlt, python=PEERS).rate, CSVS: enter(*csvs, python=PEERS).rate}
    return rates


def _play_postgres(server: PostgresServer, file: Path, rows: int, place: Path) -> dict[str, float]:
    with _databases(server, "one", "two", "plan", "limit") as url:
        first, again = _import(file, place / "one", rows, "import", "import", url=url["one"])
        (two,) = _import(file, place / "two", rows, "import", url=url["two"], workers=2)
        (plan,) = _import(file, place / "plan", rows, "plan", url=url["plan"])
        copied = enter("limits", "copy", file, url["limit"], rows)
    return {
        "first": first.rate,
        "again": again.rate,
        "two": two.rate,
        "plan": plan.rate,
        COPY: copied.rate,
        "memory": max(one.megabytes for one in (first, again, two, plan)),
    }


def _play_postgres_peers(
    server: PostgresServer, file: Path, rows: int, place: Path
) -> dict[str, float]:
    few = {name: min(rows, most) for name, most in _FEW.items()}
    with _databases(server, "peers") as url:
        rates = {NAIVE: enter("peers.naive", file, url["peers"], few[NAIVE]).rate}
        if PEERS.exists():
            dlt = ("peers.dlt_merge", file, url["peers"], few[DLT], place)
            django = ("peers.django_import", file, url["peers"], few[DJANGO])
            rates |= {
                DLT: enter(*dlt, python=PEERS).rate,
                DJANGO: enter(*django, python=PEERS).rate,
            }
    return rates


@contextmanager
def _databases(server: PostgresServer, *names: str) -> Iterator[Mapping[str, str]]:
    urls = {name: server.create(f"bench_{name}") for name in names}
    try:
        yield urls
    finally:
        for name in names:
            server.drop(f"bench_{name}")
