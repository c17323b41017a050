"""What a crawler's process is told, and how it says what its crawl took."""

import argparse
import json
import re
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Task:
    """A crawl: so many pages on each host, by their links or by a list, read in one of two ways."""

    folder: Path
    pages: int
    origins: list[str]
    reading: str
    follow: bool
    tuned: bool
    broad: bool


def read_arguments() -> Task:
    """Read the command line of a crawler."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("pages", type=int)
    parser.add_argument("origins", nargs="+")
    parser.add_argument("--reading", default="cards")
    parser.add_argument("--list", dest="follow", action="store_false")
    parser.add_argument("--tuned", action="store_true")
    parser.add_argument("--broad", action="store_true")
    return Task(**vars(parser.parse_args()))


def report(crawl: Callable[[], tuple[int, int]]) -> None:
    """Crawl, and print the pages and records, the seconds and the peak of memory in MB."""
    began, clock = processor_seconds(), time.perf_counter()
    pages, records = crawl()
    figures = {
        "pages": pages,
        "records": records,
        "processor": processor_seconds() - began,
        "seconds": time.perf_counter() - clock,
        "megabytes": _peak_megabytes(),
    }
    print(json.dumps(figures))


def processor_seconds() -> float:
    """Give the processor time that this process has taken, in all its threads."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _peak_megabytes() -> float:
    """Give the most memory this program held; ``ru_maxrss`` would count what it was forked from."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024
    (kilobytes,) = re.findall(r"VmHWM:\s+(\d+) kB", status.read_text())
    return int(kilobytes) / 1_024
