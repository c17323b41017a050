"""How long a list takes when there are many leads, beside the same list when there are few."""

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from statistics import quantiles

from pipeline.database.engine import Database
from pipeline.database.migrate import migrate
from pipeline.settings import PREFIX, Settings
from tests.benchmarks.our_import import import_file
from tests.benchmarks.people import write_people
from tests.benchmarks.sections import Row, Section
from tests.parts import ENVIRON, dying_with_us
from tests.parts.waiting import wait_until

CLIENTS = 4
FEW = 1_000
PATHS: Mapping[str, str] = {
    "GET /api/leads/?limit=100": "/api/leads/?limit=100",
    "the dashboard's list": "/api/ui-dashboard/leads-dashboard-ui",
}


@contextmanager
def open_lists(folder: Path, leads: int, asks: int) -> Iterator[Section]:
    """Prepare two engines, one with many leads and one with few; ``asks`` per client and list."""
    few = min(FEW, leads)
    with ExitStack() as stack:
        ports = {
            count: stack.enter_context(_open_server(_fill(folder / f"leads-{count}", count)))
            for count in sorted({few, leads})
        }

        def play() -> dict[str, float]:
            return {
                _label(name, count): _p95(port, path, asks)
                for name, path in PATHS.items()
                for count, port in ports.items()
            }

        yield Section(
            play,
            [
                Row(_label(name, leads), "p95 ms", _label(name, leads), _label(name, few))
                for name in PATHS
            ],
        )


def _label(name: str, leads: int) -> str:
    return f"{name}, {leads:,} leads"


def _fill(folder: Path, leads: int) -> Settings:
    folder.mkdir()
    settings = Settings(data_dir=folder, matching="off")
    write_people(folder / "people.csv", leads)
    with closing(Database(settings.database)) as database:
        migrate(database)
        import_file(database, settings, folder / "people.csv")
    return settings


@contextmanager
def _open_server(settings: Settings) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    environ = {name: value for name, value in ENVIRON.items() if not name.startswith(PREFIX)}
    options = ("--port", str(port), "--no-access-log", "--log-level", "warning")
    server = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "api.main:app", *options],
        env=environ | settings.to_env(),
        preexec_fn=dying_with_us(),  # noqa: PLW1509 - it only calls the kernel
    )
    try:
        wait_until(lambda: _answers(port), seconds=60)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def _p95(port: int, path: str, asks: int) -> float:
    """Give the 95th percentile, in milliseconds, of what some clients at once wait for."""
    with ThreadPoolExecutor(CLIENTS) as clients:
        jobs = [clients.submit(_ask, port, path, asks) for _ in range(CLIENTS)]
        waits = [wait for job in jobs for wait in job.result()]
    return quantiles(waits, n=20)[-1] * 1_000


def _ask(port: int, path: str, times: int) -> list[float]:
    waits = []
    with closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
        for _ in range(times):
            began = time.perf_counter()
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read()
            waits.append(time.perf_counter() - began)
            assert answer.status == 200, f"{path}: {answer.status} {body[:200]!r}"
    return waits
