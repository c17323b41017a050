"""Prints the benchmarks as tables: ``python -m tests.benchmarks [--rows N] [SECTION …]``.

``quality`` and ``matching`` have tables of their own; ``matching`` is measured only when it is
named, since it fills a million leads.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from tests.benchmarks.contest import PEERS
from tests.benchmarks.crawls import open_broad, open_crawl
from tests.benchmarks.imports import open_postgres_imports, open_sqlite_imports
from tests.benchmarks.labelled_sets import find_sets
from tests.benchmarks.lists import open_lists
from tests.benchmarks.matching_cost import measure_cost
from tests.benchmarks.matching_quality import measure_quality
from tests.benchmarks.page_reading import open_pages
from tests.benchmarks.quality_table import format_quality
from tests.benchmarks.sections import Result, Section, format_table, measure
from tests.benchmarks.sheets import open_sheets
from tests.parts import ENVIRON

LEGEND = """
Medians of {rounds} rounds (of crawls {crawl_rounds}) in which all contestants of a line take their
turn on this machine; the ratio is ours to theirs within a round. Of rows/s and pages/s more is
better, of milliseconds and MB less.
"""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    rows: int
    sheet_rows: int
    pages: int
    hosts: int
    pages_a_host: int
    leads: int
    asks: int
    rounds: int
    crawl_rounds: int
    made: int
    shuffles: int
    stored: tuple[int, ...]
    probes: int
    data: Path | None = None
    sets: tuple[str, ...] = ()
    picture: bool = False


FULL = Sizes(
    rows=500_000,
    sheet_rows=50_000,
    pages=2_000,
    hosts=200,
    pages_a_host=25,
    leads=100_000,
    asks=100,
    rounds=3,
    crawl_rounds=5,
    made=5_000,
    shuffles=5,
    stored=(10_000, 100_000, 1_000_000),
    probes=3_000,
)
QUICK = Sizes(
    rows=2_000,
    sheet_rows=2_000,
    pages=40,
    hosts=5,
    pages_a_host=3,
    leads=2_000,
    asks=10,
    rounds=1,
    crawl_rounds=1,
    made=600,
    shuffles=1,
    stored=(300, 3_000),
    probes=100,
)


def main() -> None:
    """Measure and print."""
    arguments = _read_arguments()
    sizes = _choose_sizes(arguments)
    names = arguments.sections or [*SECTIONS, "quality"]
    with tempfile.TemporaryDirectory(prefix="leads-bench-") as folder:
        compared = [name for name in names if name in SECTIONS]
        if compared:
            print(format_table(list(run(Path(folder), sizes, compared))))
            print(LEGEND.format(rounds=sizes.rounds, crawl_rounds=sizes.crawl_rounds))
        for name in names:
            if name in TABLES:
                for part in TABLES[name](Path(folder), sizes):
                    print(part, flush=True)
    if not PEERS.exists():
        print("Some peers are left out; make bench installs them.")


def run(folder: Path, sizes: Sizes, names: Iterable[str]) -> Iterator[Result]:
    """Measure section after section, each prepared when it is its turn."""
    for name in names:
        with SECTIONS[name](folder, sizes) as section:
            rounds = sizes.crawl_rounds if name in CRAWLS else sizes.rounds
            yield from measure(section, rounds)


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    sections = [*SECTIONS, *TABLES]
    parser.add_argument(
        "sections", metavar="SECTION", nargs="*", default=[], help=f"of {', '.join(sections)}"
    )
    parser.add_argument("--rows", type=int, help="rows of the imported file")
    parser.add_argument("--quick", action="store_true", help="small sizes: no figures to quote")
    parser.add_argument(
        "--data",
        type=Path,
        default=ENVIRON.get("LEADS_EVAL_DATA"),
        help="quality: a folder of labelled sets, each SET/data.csv (default: leads made up)",
    )
    parser.add_argument("--set", action="append", default=[], help="quality: only this set")
    parser.add_argument(
        "--stored",
        type=lambda text: tuple(sorted(map(int, text.split(",")))),
        help="matching: how many leads are stored at each measurement, as 10000,100000",
    )
    parser.add_argument(
        "--picture", action="store_true", help="matching: draw the curve from these figures"
    )
    return parser.parse_args()


def _choose_sizes(arguments: argparse.Namespace) -> Sizes:
    sizes = QUICK if arguments.quick else FULL
    return replace(
        sizes,
        rows=arguments.rows or sizes.rows,
        stored=arguments.stored or sizes.stored,
        data=arguments.data,
        sets=tuple(arguments.set),
        picture=arguments.picture,
    )


def _quality(folder: Path, sizes: Sizes) -> Iterator[str]:
    sets = find_sets(sizes.data, sizes.made, sizes.sets)
    return format_quality(
        measure_quality(one, folder / f"set-{number}", shuffles=sizes.shuffles)
        for number, one in enumerate(sets)
    )


def _matching(folder: Path, sizes: Sizes) -> Iterator[str]:
    yield measure_cost(folder, sizes.stored, sizes.probes, picture=sizes.picture)


SECTIONS: Mapping[str, Callable[[Path, Sizes], AbstractContextManager[Section]]] = {
    "sqlite": lambda folder, sizes: open_sqlite_imports(folder, sizes.rows),
    "postgres": lambda folder, sizes: open_postgres_imports(folder, sizes.rows),
    "sheets": lambda folder, sizes: open_sheets(folder, sizes.sheet_rows),
    "crawl": lambda folder, sizes: open_crawl(folder, sizes.pages),
    "broad": lambda folder, sizes: open_broad(folder, sizes.hosts, sizes.pages_a_host),
    "pages": lambda _, sizes: open_pages(sizes.pages),
    "lists": lambda folder, sizes: open_lists(folder, sizes.leads, sizes.asks),
}
CRAWLS = frozenset({"crawl", "broad", "pages"})
TABLES: Mapping[str, Callable[[Path, Sizes], Iterator[str]]] = {
    "quality": _quality,
    "matching": _matching,
}


if __name__ == "__main__":
    main()
