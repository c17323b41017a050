"""Scoring: the pairs of a file's rows, weighed as people's answers teach, and their clusters."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.dedupe.compare import compare
from pipeline.dedupe.estimate import estimate_weights
from pipeline.dedupe.features import Features
from pipeline.dedupe.frequencies import Frequencies
from pipeline.dedupe.learning import Answer, Refit, refit
from pipeline.dedupe.matcher import (
    Judged,
    Pair,
    count_terms,
    find_candidates,
    find_clusters,
    find_matches,
)


class Scored(NamedTuple):
    """The pairs of some weight, the surest first; for each row the first row of its cluster.

    ``learnt`` is what answers taught, None where there were none.
    """

    pairs: Sequence[Pair]
    clusters: Sequence[int]
    learnt: Refit | None


def score_rows(features: Sequence[Features], judged: Judged, least_bits: float) -> Scored:
    """Compare the rows of a file by the weights that answers teach, else by its own estimates."""
    frequencies = count_terms(features)
    candidates = find_candidates(features)
    learnt = refit(_answers(features, frequencies, judged)) if judged else None
    if learnt and learnt.taken:
        weights = learnt.weights
    else:
        weights = estimate_weights(features, candidates, frequencies)
    pairs = find_matches(features, weights, frequencies, candidates)
    clusters = find_clusters(
        features, pairs, judged, least=least_bits, weights=weights, frequencies=frequencies
    )
    return Scored(pairs, clusters, learnt)


def _answers(
    features: Sequence[Features], frequencies: Frequencies, judged: Judged
) -> list[Answer]:
    """Give what people said of pairs together with how these compare by the shipped weights."""
    return [
        Answer(compare(features[left], features[right], frequencies), same)
        for (left, right), same in judged.items()
    ]
