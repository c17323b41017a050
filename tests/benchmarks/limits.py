"""What a database can do at best: ``python -m tests.benchmarks.limits WAY FILE TARGET ROWS``.

No check, no index, no second look: each cell of the file goes into a bare table.
"""

import csv
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import psycopg

from tests.benchmarks.peers.report import report
from tests.benchmarks.people import COLUMNS

_TABLE = ", ".join(f'"{column}" TEXT' for column in COLUMNS)
_CHUNK_BYTES = 1 << 20


def main() -> None:
    """Import a file in one way, and report."""
    way, file, target, rows = sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    report(rows, lambda: WAYS[way](file, target))


def sqlite_limit() -> tuple[str, str]:
    """Give the way to SQLite's limit and its name: the shell's ``.import`` or ``executemany``."""
    if shutil.which("sqlite3"):
        return "shell", "sqlite3 .import into a bare table"
    return "driver", "executemany from csv.reader"


def import_by_shell(file: Path, database: str) -> None:
    """Import a CSV file with SQLite's own shell."""
    _make_table(database)
    command: list[str | Path] = ["sqlite3", database, f".import --csv --skip 1 {file} people"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def import_by_executemany(file: Path, database: str) -> None:
    """Import a CSV file with Python's driver."""
    _make_table(database)
    marks = ", ".join("?" * len(COLUMNS))
    with sqlite3.connect(database) as connection, file.open(encoding="utf-8", newline="") as rows:
        reader = csv.reader(rows)
        next(reader)
        connection.executemany(f"INSERT INTO people VALUES ({marks})", reader)
    connection.close()


def copy_into(file: Path, url: str) -> None:
    """Let PostgreSQL read a CSV file."""
    conninfo = url.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(conninfo) as connection, connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE people ({_TABLE})")
        statement = "COPY people FROM STDIN WITH (FORMAT csv, HEADER)"
        with file.open("rb") as rows, cursor.copy(statement) as copy:
            while chunk := rows.read(_CHUNK_BYTES):
                copy.write(chunk)


WAYS: Mapping[str, Callable[[Path, str], None]] = {
    "shell": import_by_shell,
    "driver": import_by_executemany,
    "copy": copy_into,
}


def _make_table(database: str) -> None:
    connection = sqlite3.connect(database)
    connection.execute(f"CREATE TABLE people ({_TABLE})")
    connection.close()


if __name__ == "__main__":
    main()
