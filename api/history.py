"""A lead's history: what changed, who was it, which source showed what, whence each value."""

from datetime import datetime
from typing import Any, Self

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from api.access import requires
from api.paging import LeadId
from api.problems import problems
from api.units import Db
from pipeline.access import Role
from pipeline.leads.history import History, HistoryEntry, shown_values
from pipeline.merges.histories import require_whole_history
from pipeline.provenance import name_cells

router = APIRouter(prefix="/api/leads", tags=["leads"])


class ChangeOut(BaseModel):
    """One change of a lead: the changed fields before and after."""

    id: int
    lead_id: int = Field(description="The lead, or one that has been merged into it since.")
    at: datetime
    action: str = Field(
        description="`create`, `update` or `delete`. A merge updates one lead and deletes another, "
        "a split creates it again.",
        examples=["update"],
    )
    operation_id: int
    kind: str = Field(description="The operation's kind.", examples=["status"])
    actor: str = Field(examples=["key:3"])
    run_id: int | None = None
    undone_by: int | None = None
    before: dict[str, Any] | None = Field(default=None, description="Absent for a creation.")
    after: dict[str, Any] | None = Field(default=None, description="Absent for a deletion.")
    status_held_seconds: float | None = Field(
        default=None, description="How long the status that this change replaced had held."
    )


class SightingOut(BaseModel):
    """That a source showed this lead, with the values as published."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    run_id: int | None = Field(default=None, description="Absent for what a person entered.")
    row: int
    url: str | None = None
    source: str
    raw: dict[str, Any]
    first_seen: datetime
    last_seen: datetime
    withdrawn_by: int | None = Field(
        default=None, description="The operation that took this sighting back."
    )


class OriginOut(BaseModel):
    """Where a value came from: a sighting, or a person's operation."""

    model_config = ConfigDict(from_attributes=True)

    sighting_id: int | None = None
    operation_id: int | None = None


class HistoryOut(BaseModel):
    """How a lead came to be what it is."""

    lead_id: int
    version: int
    changes: list[ChangeOut]
    sightings: list[SightingOut]
    origins: dict[str, OriginOut]

    @classmethod
    def of(cls, db: Session, history: History) -> Self:
        """Show a lead's history."""
        sightings = name_cells(db, history.sightings)
        origins = history.origins.items()
        return cls(
            lead_id=history.lead.id,
            version=history.lead.version,
            changes=[_change(entry) for entry in history.entries],
            sightings=[SightingOut.model_validate(sighting) for sighting in sightings],
            origins={name: OriginOut.model_validate(origin) for name, origin in origins},
        )


@router.get(
    "/{lead_id}/history",
    summary="Get a lead's history",
    dependencies=[requires(Role.VIEWER)],
    response_model_exclude_none=True,
    responses=problems(404, 422),
)
def get_history(lead_id: LeadId, db: Db) -> HistoryOut:
    """Tell who changed what and when, which sources showed this lead, and whence each value is.

    Leads that were merged into it are told of as well. A merged lead has the history of the lead
    that lives in its place.
    """
    return HistoryOut.of(db, require_whole_history(db, lead_id))


def _change(entry: HistoryEntry) -> ChangeOut:
    change, operation = entry.change, entry.operation
    return ChangeOut(
        id=change.id,
        lead_id=change.lead_id,
        at=change.at,
        action=change.action,
        operation_id=operation.id,
        kind=operation.kind,
        actor=operation.actor,
        run_id=operation.run_id,
        undone_by=operation.undone_by,
        before=shown_values(entry.before),
        after=shown_values(entry.after),
        status_held_seconds=entry.status_held_seconds,
    )
