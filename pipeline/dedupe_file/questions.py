"""Questions: the pairs that only a person can decide, as a file to fill in and give back."""

from collections.abc import Iterator, Sequence

from pipeline.dedupe.decide import Band, band_of, probability
from pipeline.dedupe.learning import usefulness
from pipeline.dedupe.matcher import Pair
from pipeline.dedupe_file.answers import COLUMNS
from pipeline.dedupe_file.reasons import describe, describe_guards
from pipeline.dedupe_file.service import Found
from pipeline.dedupe_file.table import Table
from pipeline.normalize.formulas import guard_formula

HEADER = (*COLUMNS, "a", "b", "probability", "bits", "band", "reasons")
"""The columns of answers, of which ``match`` is blank, and what helps to fill it in."""

_BETWEEN = " | "


def find_questions(found: Found, limit: int | None = None) -> list[Pair]:
    """Give the doubtful pairs that nobody has answered, the most useful first."""
    doubtful = [
        pair
        for pair in found.pairs
        if band_of(pair.comparison) is Band.REVIEW and (pair.left, pair.right) not in found.judged
    ]
    return sorted(doubtful, key=_by_use)[:limit]


def question_rows(table: Table, found: Found, questions: Sequence[Pair]) -> Iterator[list[str]]:
    """Give a row for each pair, none of whose cells can run as a formula."""
    wanted = {position for pair in questions for position in (pair.left, pair.right)}
    places = sorted({place for several in found.columns.places.values() for place in several})
    texts = {
        position: _BETWEEN.join(
            " ".join(row.cells[place].split())
            for place in places
            if place < len(row.cells) and row.cells[place].strip()
        )
        for position, row in enumerate(table.rows())
        if position in wanted
    }
    for left, right, comparison in questions:
        told = describe(comparison)
        if comparison.guards:
            told = f"{describe_guards(comparison.guards)}: {told}"
        cells = [
            *(found.ids.ids[left], found.ids.ids[right], ""),
            *(texts[left], texts[right]),
            *(f"{probability(comparison.bits):.4f}", f"{comparison.bits:.1f}"),
            *(band_of(comparison).value, told),
        ]
        yield [guard_formula(cell) for cell in cells]


def _by_use(pair: Pair) -> tuple[int, int, int]:
    return -usefulness(pair.comparison), pair.left, pair.right
