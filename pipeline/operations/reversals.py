"""What an undo did, lead by lead and in sum."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.operations.models import KeptLead


class Reversal(StrEnum):
    """What an undo did with one lead."""

    REMOVED = "removed"
    RESTORED = "restored"
    RECREATED = "recreated"
    KEPT = "kept"


@dataclass(slots=True)
class UndoReport:
    """What an undo did, and what it kept because the world had moved on."""

    operation_id: int
    undoes: int
    removed: int = 0
    restored: int = 0
    recreated: int = 0
    kept: list[tuple[int, str]] = field(default_factory=list)


def find_kept(
    db: Session, operation_id: int, *, after_lead: int = 0, limit: int = 1_000
) -> Sequence[KeptLead]:
    """Give the leads that an undo left as they are, in order of id."""
    query = select(KeptLead).where(
        KeptLead.operation_id == operation_id, KeptLead.lead_id > after_lead
    )
    return db.scalars(query.order_by(KeptLead.lead_id).limit(limit)).all()
