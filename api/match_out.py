"""A match as the API shows it: two leads, each reason in words and bits, what would change it."""

from datetime import datetime
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from pipeline.dedupe.decide import probability
from pipeline.leads.models import Lead
from pipeline.leads.schemas import LeadOut
from pipeline.matches.models import Match
from pipeline.review.explanation import Explanation, Step, steps_of

_LEAD: dict[str, JsonValue] = {
    "id": 1,
    "name": "John Doe",
    "email": "john@example.com",
    "phone": "+1-555-0100",
    "status": "new",
    "source": "LinkedIn",
    "created_at": "2026-01-31T09:30:00Z",
    "updated_at": "2026-01-31T09:30:00Z",
}
_REASON: dict[str, JsonValue] = {
    "code": "email",
    "text": "The same e-mail address",
    "bits": 14.2,
    "total": 2.9,
    "left": "john@example.com",
    "right": "john@example.com",
    "count": 2,
}
SCORED: dict[str, JsonValue] = {
    "id": 7,
    "left_id": 1,
    "right_id": 2,
    "state": "open",
    "band": "review",
    "bits": 2.9,
    "chance": 0.88,
    "run_id": 3,
    "operation_id": None,
    "skipped_at": None,
    "created_at": "2026-01-31T09:30:00Z",
    "reasons": [_REASON],
}
QUESTION = {**SCORED, "left": _LEAD, "right": {**_LEAD, "id": 2, "name": "Jon Doe"}}

EXPLAINED: dict[str, JsonValue] = {
    **QUESTION,
    "merge_bits": 8.0,
    "review_bits": -6.0,
    "guards": [],
    "turning_points": ["The same phone would have merged them."],
    "fields": [
        {
            "name": "name",
            "left": "John Doe",
            "right": "Jon Doe",
            "agreement": "differs",
            "merged": "Jon Doe",
        }
    ],
}


class ReasonOut(BaseModel):
    """One piece of evidence, in words and bits."""

    code: str = Field(description="The kind of evidence, a stable word.")
    text: str
    bits: float = Field(description="What it adds to the score; below 0 it speaks against.")
    total: float = Field(description="The score with all reasons up to this one.")
    left: str
    right: str
    count: int | None = Field(description="How many leads bear the value, where that counts.")

    @classmethod
    def of(cls, step: Step) -> Self:
        """Show one reason."""
        one = step.reason
        return cls(
            code=one.code,
            text=step.text,
            bits=one.bits,
            total=step.total,
            left=one.left,
            right=one.right,
            count=one.count,
        )


class ScoredOut(BaseModel):
    """A pair of leads that were compared: the score and each of its reasons."""

    id: int
    left_id: int = Field(description="The older lead.")
    right_id: int
    state: str = Field(description="`open`, `merged`, `distinct` or `gone`.")
    band: str = Field(description="`review`, or `merge` where matching alone would have merged.")
    bits: float = Field(description="The score: the sum of the reasons' bits.")
    chance: float = Field(description="How likely they are one, from 0 to 1.")
    run_id: int | None = Field(description="The run that found the pair.")
    operation_id: int | None = Field(description="The operation that answered it.")
    skipped_at: datetime | None
    created_at: datetime
    reasons: list[ReasonOut]

    @classmethod
    def score(cls, match: Match) -> Self:
        """Show how a pair was scored."""
        return cls(**_scored(match))


class MatchOut(ScoredOut):
    """A pair of leads that may be one."""

    model_config = ConfigDict(json_schema_extra={"examples": [QUESTION]})

    left: LeadOut | None = Field(description="Null where the lead lives no more.")
    right: LeadOut | None

    @classmethod
    def of(cls, match: Match, left: Lead | None, right: Lead | None) -> Self:
        """Show a match with those of its leads that live."""
        return cls(**_scored(match), **_sides(left, right))


class FieldOut(BaseModel):
    """A field of both leads, side by side."""

    model_config = ConfigDict(from_attributes=True)

    name: str = Field(description="The field; custom ones are `custom.NAME`.")
    left: str
    right: str
    agreement: str = Field(description="`same`, `differs` or `one_sided`.")
    merged: str = Field(description="What a merge into the older lead would give.")


class GuardOut(BaseModel):
    """A rule that keeps a pair from being merged without a person."""

    code: str
    text: str


class ExplainedMatchOut(MatchOut):
    """A match with all that speaks for and against it."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXPLAINED]})

    merge_bits: float = Field(description="From this score on, unguarded pairs are merged.")
    review_bits: float = Field(description="From this score on, pairs wait for a person.")
    guards: list[GuardOut]
    turning_points: list[str] = Field(description="What would have changed the verdict.")
    fields: list[FieldOut] = Field(description="Both leads side by side; empty once one is gone.")

    @classmethod
    def explain(cls, explained: Explanation) -> Self:
        """Show an explanation."""
        return cls(
            **_scored(explained.match),
            **_sides(explained.left, explained.right),
            merge_bits=explained.merge_bits,
            review_bits=explained.review_bits,
            guards=[GuardOut(code=code, text=text) for code, text in explained.guards],
            turning_points=[*explained.turning_points],
            fields=[FieldOut.model_validate(one) for one in explained.fields],
        )


class AnswerOut(BaseModel):
    """What has become of a match by an answer."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"match_id": 7, "state": "merged", "operation_id": 12, "lead_id": 1}]
        }
    )

    match_id: int
    state: str = Field(description="`merged`, `distinct`, or still `open` where it was skipped.")
    operation_id: int | None = Field(description="The operation that undo takes back.")
    lead_id: int | None = Field(default=None, description="The lead that lives on after a merge.")


def _scored(match: Match) -> dict[str, Any]:
    columns = ("id", "left_id", "right_id", "state", "band", "bits")
    facts = ("run_id", "operation_id", "skipped_at", "created_at")
    return {
        **{name: getattr(match, name) for name in (*columns, *facts)},
        "chance": probability(match.bits),
        "reasons": [ReasonOut.of(step) for step in steps_of(match)],
    }


def _sides(left: Lead | None, right: Lead | None) -> dict[str, Any]:
    return {
        "left": LeadOut.model_validate(left) if left else None,
        "right": LeadOut.model_validate(right) if right else None,
    }
