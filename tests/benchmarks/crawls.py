"""Our crawler beside Scrapy, each in a process of its own on one core, the site on the other."""

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from tests.benchmarks.contest import run_module
from tests.benchmarks.directory_pages import RECORDS
from tests.benchmarks.directory_site import open_directory
from tests.benchmarks.sections import Figures, Row, Section

OURS, PLAIN, TUNED = "ours", "Scrapy's CrawlSpider", "Scrapy, tuned"
LISTED, CONTACTS = "by a list", "contacts found"
SCRAPY: Mapping[str, tuple[str, ...]] = {PLAIN: (), TUNED: ("--tuned",)}
WAYS: Mapping[str, tuple[str, ...]] = {
    "": (),
    LISTED: ("--list",),
    CONTACTS: ("--reading", "contacts"),
}
LIMIT = "a connection to each, always busy"
CPU = "CPU ms a page"
LATENCY = 0.1


@contextmanager
def open_crawl(
    folder: Path, pages: int, ways: Mapping[str, tuple[str, ...]] = WAYS
) -> Iterator[Section]:
    """Prepare the crawl of one site: by its links or a list, read by selectors or in full."""
    numbers = count()
    with open_directory(pages) as origins:

        def play() -> dict[str, float]:
            place = folder / f"crawl-{next(numbers)}"
            crawls = {}
            for way, options in ways.items():
                for name, own in {OURS: (), **SCRAPY}.items():
                    module = "scrapy_crawl" if name in SCRAPY else "our_crawl"
                    where = place / _name(name, way)
                    crawls[_name(name, way)] = _crawl(module, where, pages, origins, *options, *own)
            shutil.rmtree(place)
            cpu = {name: one["processor"] / pages * 1_000 for name, one in crawls.items()}
            return cpu | {f"{name}, memory": one["megabytes"] for name, one in crawls.items()}

        yield Section(play, [*_crawl_rows(pages, ways)])


@contextmanager
def open_broad(folder: Path, hosts: int, pages: int) -> Iterator[Section]:
    """Prepare the crawl of many slow hosts at once, one connection to each."""
    numbers = count()
    with open_directory(pages, hosts=hosts, latency=LATENCY) as origins:

        def play() -> dict[str, float]:
            place = folder / f"broad-{next(numbers)}"
            ours = _crawl("our_crawl", place / "ours", pages, origins, "--list")
            theirs = _crawl(
                "scrapy_crawl", place / "scrapy", pages, origins, "--list", "--tuned", "--broad"
            )
            shutil.rmtree(place)
            return {
                OURS: pages * hosts / ours["seconds"],
                TUNED: pages * hosts / theirs["seconds"],
                LIMIT: hosts / LATENCY,
                f"{OURS}, memory": ours["megabytes"],
                f"{TUNED}, memory": theirs["megabytes"],
            }

        what = f"{hosts} hosts, {LATENCY * 1_000:.0f} ms each"
        yield Section(
            play,
            (
                Row(what, "pages/s", OURS, TUNED),
                Row(what, "pages/s", OURS, LIMIT),
                Row(what, "MB", *_memory(OURS, TUNED)),
            ),
        )


def _crawl_rows(pages: int, ways: Iterable[str]) -> Iterator[Row]:
    for way in ways:
        what = f"crawl of {pages:,} pages{way and ', '}{way}"
        for name in SCRAPY:
            yield Row(what, CPU, _name(OURS, way), _name(name, way))
            yield Row(what, "MB", *_memory(_name(OURS, way), _name(name, way)))


def _name(crawler: str, way: str) -> str:
    return f"{crawler}, {way}" if way else crawler


def _memory(ours: str, theirs: str) -> tuple[str, str]:
    return f"{ours}, memory", f"{theirs}, memory"


def _crawl(module: str, folder: Path, pages: int, origins: Sequence[str], *options: str) -> Figures:
    """Let a crawler run in a process of its own, and give what it took."""
    folder.mkdir(parents=True)
    (report,) = run_module(module, folder, pages, *origins, *options)
    # All must have done the same work: every page, and every record of each.
    total = pages * len(origins)
    assert (report["pages"], report["records"]) == (total, total * RECORDS), report
    return report
