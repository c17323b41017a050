"""A lead's whole history for a script."""

from typing import Any

from pipeline.leads.history import History, shown_values
from pipeline.matches.models import Judgement, Match
from pipeline.review.explanation import steps_of
from pipeline.review.why import ToldMerge, Why


def why_document(why: Why) -> dict[str, Any]:
    """Give all that decided over a lead."""
    return {
        "lead": why.lead_id,
        "asked": why.asked,
        "members": [*why.members],
        "sightings": _sightings(why.history),
        "merges": [_merge(one) for one in why.merges],
        "matches": [_match(one) for one in why.matches],
        "judgements": [_judgement(one) for one in why.judgements],
        "changes": _changes(why.history),
    }


def _sightings(history: History) -> list[dict[str, Any]]:
    return [
        {
            "sighting": one.id,
            "source": one.source,
            "run": one.run_id,
            "row": one.row,
            "raw": one.raw,
            "first_seen": one.first_seen,
            "last_seen": one.last_seen,
            "withdrawn_by": one.withdrawn_by,
        }
        for one in history.sightings
    ]


def _merge(told: ToldMerge) -> dict[str, Any]:
    return {
        "winner": told.merge.winner_id,
        "loser": told.merge.loser_id,
        "match": told.merge.match_id,
        "operation": told.operation.id,
        "actor": told.operation.actor,
        "at": told.merge.at,
        "split_by": told.merge.split_by,
    }


def _match(match: Match) -> dict[str, Any]:
    return {
        "match": match.id,
        "left": match.left_id,
        "right": match.right_id,
        "state": match.state,
        "bits": match.bits,
        "operation": match.operation_id,
        "reasons": [
            {"code": step.reason.code, "text": step.text, "bits": step.reason.bits}
            for step in steps_of(match)
        ],
    }


def _judgement(judgement: Judgement) -> dict[str, Any]:
    return {
        "left": judgement.left_id,
        "right": judgement.right_id,
        "is_same": judgement.is_same,
        "operation": judgement.operation_id,
        "actor": judgement.actor,
        "at": judgement.created_at,
        "withdrawn_by": judgement.withdrawn_by,
    }


def _changes(history: History) -> list[dict[str, Any]]:
    return [
        {
            "operation": one.operation.id,
            "kind": one.operation.kind,
            "actor": one.operation.actor,
            "at": one.change.at,
            "before": shown_values(one.before),
            "after": shown_values(one.after),
        }
        for one in history.entries
    ]
