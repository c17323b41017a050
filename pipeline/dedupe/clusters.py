"""Pairs made into clusters: the surest first, in an order that does not hang on arrival."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

Node = TypeVar("Node", bound=Hashable)


class Link(NamedTuple):
    """A scored pair of records; ``bits`` says how sure it is, ``judged`` what a person said."""

    left: int
    right: int
    bits: float
    judged: bool | None = None


def cluster(links: Iterable[Link], *, least: float) -> Mapping[int, int]:
    """Give for each linked record the smallest record of its cluster.

    Links of at least ``least`` bits join, the surest first; what a person said comes before all,
    and no cluster holds two records that a person called distinct.
    """
    ordered = sorted(links, key=_by_certainty)
    root: dict[int, int] = {}

    def find(record: int) -> int:
        while root.get(record, record) != record:
            record = root[record]
        return record

    apart = [link for link in ordered if link.judged is False]
    for link in ordered:
        if link.judged is False or (link.judged is None and link.bits < least):
            continue
        left, right = sorted((find(link.left), find(link.right)))
        if left != right and not _kept_apart(apart, find, left, right):
            root[right] = left
    met = {record for link in ordered for record in link[:2]}
    return {record: find(record) for record in met}


def _kept_apart(apart: Sequence[Link], find: object, left: int, right: int) -> bool:
    roots = {left, right}
    return any({find(one.left), find(one.right)} == roots for one in apart)  # type: ignore[operator]


def _by_certainty(link: Link) -> tuple[bool, float, int, int]:
    return link.judged is None, -link.bits, link.left, link.right
