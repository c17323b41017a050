"""Pairs made into clusters: the surest first, in an order that does not hang on arrival."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

Alike = Callable[[int, int], float]
"""Gives how sure it is that two records are one, in bits."""

_LOOKED_AT = 6
"""So many records of a cluster are held against those of another."""
_WORST = -12.0
_BEST = 12.0


class Link(NamedTuple):
    """A scored pair of records; ``bits`` says how sure it is, ``judged`` what a person said."""

    left: int
    right: int
    bits: float
    judged: bool | None = None


def cluster(
    links: Iterable[Link], *, least: float, alike: Alike | None = None
) -> Mapping[int, int]:
    """Give for each linked record the smallest record of its cluster.

    Links of at least ``least`` bits join, the surest first; what a person said comes before all,
    and no cluster holds two records that a person called distinct. With ``alike``, two clusters
    join only if their records are alike on average, so that one weak link joins no two families.
    """
    ordered = sorted(links, key=_by_certainty)
    groups = _Groups(ordered, alike)
    for link in ordered:
        if link.judged or (link.judged is None and link.bits >= least):
            groups.join(link)
    return groups.roots()


class _Groups:
    """The clusters so far: each record's, and the records of each in order."""

    def __init__(self, links: Sequence[Link], alike: Alike | None) -> None:
        met = {record for link in links for record in link[:2]}
        self._members = {record: [record] for record in met}
        self._root = {record: record for record in met}
        self._alike = alike
        self._judged = {record for link in links if link.judged for record in link[:2]}
        self._apart: dict[int, set[int]] = {}
        for link in links:
            if link.judged is False:
                self._apart.setdefault(link.left, set()).add(link.right)
                self._apart.setdefault(link.right, set()).add(link.left)

    def join(self, link: Link) -> None:
        """Join the clusters of two linked records unless something keeps them apart."""
        left, right = sorted((self._root[link.left], self._root[link.right]))
        if left == right:
            return
        ours, theirs = self._members[left], self._members[right]
        if self._are_apart(ours, theirs) or not (link.judged or self._agree(ours, theirs)):
            return
        self._root.update(dict.fromkeys(theirs, left))
        self._members[left] = sorted(ours + self._members.pop(right))

    def roots(self) -> Mapping[int, int]:
        """Give each record's cluster, by its smallest record."""
        return self._root

    def _are_apart(self, ours: Sequence[int], theirs: Sequence[int]) -> bool:
        if not self._apart:
            return False
        return any(not self._apart.get(one, set()).isdisjoint(theirs) for one in ours)

    def _agree(self, ours: Sequence[int], theirs: Sequence[int]) -> bool:
        """Whether the records of two clusters are alike on average, none counting too much.

        Where a person joined what is not alike, one record that is alike is enough.
        """
        if self._alike is None or len(ours) == len(theirs) == 1:
            return True
        scores = [
            max(_WORST, min(_BEST, self._alike(one, other)))
            for one in ours[:_LOOKED_AT]
            for other in theirs[:_LOOKED_AT]
        ]
        is_judged = not self._judged.isdisjoint((*ours, *theirs))
        return (max(scores) if is_judged else sum(scores)) >= 0


def _by_certainty(link: Link) -> tuple[int, float, int, int]:
    """People first, what they called one before what is scored; then the surest."""
    return 2 if link.judged is None else 1 - link.judged, -link.bits, link.left, link.right
