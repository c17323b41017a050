"""Three bands: merge, review, new. People outrank rules."""

from enum import StrEnum
from math import exp2

from pipeline.dedupe.compare import Comparison
from pipeline.dedupe.guards import HARD

MERGE_BITS = 8.0
"""From this score on a pair without guards is merged: odds of 250 to 1."""

LINK_BITS = 0.0
"""From this score on a pair is more likely one person than two."""

REVIEW_BITS = -2.0
"""From this score on a pair waits for a person: one in five such pairs is one person."""

GUARDED_BITS = 2.0
"""What a pair with guards must score to be worth a person's time."""


class Band(StrEnum):
    """What is to be done with a pair."""

    MERGE = "merge"
    REVIEW = "review"
    NEW = "new"


def band_of(comparison: Comparison) -> Band:
    """Give the band of a score; a guarded pair is never merged without a person.

    What can never be one, a person and a business, is not asked about either.
    """
    if not comparison.guards:
        if comparison.bits >= MERGE_BITS:
            return Band.MERGE
        return Band.REVIEW if comparison.bits >= REVIEW_BITS else Band.NEW
    is_possible = HARD.isdisjoint(comparison.guards) and comparison.bits >= GUARDED_BITS
    return Band.REVIEW if is_possible else Band.NEW


def probability(bits: float) -> float:
    """Give the chance that a pair is one person: the logistic function of its bits."""
    return 1.0 / (1.0 + exp2(-max(min(bits, 60.0), -60.0)))
