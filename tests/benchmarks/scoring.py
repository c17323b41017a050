"""Scored pairs of another matcher, made into clusters at each threshold and held to the truth."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

Pair = tuple[int, int, float]

MIDDLE = 0.5
"""Where a matcher that gives chances says yes, unless somebody who knows the truth moves it."""


class Cut(NamedTuple):
    """What clusters are worth that join all pairs of at least ``threshold``."""

    threshold: float
    precision: float
    recall: float
    f1: float


def read_pairs(file: Path) -> list[Pair]:
    """Read the pairs that a peer wrote, by the numbers of the records."""
    with file.open(encoding="utf-8", newline="") as lines:
        return [(int(left), int(right), float(chance)) for left, right, chance in csv.reader(lines)]


def cut_at_the_middle(pairs: Iterable[Pair], truth: Sequence[str]) -> Cut:
    """Give the clusters that come without any label."""
    last = Cut(MIDDLE, 1.0, 0.0, 0.0)
    for cut in _cuts(pairs, truth):
        if cut.threshold < MIDDLE:
            break
        last = cut
    return last._replace(threshold=MIDDLE)


def best_cut(pairs: Iterable[Pair], truth: Sequence[str]) -> Cut:
    """Give the best clusters that any threshold makes: who picks it must know the whole truth."""
    return max(_cuts(pairs, truth), key=lambda cut: cut.f1, default=Cut(1.0, 1.0, 0.0, 0.0))


def _cuts(pairs: Iterable[Pair], truth: Sequence[str]) -> Iterator[Cut]:
    """Join the pairs from the surest on, and give the figures after each chance."""
    joined = _Joined(truth)
    ordered = sorted(pairs, key=lambda pair: -pair[2])
    for chance, level in groupby(ordered, key=lambda pair: pair[2]):
        for left, right, _ in level:
            joined.join(left, right)
        yield joined.cut(chance)


class _Joined:
    """Clusters that grow, and how many of their pairs are true."""

    def __init__(self, truth: Sequence[str]) -> None:
        self._root = list(range(len(truth)))
        self._labels = [Counter([label]) for label in truth]
        self._true = sum(size * (size - 1) // 2 for size in Counter(truth).values())
        self._pairs = self._hits = 0

    def join(self, left: int, right: int) -> None:
        large, small = self._find(left), self._find(right)
        if large == small:
            return
        if self._labels[large].total() < self._labels[small].total():
            large, small = small, large
        self._pairs += self._labels[large].total() * self._labels[small].total()
        self._hits += sum(
            self._labels[large][label] * count for label, count in self._labels[small].items()
        )
        self._labels[large].update(self._labels[small])
        self._labels[small].clear()
        self._root[small] = large

    def cut(self, threshold: float) -> Cut:
        """Give the figures of the clusters as they are now."""
        precision = self._hits / self._pairs if self._pairs else 1.0
        recall = self._hits / self._true if self._true else 1.0
        return Cut(threshold, precision, recall, 2 * self._hits / (self._pairs + self._true))

    def _find(self, record: int) -> int:
        while self._root[record] != record:
            self._root[record] = self._root[self._root[record]]
            record = self._root[record]
        return record
