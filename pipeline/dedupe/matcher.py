"""All pairs of a set in memory: count, gather, score. What files and benchmarks are matched by."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.dedupe.clusters import Link, cluster
from pipeline.dedupe.compare import Comparison, compare
from pipeline.dedupe.decide import LINK_BITS
from pipeline.dedupe.features import Features, Naming, Values, describe
from pipeline.dedupe.frequencies import CountedTerms, Frequencies, terms_of
from pipeline.dedupe.guards import HARD
from pipeline.dedupe.keys import CAPS, BlockingKey, blocking_keys
from pipeline.dedupe.weights import DEFAULTS, Weights
from pipeline.leads.keys import hash_text

LEAST_BITS = -6.0
"""Pairs that score less are not given."""

Judged = Mapping[tuple[int, int], bool]
"""What people said: whether the records at two positions are one."""

_PEOPLE_SHARE = 0.3
"""A column in which fewer names are surely people's holds the names of businesses."""
_NEVER = -99.0


class Pair(NamedTuple):
    """Two records by their positions in the set, the smaller first, and how alike they are."""

    left: int
    right: int
    comparison: Comparison


def describe_all(records: Sequence[Values], *, region: str = "") -> list[Features]:
    """Describe the records of one set, with what the set as a whole tells of its names."""
    features = [describe(record, region=region) for record in records]
    named = [
        one
        for one, record in zip(features, records, strict=True)
        if record.get("name") and not (record.get("given_name") or record.get("surname"))
    ]
    people = sum(any(person.likeness > 1 for person in one.people) for one in named)
    if people >= _PEOPLE_SHARE * len(named):
        return features
    return [describe(record, region=region, naming=Naming.BUSINESSES) for record in records]


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
    candidates: Sequence[tuple[int, int]] | None = None,
) -> list[Pair]:
    """Give the pairs of at least :data:`LEAST_BITS`, the surest first.

    Frequencies and candidates are those of the whole set unless given.
    """
    frequencies = frequencies or count_terms(features)
    pairs = [
        Pair(left, right, compare(features[left], features[right], frequencies, weights))
        for left, right in (find_candidates(features) if candidates is None else candidates)
    ]
    kept = [pair for pair in pairs if pair.comparison.bits >= LEAST_BITS]
    return sorted(kept, key=lambda pair: (-pair.comparison.bits, pair.left, pair.right))


def find_candidates(features: Sequence[Features]) -> list[tuple[int, int]]:
    """Give the pairs of positions that share a key no hotter than its cap, in order."""
    bearers: dict[BlockingKey, list[int]] = defaultdict(list)
    for position, one in enumerate(features):
        for key in blocking_keys(one):
            bearers[key].append(position)
    found = {
        (left, right)
        for key, positions in bearers.items()
        if 1 < len(positions) <= CAPS[key.kind]
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
    weights: Weights = DEFAULTS,
    frequencies: Frequencies | None = None,
) -> list[int]:
    """Give for each record the first position of its cluster, whatever the order of the records.

    Pairs of at least ``least`` bits join unless a hard guard, the rest of their clusters or a
    person keeps them apart; what people ``judged`` outranks every score. Weights and frequencies
    are those that the pairs were scored with.
    """
    said = {(min(pair), max(pair)): same for pair, same in (judged or {}).items()}
    frequencies = frequencies or count_terms(features)
    order = sorted(range(len(features)), key=[_digest(one) for one in features].__getitem__)
    rank = {position: place for place, position in enumerate(order)}
    known = {(pair.left, pair.right): _certainty(pair.comparison) for pair in pairs}

    def alike(one: int, other: int) -> float:
        left, right = _ordered(order[one], order[other])
        if (left, right) not in known:
            found = compare(features[left], features[right], frequencies, weights)
            known[left, right] = _certainty(found)
        return known[left, right]

    links = [
        Link(*_ordered(rank[left], rank[right]), bits)
        for (left, right), bits in known.items()
        if (left, right) not in said
    ]
    links += [
        Link(*_ordered(rank[left], rank[right]), 0.0, same) for (left, right), same in said.items()
    ]
    return _positions(cluster(links, least=least, alike=alike), order)


def _positions(of: Mapping[int, int], order: Sequence[int]) -> list[int]:
    """Give clusters by the first of their positions rather than by ranks."""
    clusters: dict[int, list[int]] = defaultdict(list)
    for rank, position in enumerate(order):
        clusters[of.get(rank, rank)].append(position)
    first = {position: min(members) for members in clusters.values() for position in members}
    return [first[position] for position in range(len(order))]


def _ordered(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _certainty(comparison: Comparison) -> float:
    return comparison.bits if HARD.isdisjoint(comparison.guards) else _NEVER


def _digest(features: Features) -> int:
    return hash_text(features.to_json().decode())
