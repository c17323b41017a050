"""The figures of matching's quality as a table, some lines for each set."""

from collections.abc import Iterable, Iterator, Sequence

from tests.benchmarks.matching_quality import Ours, Quality, Theirs
from tests.benchmarks.quality import Score
from tests.benchmarks.scoring import Cut
from tests.benchmarks.sections import align

HEADINGS = ("set", "records", "matcher", "F1", "P", "R", "merged P", "merged R", "orders", "s")
LEGEND = """
F1, P and R are of all pairs within clusters against all true pairs; merged: of the pairs that are
merged without a person; orders: how far the clusters of several orders of the rows agree, at the
least; s: seconds of one run. Leads are what a store holds once the rows have come as eight files.
Who picks the best threshold (*) must know the whole truth.
"""
_RIGHT = {1, *range(3, 10)}


def format_quality(all_figures: Iterable[Quality]) -> Iterator[str]:
    """Give a part of the table for each set as soon as it is measured, and the legend."""
    for figures in all_figures:
        yield align([HEADINGS, *_lines(figures)], _RIGHT) + "\n"
    yield LEGEND.strip()


def _lines(one: Quality) -> Iterator[Sequence[str]]:
    yield (
        *(one.name, f"{one.records:,}", "ours, no labels"),
        *(*_ours(one.plain), _share(one.agreement), f"{one.seconds:.1f}"),
    )
    yield ("", "", "ours, 100 answers", *_ours(one.answered), "", "")
    yield ("", "", "ours, 6 answers per 100", *_ours(one.reviewed), "", "")
    if one.stored:
        clusters, agreement = one.stored
        yield ("", "", "leads, nobody reviews", *_found(clusters), "", "", _share(agreement), "")
    for name, theirs in one.peers.items():
        yield from _peer(name, theirs)


def _ours(ours: Ours) -> Sequence[str]:
    clusters, merged = ours
    return [*_found(clusters), _share(merged.precision), _share(merged.recall)]


def _peer(name: str, theirs: Theirs | None) -> Iterator[Sequence[str]]:
    if theirs is None:
        yield ("", "", f"{name}: fails", *[""] * 7)
        return
    yield ("", "", name, *_found(theirs.plain), "", "", "", f"{theirs.seconds:.1f}")
    yield ("", "", f"{name}, best threshold*", *_found(theirs.best), "", "", "", "")


def _found(found: Cut | Score) -> Sequence[str]:
    return [_share(figure) for figure in (found.f1, found.precision, found.recall)]


def _share(figure: float) -> str:
    return f"{figure:.4f}"
