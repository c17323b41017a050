"""How a contestant's process says what its work took: one line of JSON on standard output."""

import csv
import json
import resource
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path


def peak_megabytes() -> float:
    """Give the most memory that this process has ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024


def report(
    rows: int, work: Callable[[], object], *, peak: Callable[[], float] = peak_megabytes
) -> None:
    """Do the work and print the seconds it took, and the peak of memory in MB."""
    began = time.perf_counter()
    work()
    seconds = time.perf_counter() - began
    print(json.dumps({"rows": rows, "seconds": seconds, "megabytes": peak()}))


def read_people(file: Path, rows: int) -> Iterator[dict[str, str]]:
    """Read the first rows of a CSV file by its header."""
    with file.open(encoding="utf-8", newline="") as lines:
        yield from islice(csv.DictReader(lines), rows)
