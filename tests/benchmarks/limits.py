"""What the import is measured beside: the databases' own limits, and a naive script."""

import csv
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import psycopg
from pydantic import BaseModel, EmailStr
from sqlalchemy import String, create_engine, select  # noqa: TID251 - the peer is not our engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from tests.benchmarks.people import COLUMNS

_TABLE = ", ".join(f'"{column}" TEXT' for column in COLUMNS)
_CHUNK_BYTES = 1 << 20


def sqlite_limit() -> tuple[str, Callable[[Path, Path], None]]:
    """Give SQLite's limit and its name: the shell's ``.import``, or else ``executemany``."""
    if shutil.which("sqlite3"):
        return "sqlite3 .import into a bare table", import_by_shell
    return "executemany from csv.reader", import_by_executemany


def import_by_shell(file: Path, database: Path) -> None:
    """Import a CSV file with SQLite's own shell: no check, no index, no second look."""
    _make_table(database)
    command: list[str | Path] = ["sqlite3", database, f".import --csv --skip 1 {file} people"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def import_by_executemany(file: Path, database: Path) -> None:
    """Import a CSV file with Python's driver: no check, no index, no second look."""
    _make_table(database)
    marks = ", ".join("?" * len(COLUMNS))
    with sqlite3.connect(database) as connection, file.open(encoding="utf-8", newline="") as rows:
        reader = csv.reader(rows)
        next(reader)
        connection.executemany(f"INSERT INTO people VALUES ({marks})", reader)
    connection.close()


def copy_into(file: Path, url: str) -> None:
    """Let PostgreSQL read a CSV file into a table without index."""
    conninfo = url.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(conninfo) as connection, connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE people ({_TABLE})")
        statement = "COPY people FROM STDIN WITH (FORMAT csv, HEADER)"
        with file.open("rb") as rows, cursor.copy(statement) as copy:
            while chunk := rows.read(_CHUNK_BYTES):
                copy.write(chunk)


class _Base(DeclarativeBase):
    pass


class _Person(_Base):
    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str] = mapped_column(String, index=True)
    phone: Mapped[str]
    source: Mapped[str]


class _PersonIn(BaseModel):
    name: str
    email: EmailStr
    phone: str
    source: str


def insert_naively(file: Path, database: Path, rows: int) -> None:
    """Import a file's first rows as tutorials do: check, look it up, add it, commit."""
    engine = create_engine(f"sqlite:///{database}")
    _Base.metadata.create_all(engine)
    with Session(engine) as db, file.open(encoding="utf-8", newline="") as lines:
        for row in islice(csv.DictReader(lines), rows):
            person = _PersonIn(
                name=row["Full Name"],
                email=row["Email"],
                phone=row["Phone"],
                source=row["Lead Source"],
            )
            if db.scalar(select(_Person).where(_Person.email == person.email)) is None:
                db.add(_Person(**person.model_dump()))
            db.commit()
    engine.dispose()


def _make_table(database: Path) -> None:
    connection = sqlite3.connect(database)
    connection.execute(f"CREATE TABLE people ({_TABLE})")
    connection.close()
