"""Two records described and compared among as many others as a test asks for."""

from collections.abc import Mapping, Sequence

from pipeline.dedupe.compare import Comparison, compare
from pipeline.dedupe.features import Features, describe
from pipeline.dedupe.frequencies import CountedTerms, terms_of
from pipeline.dedupe.weights import DEFAULTS, Weights

Record = Mapping[str, str | Sequence[str]]

AMONG = 10_000


def counted(*features: Features, among: int = AMONG) -> CountedTerms:
    """Count the terms of some records among others that share none of them."""
    counts = CountedTerms()
    for one in features:
        counts.add(terms_of(one))
    counts.records = among
    return counts


def compared(a: Record, b: Record, weights: Weights = DEFAULTS) -> Comparison:
    """Compare two records among ten thousand others."""
    one, other = describe(a, region="US"), describe(b, region="US")
    return compare(one, other, counted(one, other), weights)


def codes(comparison: Comparison) -> set[str]:
    """Give the kinds of evidence of a comparison."""
    return {reason.code for reason in comparison.reasons}
