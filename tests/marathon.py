"""A very large import under kills: ``python -m tests.marathon --rows 5000000 --kills 20``.

On PostgreSQL with two workers, once in peace and once not: the same leads, the same receipt, and no
process that needs much memory.
"""

import argparse
import contextlib
import hashlib
import http.client
import json
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

import psutil
from sqlalchemy import func, select

from pipeline.database.engine import Database
from pipeline.leads.models import Lead, LeadKey, Sighting
from pipeline.operations.models import Change
from pipeline.receipts import issue_receipt
from pipeline.records import Outcome
from pipeline.settings import Settings
from tests.benchmarks.people import write_people
from tests.parts.faults import Fault
from tests.parts.postgres import open_postgres
from tests.parts.stack import Stack, open_stack
from tests.torture import COLUMNS, draw_faults, wait_for_rows

ROWS = 5_000_000
KILLS = 20
FLAWED = 0.03
MOST_MEGABYTES = 300
PATIENCE_SECONDS = 900
_LOOK_SECONDS = 0.2
_RECEIPT = ("state", "bytes", "sha256", "rows", "read", *Outcome, "balanced", "outcome_sha256")


@dataclass(frozen=True, slots=True)
class Result:
    """What an import came to, in terms that hang on no moment, id or way; and what it took."""

    receipt: Mapping[str, Any]
    leads: str
    sizes: Mapping[str, int]
    seconds: float
    megabytes: float


def compare(file: Path, rows: int, kills: int, random: Random) -> tuple[Result, Result]:
    """Import a file in peace and under kills, and see that both come to the same.

    Raises:
        AssertionError: they do not, or a process held too much memory.
    """
    with open_postgres() as server:
        results = []
        for name, faults in (("calm", []), ("hunted", draw_faults(random, kills))):
            url = server.create(name)
            with tempfile.TemporaryDirectory(prefix=f"leads-{name}-") as folder:
                results.append(run(_settings(Path(folder), url), file, rows, faults, random))
            server.drop(name)
    calm, hunted = results
    assert calm.receipt["balanced"]
    assert calm.receipt["rows"] == rows
    same = ("receipt", "leads", "sizes")
    assert {name: getattr(hunted, name) for name in same} == {
        name: getattr(calm, name) for name in same
    }
    assert max(calm.megabytes, hunted.megabytes) < MOST_MEGABYTES
    return calm, hunted


def run(
    settings: Settings, file: Path, rows: int, faults: Sequence[Fault], random: Random
) -> Result:
    """Import a file on a running engine with these faults on the way, evenly spread."""
    with open_stack(settings, workers=2) as stack, closing(Database(settings.database)) as database:
        began = time.monotonic()
        with _watch_memory(stack) as peak:
            run_id = _upload(stack, file)
            for number, fault in enumerate(faults, start=1):
                goal = rows * number // (len(faults) + 1)
                wait_for_rows(database, run_id, goal, seconds=PATIENCE_SECONDS)
                fault(stack, random)
            wait_for_rows(database, run_id, rows, seconds=PATIENCE_SECONDS)
            seconds = time.monotonic() - began
            receipt = asdict(issue_receipt(database, run_id))
        assert stack.stop() == 0
        assert stack.survivors() == []
        kept = {name: receipt[name] for name in _RECEIPT}
        return Result(kept, _digest_leads(database), _sizes(database), seconds, max(peak))


def _settings(data_dir: Path, url: str) -> Settings:
    return Settings(
        matching="off",  # what is run here is the import
        data_dir=data_dir,
        database_url=url,
        tick_seconds=0.2,
        lease_seconds=3,
        max_attempts=100,
    )


def _upload(stack: Stack, file: Path) -> int:
    target = urlsplit(stack.address)
    headers = {"Content-Type": "text/csv", "Content-Length": str(file.stat().st_size)}
    with closing(http.client.HTTPConnection(target.netloc, timeout=600)) as connection:
        with file.open("rb") as body:
            connection.request("POST", "/api/imports", body, headers)
        answer = connection.getresponse()
        told = json.load(answer)
    assert answer.status == 202, told
    return int(told["id"])


@contextmanager
def _watch_memory(stack: Stack) -> Iterator[list[float]]:
    """Give the megabytes of the largest process of an engine, looked at again and again."""
    seen = [0.0]
    done = threading.Event()

    def look() -> None:
        while not done.wait(_LOOK_SECONDS):
            seen.append(max((_megabytes(process) for process in _processes(stack)), default=0.0))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield seen
    finally:
        done.set()
        thread.join()


def _processes(stack: Stack) -> list[psutil.Process]:
    with contextlib.suppress(psutil.Error):
        supervisor = psutil.Process(stack.supervisor.pid)
        return [supervisor, *supervisor.children(recursive=True)]
    return []


def _megabytes(process: psutil.Process) -> float:
    with contextlib.suppress(psutil.Error):
        return float(process.memory_info().rss) / (1 << 20)
    return 0.0


def _digest_leads(database: Database) -> str:
    """Give a hash of all leads that hangs on no order: the sum of the hashes of each."""
    total = 0
    query = select(*COLUMNS).execution_options(yield_per=10_000)
    with database.read() as db:
        for row in db.execute(query):
            text = json.dumps(tuple(row), sort_keys=True, default=str)
            total += int.from_bytes(hashlib.blake2b(text.encode(), digest_size=16).digest())
    return f"{total % (1 << 128):032x}"


def _sizes(database: Database) -> dict[str, int]:
    tables = (Lead, LeadKey, Sighting, Change)
    with database.read() as db:
        return {
            table.__tablename__: db.scalar(select(func.count()).select_from(table)) or 0
            for table in tables
        }


def main() -> None:
    """Write the file, import it twice, and tell what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="leads-marathon-") as folder:
        file = Path(folder) / "people.csv"
        write_people(file, arguments.rows, flawed=FLAWED)
        calm, hunted = compare(file, arguments.rows, arguments.kills, Random(arguments.seed))
    for name, result in (("in peace", calm), (f"under {arguments.kills} kills", hunted)):
        rate = arguments.rows / result.seconds
        print(
            f"{name}: {arguments.rows:,} rows in {result.seconds:,.0f} s, {rate:,.0f} a second, "
            f"at most {result.megabytes:.0f} MB a process"
        )
    print(f"the same leads ({calm.sizes['leads']:,}) and the same receipt:")
    print(json.dumps(calm.receipt, indent=2))


if __name__ == "__main__":
    main()
