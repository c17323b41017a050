"""A match as the command line tells it: both leads, each reason with its bits, the rules."""

from typing import Any

from pipeline.commands.tables import format_table
from pipeline.dedupe.decide import probability
from pipeline.leads.models import Lead
from pipeline.matches.models import Match
from pipeline.review.explanation import Explanation, Step, steps_of

_FIELDS = ("name", "email", "phone", "company", "source")


def describe_match(explained: Explanation) -> str:
    """Tell all of a match to a person."""
    match = explained.match
    pair = f"Match {match.id} ({match.state}): leads {match.left_id} and {match.right_id}"
    rules = (
        f"From {explained.merge_bits:+.1f} bits on leads are merged without asking, "
        f"from {explained.review_bits:+.1f} on a person is asked."
    )
    guards = [f"Not merged without a person: {text}." for _, text in explained.guards]
    parts = [
        f"{pair}, {explained.chance:.0%} likely to be one.",
        *([_fields(explained)] if explained.fields else []),
        _reasons(explained),
        "\n".join([rules, *guards, *explained.turning_points]),
    ]
    return "\n\n".join(parts)


def match_document(match: Match, left: Lead | None, right: Lead | None) -> dict[str, Any]:
    """Give a match for a script."""
    return {
        "match": match.id,
        "state": match.state,
        "band": match.band,
        "bits": match.bits,
        "chance": probability(match.bits),
        "run": match.run_id,
        "operation": match.operation_id,
        "left": _lead_document(match.left_id, left),
        "right": _lead_document(match.right_id, right),
        "reasons": [_reason_document(step) for step in steps_of(match)],
    }


def explanation_document(explained: Explanation) -> dict[str, Any]:
    """Give a match for a script, with the rules and what would have changed the verdict."""
    return {
        **match_document(explained.match, explained.left, explained.right),
        "merge_bits": explained.merge_bits,
        "review_bits": explained.review_bits,
        "guards": [code for code, _ in explained.guards],
        "turning_points": [*explained.turning_points],
        "fields": [
            {
                "name": one.name,
                "left": one.left,
                "right": one.right,
                "agreement": one.agreement,
                "merged": one.merged,
            }
            for one in explained.fields
        ],
    }


def _fields(explained: Explanation) -> str:
    match = explained.match
    headings = ("", f"lead {match.left_id}", f"lead {match.right_id}", "", "merged")
    return format_table(
        headings,
        [
            (one.name, one.left, one.right, one.agreement.replace("_", " "), one.merged)
            for one in explained.fields
        ],
    )


def _reasons(explained: Explanation) -> str:
    return format_table(
        ("bits", "sum", "reason"),
        [(f"{one.reason.bits:+.1f}", f"{one.total:+.1f}", one.text) for one in explained.steps],
    )


def _lead_document(lead_id: int, lead: Lead | None) -> dict[str, Any]:
    values = {name: getattr(lead, name) for name in _FIELDS} if lead else {}
    return {"id": lead_id, **values}


def _reason_document(step: Step) -> dict[str, Any]:
    one = step.reason
    return {"code": one.code, "text": step.text, "bits": one.bits, "total": step.total}
