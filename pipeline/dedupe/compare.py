"""Comparing two records: pieces of evidence in bits, which add up to the score."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.dedupe.contacts import weigh_mailboxes, weigh_phones
from pipeline.dedupe.features import Features, Kind
from pipeline.dedupe.frequencies import Frequencies
from pipeline.dedupe.guards import find_guards
from pipeline.dedupe.tally import Reason, Tally
from pipeline.dedupe.weights import DEFAULTS, Weights
from pipeline.dedupe.where import weigh_firms, weigh_places
from pipeline.dedupe.who import weigh_names, weigh_papers

__all__ = ["Comparison", "Reason", "compare", "compare_entities"]

MOST_OF_A_PAIR = 12.0
"""No pair of members counts for more than so many bits, or against."""


class Comparison(NamedTuple):
    """The score of a pair: the sum of its reasons' bits, the prior among them, and the bias.

    ``guards`` are the rules that keep the pair out of the merge band whatever its score, by code
    (``name_only``, ``business_and_person``, ``surnames_differ`` …).
    """

    bits: float
    reasons: Sequence[Reason]
    guards: Sequence[str] = ()


def compare(
    a: Features, b: Features, frequencies: Frequencies, weights: Weights = DEFAULTS
) -> Comparison:
    """Compare two records. Symmetric, and the same for the same frequencies and weights."""
    tally = Tally(frequencies, weights)
    is_business = Kind.BUSINESS in (a.kind, b.kind) and Kind.PERSON not in (a.kind, b.kind)
    weigh_names(tally, a, b)
    weigh_firms(tally, a, b, is_business=is_business)
    weigh_mailboxes(tally, a, b)
    weigh_phones(tally, a, b, is_business=is_business)
    weigh_papers(tally, a, b)
    weigh_places(tally, a, b, is_business=is_business)
    tally.cap()
    bits = sum(reason.bits for reason in tally.reasons) + weights.bias
    return Comparison(bits, tally.reasons, find_guards(tally, a, b))


def compare_entities(
    a: Sequence[Features],
    b: Sequence[Features],
    frequencies: Frequencies,
    weights: Weights = DEFAULTS,
) -> Comparison:
    """Compare two entities of one or more records: the best pair, lowered by what contradicts it.

    The score is lowered as far as the average of all pairs lies below zero, as a reason of its own.
    """
    pairs = [compare(x, y, frequencies, weights) for x in a for y in b]
    best = max(pairs, key=lambda pair: pair.bits)
    most = MOST_OF_A_PAIR
    average = sum(max(-most, min(most, pair.bits)) for pair in pairs) / len(pairs)
    if average >= 0 or len(pairs) == 1:
        return best
    factor = weights.factors.get("members_differ", 1.0)
    lowered = Reason("members_differ", average * factor, average)
    return Comparison(best.bits + lowered.bits, [*best.reasons, lowered], best.guards)
