"""The crawl of one site, each crawler in a process of its own, beside Scrapy."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from tests.benchmarks.sections import Row, Section
from tests.parts import dying_with_us

SCRAPY = "Scrapy: robots.txt on, items to a file"


@contextmanager
def open_crawls(folder: Path, pages: int) -> Iterator[Section]:
    """Serve the site and prepare the comparison."""
    numbers = count()
    with _serve_site(pages) as url:

        def play() -> dict[str, float]:
            place = folder / f"crawl-{next(numbers)}"
            return {
                "ours": _crawl("our_crawl", url, place / "ours", pages),
                SCRAPY: _crawl("scrapy_crawl", url, place / "scrapy", pages),
            }

        yield Section(play, [Row(f"crawl of {pages:,} pages", "CPU ms a page", "ours", SCRAPY)])


@contextmanager
def _serve_site(pages: int) -> Iterator[str]:
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.directory_site", str(pages)],
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=dying_with_us(),  # noqa: PLW1509 - it only calls the kernel
    )
    with server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


def _crawl(module: str, url: str, folder: Path, pages: int) -> float:
    """Give the milliseconds of processor time that a crawler takes for a page."""
    folder.mkdir(parents=True)
    command: list[str | Path] = [sys.executable, "-m", f"tests.benchmarks.{module}", url, folder]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    report = json.loads(done.stdout)
    # Both must have done the same work: all pages, a record of each but the first.
    assert (report["pages"], report["records"]) == (pages, pages - 1), report
    return float(report["seconds"]) / pages * 1_000
