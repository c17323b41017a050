"""Prints the benchmarks as one table: ``python -m tests.benchmarks [--rows N] [SECTION …]``."""

import argparse
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from tests.benchmarks.contest import PEERS
from tests.benchmarks.crawls import open_crawls
from tests.benchmarks.imports import open_postgres_imports, open_sqlite_imports
from tests.benchmarks.lists import open_lists
from tests.benchmarks.sections import Result, Section, format_table, measure
from tests.benchmarks.sheets import open_sheets

LEGEND = """
Medians of {rounds} rounds in which all contestants of a line take their turn on this machine;
the ratio is ours to theirs within a round. Of rows/s more is better, of milliseconds less.
"""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    rows: int
    sheet_rows: int
    pages: int
    leads: int
    asks: int
    rounds: int


FULL = Sizes(rows=500_000, sheet_rows=50_000, pages=300, leads=100_000, asks=100, rounds=3)
QUICK = Sizes(rows=2_000, sheet_rows=2_000, pages=40, leads=2_000, asks=10, rounds=1)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sections", metavar="SECTION", nargs="*", help=f"of {', '.join(SECTIONS)}")
    parser.add_argument("--rows", type=int, help="rows of the imported file")
    parser.add_argument("--quick", action="store_true", help="small sizes: no figures to quote")
    arguments = parser.parse_args()
    sizes = QUICK if arguments.quick else FULL
    if arguments.rows:
        sizes = replace(sizes, rows=arguments.rows)
    with tempfile.TemporaryDirectory(prefix="leads-bench-") as folder:
        results = list(run(Path(folder), sizes, arguments.sections or SECTIONS))
    print(format_table(results))
    print(LEGEND.format(rounds=sizes.rounds))
    if not PEERS.exists():
        print("Some peers are left out; make bench installs them.")


def run(folder: Path, sizes: Sizes, names: Iterable[str]) -> Iterator[Result]:
    """Measure section after section, each prepared when it is its turn."""
    for name in names:
        with SECTIONS[name](folder, sizes) as section:
            yield from measure(section, sizes.rounds)


SECTIONS: Mapping[str, Callable[[Path, Sizes], AbstractContextManager[Section]]] = {
    "sqlite": lambda folder, sizes: open_sqlite_imports(folder, sizes.rows),
    "postgres": lambda folder, sizes: open_postgres_imports(folder, sizes.rows),
    "sheets": lambda folder, sizes: open_sheets(folder, sizes.sheet_rows),
    "crawls": lambda folder, sizes: open_crawls(folder, sizes.pages),
    "lists": lambda folder, sizes: open_lists(folder, sizes.leads, sizes.asks),
}


if __name__ == "__main__":
    main()
