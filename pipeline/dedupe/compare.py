"""Comparing two records: pieces of evidence in bits, which add up to the score."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

from pipeline.dedupe.features import Features
from pipeline.dedupe.frequencies import Frequencies
from pipeline.dedupe.weights import DEFAULTS, Weights


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence: its kind, what it adds to the score in bits, the two values.

    ``base`` are the bits before the weights' factor of this kind, so that other weights can be
    applied later; ``bits = base * factor``. ``count`` of ``records`` bear the value.
    """

    code: str
    bits: float
    base: float
    left: str = ""
    right: str = ""
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The score of a pair: the sum of its reasons' bits, the prior among them.

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
    reasons = [Reason("prior", base := -log2(frequencies.records + 2), base)]
    for name in sorted({*a.parts} & {*b.parts}):
        shared = [value for value in a.parts[name] if value in b.parts[name]]
        base = 10.0 if shared else -3.0
        bits = base * weights.factors.get(name, 1.0)
        reasons.append(Reason(name, bits, base, a.parts[name][0], b.parts[name][0]))
    return Comparison(sum(one.bits for one in reasons) + weights.bias, reasons)
