"""Following a plan: what it said of each row, for the import that applies it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from pipeline.plans.models import PlannedChange
from pipeline.runs.models import RowOutcome


@dataclass(frozen=True, slots=True)
class Planned:
    """What a plan said of a row: its outcome, its lead (if known then), and the new values."""

    outcome: str
    lead_id: int | None = None
    after: Mapping[str, Any] | None = None


def find_planned(db: Session, plan_id: int, first: int, last: int) -> dict[int, Planned]:
    """Give what a plan said of the rows from ``first`` to ``last``."""
    change = and_(PlannedChange.run_id == RowOutcome.run_id, PlannedChange.row == RowOutcome.row)
    query = (
        select(RowOutcome.row, RowOutcome.outcome, RowOutcome.lead_id, PlannedChange.after)
        .outerjoin(PlannedChange, change)
        .where(RowOutcome.run_id == plan_id, RowOutcome.row.between(first, last))
    )
    return {row: Planned(*said) for row, *said in db.execute(query)}
