"""Scoring: the pairs of a file's rows, weighed as people's answers teach."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.dedupe.compare import compare
from pipeline.dedupe.features import Features
from pipeline.dedupe.learning import Answer, Refit, refit
from pipeline.dedupe.matcher import Judged, Pair, count_terms, find_matches


@dataclass(frozen=True, slots=True)
class Scored:
    """The pairs of some weight, the surest first, and what was learnt where people answered."""

    pairs: Sequence[Pair]
    learnt: Refit | None = None


def score_rows(features: Sequence[Features], judged: Judged) -> Scored:
    """Compare the rows of a file; where answers teach better weights, compare them anew."""
    frequencies = count_terms(features)
    pairs = find_matches(features, frequencies=frequencies)
    if not judged:
        return Scored(pairs)
    known = {(pair.left, pair.right): pair.comparison for pair in pairs}
    answers = [
        Answer(
            known.get((left, right)) or compare(features[left], features[right], frequencies), same
        )
        for (left, right), same in judged.items()
    ]
    learnt = refit(answers)
    if not learnt.taken:
        return Scored(pairs, learnt)
    return Scored(find_matches(features, learnt.weights, frequencies), learnt)
