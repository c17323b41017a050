"""What each kind of batch takes while a run is worked on."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import psutil

from pipeline import work
from pipeline.database.engine import Database
from pipeline.runs.ledger import Claim
from pipeline.settings import Settings


@dataclass(slots=True)
class Spent:
    """Seconds of processor by kind of batch, a database server's among them; by the clock in all.

    ``own`` are those of this process alone.
    """

    cpu: Counter[str] = field(default_factory=Counter)
    own: float = 0.0
    seconds: float = 0.0


@contextmanager
def spend(clock: Callable[[], float]) -> Iterator[Spent]:
    """Watch this process work on batches; ``clock`` tells the processor's time."""
    spent = Spent()
    work_on_batch = work.work_on_batch

    def watched(database: Database, settings: Settings, claim: Claim) -> None:
        began = clock()
        work_on_batch(database, settings, claim)
        spent.cpu[claim.kind] += clock() - began

    own, began = time.process_time(), time.perf_counter()
    with patch.object(work, "work_on_batch", watched):
        yield spent
    spent.own, spent.seconds = time.process_time() - own, time.perf_counter() - began


def processor_clock(url: str) -> Callable[[], float]:
    """Give a clock of this process and, for PostgreSQL here, of the processes that serve it."""
    folders = parse_qs(urlsplit(url).query).get("host", [])
    if not folders:
        return time.process_time
    pid = int((Path(folders[0]) / "data" / "postmaster.pid").read_text().split()[0])
    server = psutil.Process(pid)
    return lambda: time.process_time() + _server_seconds(server)


def _server_seconds(server: psutil.Process) -> float:
    seconds = 0.0
    for one in (server, *server.children()):
        with suppress(psutil.NoSuchProcess):
            times = one.cpu_times()
            seconds += times.user + times.system
    times = server.cpu_times()
    return seconds + times.children_user + times.children_system
