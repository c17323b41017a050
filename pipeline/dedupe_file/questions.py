"""Questions: the pairs that only a person can decide, as a file to fill in and give back."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import sqrt

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
    """Give the doubtful pairs that nobody has answered, the most useful first.

    Those come last whose answer others would give as well: pairs of rows that stronger pairs hold
    together, and further pairs of the same two clusters.
    """
    sizes = Counter(found.clusters)
    holding = {(member.tie.left, member.tie.right) for member in found.members.values()}
    ordered = sorted(_find_doubtful(found), key=lambda pair: _by_use(pair, found.clusters, sizes))
    asked: set[tuple[int, int]] = set()
    first: list[Pair] = []
    later: list[Pair] = []
    for pair in ordered:
        left, right = sorted((found.clusters[pair.left], found.clusters[pair.right]))
        if left == right:
            (first if (pair.left, pair.right) in holding else later).append(pair)
        else:
            (later if (left, right) in asked else first).append(pair)
            asked.add((left, right))
    return [*first, *later][:limit]


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


def _find_doubtful(found: Found) -> Iterator[Pair]:
    for pair in found.pairs:
        is_asked = (pair.left, pair.right) in found.judged
        if not is_asked and band_of(pair.comparison) is Band.REVIEW:
            yield pair


def _by_use(
    pair: Pair, clusters: Sequence[int], sizes: Mapping[int, int]
) -> tuple[float, int, int]:
    """Order by how much an answer teaches, times the pairs of rows that it settles (its root)."""
    settled = sizes[clusters[pair.left]] * sizes[clusters[pair.right]]
    return -usefulness(pair.comparison) * sqrt(settled), pair.left, pair.right
