"""A download flows while the database is read, and holds it no longer than its client stays."""

import socket
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from sqlalchemy import Table, text

from api import downloads
from pipeline.database.base import utc_now
from pipeline.database.dialects import bulk_insert, driver_moment
from pipeline.database.engine import Database
from pipeline.leads.models import Lead
from pipeline.settings import Settings
from tests.parts.servers import open_api

LEADS = 3_000
READERS = """SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL"""


@pytest.fixture
def served(settings: Settings, database: Database) -> Iterator[str]:
    """The address of a running API with so many leads that no buffer holds their export."""
    with database.write() as db:
        now = driver_moment(db, utc_now())
        columns = ("id", "name", "source", "status", "created_at", "updated_at", "custom")
        columns += ("phone_verified", "other_emails", "other_phones", "origins", "version")
        rest = (True, "[]", "[]", "{}", 1)
        biography = f'{{"Bio":"{"tea and cake " * 800}"}}'
        rows = [
            (number, f"Ann {number}", "Fair", "new", now, now, biography, *rest)
            for number in range(1, LEADS + 1)
        ]
        table: Table = Lead.__table__  # type: ignore[assignment] # it is no other selectable
        bulk_insert(db, table, columns, rows)
    with open_api(settings) as address:
        yield address


def test_a_download_flows_and_ends_its_transaction_when_the_client_hangs_up(
    served: str, database: Database
) -> None:
    with _connect(served, "/api/exports") as client:
        assert client.recv(65_536).startswith(b"HTTP/1.1 200 ")
        assert _is_read(database)

    _wait_for(lambda: not _is_read(database))


def test_a_client_that_takes_nothing_is_given_up(
    served: str, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "STALL_SECONDS", 0.3)
    with _connect(served, "/api/exports") as client:
        assert client.recv(1_000)
        _wait_for(lambda: not _is_read(database))

        received = 0
        while chunk := client.recv(1 << 20):
            received += len(chunk)
    assert received < LEADS * 5_000


@pytest.mark.parametrize("name", ["jsonl", "xlsx"])
def test_a_download_that_is_taken_arrives_whole(served: str, database: Database, name: str) -> None:
    url = f"{served}/api/exports?format={name}"
    answer = httpx.get(url, trust_env=False, timeout=60)

    assert answer.status_code == 200
    assert len(answer.content) > (50_000 if name == "xlsx" else LEADS * 10_000)
    _wait_for(lambda: not _is_read(database))


def _connect(address: str, path: str) -> socket.socket:
    target = urlsplit(address)
    client = socket.create_connection((target.hostname or "", target.port or 80), timeout=20)
    client.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    return client


def _is_read(database: Database) -> bool:
    """Whether some other transaction reads an earlier state of the database."""
    with database.write() as db:
        if database.url.startswith("postgresql"):
            return bool(db.scalar(text(READERS)))
        db.execute(text("UPDATE leads SET version = version + 1 WHERE id = 1"))
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # What is written after a reader began cannot be folded in before it ends.
        found = connection.execute(text("PRAGMA wal_checkpoint(PASSIVE)")).one()
    return bool(found[1] != found[2])


def _wait_for(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.05)
