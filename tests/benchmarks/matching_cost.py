"""What matching one more lead costs, the more of them are stored: on SQLite and on PostgreSQL."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.benchmarks.contest import run_module
from tests.benchmarks.cost_picture import draw
from tests.benchmarks.sections import align
from tests.parts.postgres import open_postgres

FIGURES = Path(__file__).with_name("matching-cost.json")
PICTURE = FIGURES.with_suffix(".svg")

Figures = Mapping[str, float]
Costs = Mapping[str, Sequence[Figures]]

LEGEND = """
us: processor time of one record among a file of them, the server's with it: of its matching
(indexed, compared, merged or queued), and of all that an import does. One lead: entered as by the
API, without HTTP, each commit durable; own CPU: this process's part of that, in ms on average;
then its matching alone. compared: pairs scored for a record. MB: peak memory of the process.
"""
_COLUMNS: Mapping[str, str] = {
    "stored": "stored",
    "matching us": "matching_us",
    "all us": "record_us",
    "records/s": "rate",
    "one lead p50 ms": "entered_p50_ms",
    "p99": "entered_p99_ms",
    "own CPU": "entered_cpu_ms",
    "matching p50": "matching_p50_ms",
    "p99 ": "matching_p99_ms",
    "compared": "compared",
    "hot keys": "hot_keys",
    "MB": "peak_megabytes",
}


def measure_cost(folder: Path, sizes: Sequence[int], probes: int, *, picture: bool) -> str:
    """Measure at each size and give the table; ``picture`` draws the curve anew from it."""
    costs = dict(_measure(folder, sizes, probes))
    if picture:
        FIGURES.write_text(json.dumps(costs, indent=1) + "\n", encoding="utf-8")
        PICTURE.write_text(draw(costs), encoding="utf-8")
    return format_costs(costs)


def format_costs(costs: Costs) -> str:
    """Give the figures as a table, and how the cost has grown between the two largest sizes."""
    lines: list[Sequence[str]] = [("database", *_COLUMNS)]
    growths = []
    for database, all_figures in costs.items():
        lines += [
            (database, *(_shown(figures[name]) for name in _COLUMNS.values()))
            for figures in all_figures
        ]
        growths += _growth(database, all_figures)
    right = range(1, len(lines[0]))
    return "\n".join([align(lines, right), *growths]) + "\n" + LEGEND


def _measure(
    folder: Path, sizes: Sequence[int], probes: int
) -> Iterator[tuple[str, Sequence[Figures]]]:
    options = ("--probes", probes, *sizes)
    yield "SQLite", run_module("our_store", folder / "store-sqlite", *options)
    with open_postgres(durable=True) as server:
        url = server.create("bench_store")
        place = folder / "store-postgres"
        yield "PostgreSQL", run_module("our_store", place, "--url", url, *options)


def _growth(database: str, all_figures: Sequence[Figures]) -> Iterator[str]:
    for before, after in zip(all_figures[-2:], all_figures[-1:], strict=False):
        ratio = after["matching_us"] / before["matching_us"]
        sizes = f"{after['stored']:,.0f} stored to {before['stored']:,.0f}"
        yield f"{database}: processor time of matching, {sizes}: {ratio:.2f}"


def _shown(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.3g}"
