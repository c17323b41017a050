"""Scoring: the pairs of a file's rows, weighed as people's answers teach, and their clusters."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.dedupe.compare import compare
from pipeline.dedupe.features import Features
from pipeline.dedupe.frequencies import Frequencies
from pipeline.dedupe.learning import Answer, Refit, refit
from pipeline.dedupe.matcher import Judged, Pair, count_terms, find_clusters, find_matches
from pipeline.dedupe.weights import DEFAULTS


class Scored(NamedTuple):
    """The pairs of some weight, the surest first; for each row the first row of its cluster.

    ``learnt`` is what answers taught, None where there were none.
    """

    pairs: Sequence[Pair]
    clusters: Sequence[int]
    learnt: Refit | None


def score_rows(features: Sequence[Features], judged: Judged, least_bits: float) -> Scored:
    """Compare the rows of a file; where answers teach better weights, compare them anew."""
    frequencies = count_terms(features)
    pairs = find_matches(features, frequencies=frequencies)
    learnt = refit(_answers(features, frequencies, pairs, judged)) if judged else None
    weights = learnt.weights if learnt else DEFAULTS
    if learnt and learnt.taken:
        pairs = find_matches(features, weights, frequencies)
    clusters = find_clusters(
        features, pairs, judged, least=least_bits, weights=weights, frequencies=frequencies
    )
    return Scored(pairs, clusters, learnt)


def _answers(
    features: Sequence[Features], frequencies: Frequencies, pairs: Sequence[Pair], judged: Judged
) -> list[Answer]:
    """Give what people said of pairs together with how these compare."""
    known = {(pair.left, pair.right): pair.comparison for pair in pairs}
    return [
        Answer(
            known.get((left, right)) or compare(features[left], features[right], frequencies), same
        )
        for (left, right), same in judged.items()
    ]
