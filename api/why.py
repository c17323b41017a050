"""Why a lead is what it is: its records, what they were compared with, and who decided what."""

from datetime import datetime
from typing import Self

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from api.access import requires
from api.history import HistoryOut
from api.match_out import SCORED, ScoredOut
from api.paging import LeadId
from api.problems import problems
from api.units import Db
from pipeline.access import Role
from pipeline.review.why import ToldMerge, explain_lead

router = APIRouter(prefix="/api/leads", tags=["leads"])

_EXAMPLE: dict[str, JsonValue] = {
    "lead_id": 1,
    "asked": 2,
    "members": [1, 2],
    "merges": [
        {
            "winner_id": 1,
            "loser_id": 2,
            "match_id": 7,
            "operation_id": 12,
            "kind": "merge",
            "actor": "key:3",
            "at": "2026-01-31T09:40:00Z",
            "split_by": None,
        }
    ],
    "matches": [SCORED],
    "judgements": [
        {
            "is_same": True,
            "left_id": 1,
            "right_id": 2,
            "match_id": 7,
            "operation_id": 12,
            "actor": "key:3",
            "created_at": "2026-01-31T09:40:00Z",
            "withdrawn_by": None,
        }
    ],
    "history": {"lead_id": 1, "version": 2, "changes": [], "sightings": [], "origins": {}},
}


class MergeOut(BaseModel):
    """One lead merged into another."""

    winner_id: int
    loser_id: int
    match_id: int | None = Field(description="The pair that was merged, with its reasons.")
    operation_id: int
    kind: str = Field(description="The operation's kind.")
    actor: str = Field(description="Who merged; `system` where a rule did.")
    at: datetime
    split_by: int | None = Field(description="The operation that took the merge back.")

    @classmethod
    def of(cls, told: ToldMerge) -> Self:
        """Show a merge."""
        merge, operation = told.merge, told.operation
        return cls(
            winner_id=merge.winner_id,
            loser_id=merge.loser_id,
            match_id=merge.match_id,
            operation_id=operation.id,
            kind=operation.kind,
            actor=operation.actor,
            at=merge.at,
            split_by=merge.split_by,
        )


class JudgementOut(BaseModel):
    """What a person said of two leads. It outranks every rule, for ever."""

    model_config = ConfigDict(from_attributes=True)

    is_same: bool = Field(description="Whether the two are one.")
    left_id: int
    right_id: int
    match_id: int | None
    operation_id: int
    actor: str
    created_at: datetime
    withdrawn_by: int | None = Field(description="The operation that took the answer back.")


class WhyOut(BaseModel):
    """All that decided over a lead."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    asked: int
    lead_id: int = Field(description="The lead that lives: `asked`, or what it was merged into.")
    members: list[int] = Field(description="The leads that live on in it, itself included.")
    merges: list[MergeOut] = Field(description="Merges that stand or were taken back, in order.")
    matches: list[ScoredOut] = Field(description="What it was compared with, the newest first.")
    judgements: list[JudgementOut]
    history: HistoryOut


@router.get(
    "/{lead_id}/why",
    summary="Explain a lead",
    dependencies=[requires(Role.VIEWER)],
    responses=problems(404, 422),
)
def get_why(lead_id: LeadId, db: Db) -> WhyOut:
    """Give a lead's whole history: its records, the pairs it was in, and who decided what.

    A merged lead's id tells the history of the lead that it lives on in.
    """
    why = explain_lead(db, lead_id)
    return WhyOut(
        asked=why.asked,
        lead_id=why.lead_id,
        members=[*why.members],
        merges=[MergeOut.of(one) for one in why.merges],
        matches=[ScoredOut.score(one) for one in why.matches],
        judgements=[JudgementOut.model_validate(one) for one in why.judgements],
        history=HistoryOut.of(db, why.history),
    )
