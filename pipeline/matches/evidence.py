"""What a match keeps of its comparison: enough to explain it, and to make it again exactly."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from pipeline.dedupe.compare import Comparison, Reason, compare_entities
from pipeline.dedupe.features import Features
from pipeline.dedupe.frequencies import CountedTerms
from pipeline.dedupe.weights import Weights

Evidence = dict[str, Any]
"""Plain values, as the column of a match holds them."""

Members = Sequence[Features]
"""The forms of one lead: its own, and those of the leads merged into it."""


def evidence_of(comparison: Comparison) -> Evidence:
    """Give a comparison as plain values; :func:`comparison_of` gives the very same again."""
    return {
        "bits": comparison.bits,
        "reasons": [
            [one.code, one.bits, one.base, one.left, one.right, one.count]
            for one in comparison.reasons
        ],
        "guards": [*comparison.guards],
    }


def comparison_of(evidence: Mapping[str, Any]) -> Comparison:
    """Read what :func:`evidence_of` gave."""
    reasons = [Reason(*reason) for reason in evidence["reasons"]]
    return Comparison(evidence["bits"], reasons, [*evidence["guards"]])


def replayable(
    comparison: Comparison, left: Members, right: Members, used: CountedTerms
) -> Evidence:
    """Give a comparison together with all that it was made from.

    ``used`` are the counts that the comparison asked for, and no more.
    """
    return {
        **evidence_of(comparison),
        "left": [orjson.loads(one.to_json()) for one in left],
        "right": [orjson.loads(one.to_json()) for one in right],
        "records": used.records,
        "counts": [[term, count] for term, count in sorted(used.counts.items())],
    }


def turned(comparison: Comparison) -> Comparison:
    """Give the comparison of the same pair, the other way round."""
    reasons = [
        Reason(one.code, one.bits, one.base, one.right, one.left, one.count)
        for one in comparison.reasons
    ]
    return Comparison(comparison.bits, reasons, comparison.guards)


def turn(evidence: Mapping[str, Any]) -> Evidence:
    """Give the evidence of the same pair, the other way round."""
    sides = {"left": evidence["right"], "right": evidence["left"]}
    return {**evidence, **sides, **evidence_of(turned(comparison_of(evidence)))}


def compare_again(evidence: Mapping[str, Any], weights: Weights) -> Comparison:
    """Compare two leads as they were when this was kept; by the same weights it is the same."""
    left, right = (
        [Features.from_json(orjson.dumps(one)) for one in evidence[side]]
        for side in ("left", "right")
    )
    counts = {term: count for term, count in evidence["counts"]}  # noqa: C416 - pairs are lists
    used = CountedTerms(evidence["records"], counts)
    return compare_entities(left, right, used, weights)
