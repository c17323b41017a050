"""Prints the benchmarks as one table: ``python -m tests.benchmarks [--rows N] [--quick]``."""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.crawls import open_crawls
from tests.benchmarks.imports import open_postgres_imports, open_sqlite_imports
from tests.benchmarks.lists import open_lists
from tests.benchmarks.sections import Result, Section, format_table, measure

LEGEND = """
Medians of {rounds} rounds in which all contestants of a line take their turn on this machine;
the ratio is ours to theirs within a round. Of rows/s more is better, of milliseconds less.
"""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    rows: int
    pages: int
    leads: int
    asks: int
    rounds: int


FULL = Sizes(rows=50_000, pages=300, leads=100_000, asks=100, rounds=3)
QUICK = Sizes(rows=2_000, pages=40, leads=2_000, asks=10, rounds=1)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, help="rows of the imported file")
    parser.add_argument("--quick", action="store_true", help="small sizes: no figures to quote")
    arguments = parser.parse_args()
    sizes = QUICK if arguments.quick else FULL
    with tempfile.TemporaryDirectory(prefix="leads-bench-") as folder:
        rows = arguments.rows or sizes.rows
        results = list(run(Path(folder), rows, sizes))
    print(format_table(results))
    print(LEGEND.format(rounds=sizes.rounds))


def run(folder: Path, rows: int, sizes: Sizes) -> Iterator[Result]:
    """Measure section after section."""
    for section in sections(folder, rows, sizes):
        with section as opened:
            yield from measure(opened, sizes.rounds)


def sections(folder: Path, rows: int, sizes: Sizes) -> Iterator[AbstractContextManager[Section]]:
    """Give all sections, each prepared when it is its turn."""
    yield open_sqlite_imports(folder, rows)
    yield open_postgres_imports(folder, rows)
    yield open_crawls(folder, sizes.pages)
    yield open_lists(folder, sizes.leads, sizes.asks)


if __name__ == "__main__":
    main()
