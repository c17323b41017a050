"""Membership: why, and how surely, each row belongs to its cluster."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pipeline.dedupe.compare import Comparison
from pipeline.dedupe.decide import probability
from pipeline.dedupe.guards import HARD
from pipeline.dedupe.matcher import Judged, Pair

MACHINE_SURE = 0.9999
"""No more is claimed unless a person has said so."""


class Tie(NamedTuple):
    """What holds two rows together: a person's word, a comparison, or both."""

    confidence: float
    left: int
    right: int
    judged: bool
    comparison: Comparison | None


class Member(NamedTuple):
    """A row's place in its cluster: the row it hangs on, by which tie, and how surely.

    ``confidence`` is that of the weakest tie on the way to the surest pair of the cluster.
    """

    confidence: float
    other: int
    tie: Tie


def explain_members(
    clusters: Sequence[int], pairs: Iterable[Pair], judged: Judged
) -> dict[int, Member]:
    """Give the membership of every row that shares its cluster with another.

    Each cluster is held by the strongest ties that connect it (a maximum spanning tree), seen
    from its surest pair.
    """
    ties = _find_ties(clusters, pairs, judged)
    ties.sort(key=lambda tie: (-tie.confidence, tie.left, tie.right))
    joined = _Forest()
    kept: dict[int, list[Tie]] = defaultdict(list)
    roots: dict[int, int] = {}
    for tie in ties:
        if joined.join(tie.left, tie.right):
            kept[tie.left].append(tie)
            kept[tie.right].append(tie)
            roots.setdefault(clusters[tie.left], tie.left)
    members: dict[int, Member] = {}
    for root in roots.values():
        _walk(root, kept, members)
    return members


def _find_ties(clusters: Sequence[int], pairs: Iterable[Pair], judged: Judged) -> list[Tie]:
    """Give the ties within clusters; a pair that a rule keeps apart ties nothing."""
    ties: list[Tie] = []
    compared: dict[tuple[int, int], Comparison] = {}
    for left, right, comparison in pairs:
        if clusters[left] != clusters[right]:
            continue
        if (left, right) in judged:
            compared[left, right] = comparison
        elif HARD.isdisjoint(comparison.guards):
            sure = min(probability(comparison.bits), MACHINE_SURE)
            ties.append(Tie(sure, left, right, judged=False, comparison=comparison))
    return ties + [
        Tie(1.0, left, right, judged=True, comparison=compared.get((left, right)))
        for (left, right), same in judged.items()
        if same and clusters[left] == clusters[right]
    ]


def _walk(root: int, kept: Mapping[int, Sequence[Tie]], members: dict[int, Member]) -> None:
    """Go from the surest pair along the ties; the weakest one so far is what a row's place is."""
    first = kept[root][0]
    members[root] = Member(first.confidence, _other_end(first, root), first)
    waiting = [root]
    while waiting:
        here = waiting.pop()
        for tie in kept[here]:
            there = _other_end(tie, here)
            if there not in members:
                sure = min(tie.confidence, members[here].confidence)
                members[there] = Member(sure, here, tie)
                waiting.append(there)


def _other_end(tie: Tie, end: int) -> int:
    return tie.right if tie.left == end else tie.left


class _Forest:
    """Which rows are connected so far."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def join(self, left: int, right: int) -> bool:
        """Connect two rows; False if they were connected before."""
        one, other = self._find(left), self._find(right)
        self._above[other] = one
        return one != other

    def _find(self, row: int) -> int:
        while (above := self._above.setdefault(row, row)) != row:
            self._above[row] = self._above[above]
            row = above
        return row
