"""All pairs of a set in memory: count, gather, score. What files and benchmarks are matched by."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.dedupe.clusters import Link, cluster
from pipeline.dedupe.compare import Comparison, compare
from pipeline.dedupe.decide import LINK_BITS, REVIEW_BITS
from pipeline.dedupe.features import Features, Values, describe
from pipeline.dedupe.frequencies import CountedTerms, Frequencies, terms_of
from pipeline.dedupe.keys import CAPS, blocking_keys
from pipeline.dedupe.weights import DEFAULTS, Weights

LEAST_BITS = REVIEW_BITS
"""Pairs that score less are not given."""

Judged = Mapping[tuple[int, int], bool]
"""What people said: whether the records at two positions are one."""


class Pair(NamedTuple):
    """Two records by their positions in the set, the smaller first, and how alike they are."""

    left: int
    right: int
    comparison: Comparison


def describe_all(records: Sequence[Values], *, region: str = "") -> list[Features]:
    """Describe the records of one set, with what the set as a whole tells of its columns."""
    return [describe(record, region=region) for record in records]


def count_terms(features: Sequence[Features]) -> CountedTerms:
    """Count how many records bear each term."""
    counted = CountedTerms()
    for one in features:
        counted.add(terms_of(one))
    return counted


def find_matches(
    features: Sequence[Features],
    weights: Weights = DEFAULTS,
    frequencies: Frequencies | None = None,
) -> list[Pair]:
    """Give the pairs of at least :data:`LEAST_BITS`, the surest first.

    Frequencies are those of the whole set unless given.
    """
    frequencies = frequencies or count_terms(features)
    pairs = [
        Pair(left, right, compare(features[left], features[right], frequencies, weights))
        for left, right in find_candidates(features)
    ]
    kept = [pair for pair in pairs if pair.comparison.bits >= LEAST_BITS]
    return sorted(kept, key=lambda pair: (-pair.comparison.bits, pair.left, pair.right))


def find_candidates(features: Sequence[Features]) -> list[tuple[int, int]]:
    """Give the pairs of positions that share a key no hotter than its cap, in order."""
    bearers: dict[tuple[int, int], list[int]] = defaultdict(list)
    for position, one in enumerate(features):
        for key in blocking_keys(one):
            bearers[key].append(position)
    found = {
        (left, right)
        for (_, kind), positions in bearers.items()
        if len(positions) <= CAPS[kind]  # type: ignore[index]
        for at, left in enumerate(positions)
        for right in positions[at + 1 :]
    }
    return sorted(found)


def find_clusters(
    features: Sequence[Features],
    pairs: Sequence[Pair],
    judged: Judged | None = None,
    *,
    least: float = LINK_BITS,
) -> list[int]:
    """Give for each record the first position of its cluster.

    Pairs of at least ``least`` bits join unless a guard or a person keeps them apart; what people
    ``judged`` outranks every score.
    """
    said = {(min(pair), max(pair)): same for pair, same in (judged or {}).items()}
    links = [
        Link(pair.left, pair.right, pair.comparison.bits)
        for pair in pairs
        if (pair.left, pair.right) not in said and not pair.comparison.guards
    ]
    links += [Link(left, right, 0.0, same) for (left, right), same in said.items()]
    of = cluster(links, least=least)
    return [of.get(position, position) for position in range(len(features))]
