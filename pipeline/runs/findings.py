"""Reading what was found wrong with a run's rows: filtered issues, and rejected rows whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.records import Outcome
from pipeline.runs.models import RowIssue, RowOutcome, Run


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that became no lead: its own values by column, and all that is wrong with it."""

    row: int
    raw: Mapping[str, Any]
    issues: Sequence[RowIssue]


def find_run_issues(
    db: Session,
    run_id: int,
    *,
    severity: str | None = None,
    code: str | None = None,
    after_id: int = 0,
    limit: int = 100,
) -> list[RowIssue]:
    """Give a run's issues, in the order they were found."""
    query = select(RowIssue).where(RowIssue.run_id == run_id, RowIssue.id > after_id)
    if severity is not None:
        query = query.where(RowIssue.severity == severity)
    if code is not None:
        query = query.where(RowIssue.code == code)
    return list(db.scalars(query.order_by(RowIssue.id).limit(limit)))


def find_rejected_rows(
    db: Session, run_id: int, *, after_row: int = -1, limit: int = 1_000
) -> list[RejectedRow]:
    """Give a run's rejected rows, in their order."""
    rejected = select(RowOutcome.row).where(
        RowOutcome.run_id == run_id,
        RowOutcome.outcome == Outcome.REJECTED,
        RowOutcome.row > after_row,
    )
    rows = db.scalars(rejected.order_by(RowOutcome.row).limit(limit)).all()
    if not rows:
        return []
    query = select(RowIssue).where(
        RowIssue.run_id == run_id, RowIssue.row.between(rows[0], rows[-1])
    )
    issues = db.scalars(query.order_by(RowIssue.row, RowIssue.id))
    by_row = {row: list(group) for row, group in groupby(issues, lambda issue: issue.row)}
    return [_rejected_row(row, by_row.get(row, [])) for row in rows]


def find_surplus_columns(db: Session, run_id: int) -> list[str]:
    """Give the names of the columns beyond the header in which rows of a run had cells."""
    fields = select(RowIssue.field).where(RowIssue.run_id == run_id, RowIssue.code == "extra_cells")
    names = {name for field in db.scalars(fields.distinct()) for name in field.split(", ")}
    return sorted(names, key=lambda name: (len(name), name))


def read_columns(run: Run) -> list[str]:
    """Give the columns of a run's file, as far as they are known."""
    mapping = run.params.get("mapping") or {}
    return list(mapping.get("header", ()))


def _rejected_row(row: int, issues: list[RowIssue]) -> RejectedRow:
    raw = next((issue.raw for issue in issues if issue.raw), None)
    return RejectedRow(row, raw or {}, issues)
