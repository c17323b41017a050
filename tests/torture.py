"""Imports under random kills: ``python -m tests.torture --kills 1000``.

Whatever dies, and when: each import ends balanced, with the leads of an undisturbed one.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from sqlalchemy import select, text

from pipeline.database.engine import Database
from pipeline.database.migrate import migrate
from pipeline.leads.models import Lead
from pipeline.receipts import issue_receipt
from pipeline.runs.ledger import OPEN_STATES
from pipeline.runs.models import Batch, Run
from pipeline.runs.service import require_run
from pipeline.settings import Settings
from tests.imports import import_text
from tests.parts.crowd import crowd_file
from tests.parts.faults import FAULTS, Fault, upload
from tests.parts.postgres import PostgresServer, open_postgres
from tests.parts.stack import open_stack
from tests.parts.waiting import wait_until

ROWS = 5_000
# What tells of the moment and the way is left out: ids, times, versions, origins.
COLUMNS = (
    Lead.name,
    Lead.email,
    Lead.phone,
    Lead.phone_verified,
    Lead.status,
    Lead.source,
    Lead.company,
    Lead.title,
    Lead.website,
    Lead.other_emails,
    Lead.other_phones,
    Lead.custom,
)
PATIENCE_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Expected:
    """What a file becomes in peace: its leads, and the hash of what became of its rows."""

    leads: list[str]
    outcome_sha256: str


def torture(
    settings: Settings, content: bytes, expected: Expected, random: Random, kills: int
) -> None:
    """Import a file on a running engine with ``kills`` on the way, and judge the result."""
    with open_stack(settings) as stack, closing(Database(stack.settings.database)) as database:
        faults = draw_faults(random, kills)
        run_id = upload(stack, content, "once")
        assert upload(stack, content, "once") == run_id
        rows = content.count(b"\n") - 1
        for number, fault in enumerate(faults, start=1):
            # The last one comes when all rows are written and their leads are being matched.
            wait_for_rows(database, run_id, rows * number // kills)
            time.sleep(random.uniform(0, 0.15))
            fault(stack, random)
        wait_until(lambda: _has_ended(database, run_id), seconds=PATIENCE_SECONDS)
        judge(database, run_id, rows, expected)
        assert stack.stop() == 0
        assert stack.survivors() == []


def wait_for_rows(
    database: Database, run_id: int, rows: int, *, seconds: float = PATIENCE_SECONDS
) -> None:
    """Wait until a run has come so far, or has ended, as it should not."""

    def look() -> bool:
        with database.read() as db:
            run = require_run(db, run_id)
            return run.read >= rows or run.state not in OPEN_STATES

    wait_until(look, seconds=seconds)


def _has_ended(database: Database, run_id: int) -> bool:
    with database.read() as db:
        return require_run(db, run_id).state not in OPEN_STATES


def draw_faults(random: Random, kills: int) -> list[Fault]:
    """Draw so many faults: each kind in its share, in any order."""
    deck = [fault for fault, share in FAULTS.items() for _ in range(share)]
    drawn: list[Fault] = []
    while len(drawn) < kills:
        drawn += random.sample(deck, len(deck))
    return drawn[:kills]


def undisturbed(settings: Settings, content: bytes) -> Expected:
    """Give what a file becomes when nothing happens."""
    with closing(Database(settings.database)) as database:
        migrate(database)
        run = import_text(database, settings, content)
        assert run.state == "finished"
        return Expected(dump(database), issue_receipt(database, run.id).outcome_sha256)


def dump(database: Database) -> list[str]:
    """Give all leads in one order."""
    with database.read() as db:
        rows = db.execute(select(*COLUMNS)).mappings()
        return sorted(json.dumps(dict(row), sort_keys=True, default=str) for row in rows)


def judge(database: Database, run_id: int, rows: int, expected: Expected) -> None:
    """See that a run balances, left nothing open, made the leads it should, and can prove it."""
    with database.read() as db:
        run = require_run(db, run_id)
        assert (run.state, run.error, run.read) == ("finished", None, rows)
        assert db.scalars(select(Run.id)).all() == [run_id]
        assert set(db.scalars(select(Batch.state).distinct())) == {"done"}
        if database.url.startswith("sqlite"):
            assert db.scalar(text("PRAGMA integrity_check")) == "ok"
    assert dump(database) == expected.leads
    receipt = issue_receipt(database, run_id)
    assert (receipt.balanced, receipt.outcome_sha256) == (True, expected.outcome_sha256)


def main() -> None:
    """Run rounds on both databases in turn until there were enough kills."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}", flush=True)
    content, done, number = crowd_file(ROWS), 0, 0
    with tempfile.TemporaryDirectory(prefix="leads-calm-") as folder:
        expected = undisturbed(hard(Path(folder)), content)
    with open_postgres() as server:
        while done < arguments.kills:
            started, random = time.monotonic(), Random(arguments.seed + number)
            kills = min(random.randint(6, 14), arguments.kills - done)
            with fresh_settings(server, number) as settings:
                torture(settings, content, expected, random, kills)
            seconds, kind = time.monotonic() - started, settings.database.partition(":")[0]
            done, number = done + kills, number + 1
            print(f"{done:5} kills: {kills:2} in {seconds:2.0f} s, {kind}", flush=True)


@contextmanager
def fresh_settings(server: PostgresServer, number: int) -> Iterator[Settings]:
    """Give settings of an empty engine, every other time on PostgreSQL."""
    name = f"round_{number}"
    with tempfile.TemporaryDirectory(prefix="leads-torture-") as folder:
        yield hard(Path(folder), server.create(name) if number % 2 else "")
        server.drop(name)


def hard(data_dir: Path, database_url: str = "") -> Settings:
    """Give settings under which an engine notices soon that somebody died, and never gives up."""
    return Settings(
        data_dir=data_dir,
        database_url=database_url,
        batch_rows=250,
        tick_seconds=0.1,
        lease_seconds=1,
        max_attempts=100,
    )


if __name__ == "__main__":
    main()
