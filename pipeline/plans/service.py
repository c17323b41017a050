"""Reading plans: what would become of each row, and the hash that stands for all of it."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import orjson
from sqlalchemy import Row, Select, Text, and_, cast, select
from sqlalchemy.orm import Session

from pipeline.database.engine import Database
from pipeline.errors import Conflict
from pipeline.leads.values import RESTORABLE
from pipeline.plans.models import PlannedChange, PlannedLead
from pipeline.records import Outcome
from pipeline.runs.models import RowIssue, RowOutcome, Run

FINISHED = "finished"
_CHUNK = 5_000
_UNSAID = frozenset({"phone_verified"})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field's value before and after; custom fields are named ``custom.NAME``."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What a plan would do with one row.

    ``lead_id`` is the lead it belongs to; minus a row is one that the plan would create from that
    row. ``before`` and ``after`` hold the fields of a known lead that would change, and ``after``
    all values of one that would be created.
    """

    row: int
    outcome: str
    lead_id: int | None
    before: dict[str, Any]
    after: dict[str, Any]
    issues: Sequence[RowIssue]

    @property
    def changes(self) -> list[FieldChange]:
        """The fields that would change, each custom field by itself; a blank old value is None."""
        before, after = _flat(self.before), _flat(self.after)
        names = sorted({*before, *after} - _UNSAID, key=_place)
        return [
            FieldChange(name, before.get(name) or None, after.get(name) or None)
            for name in names
            if (before.get(name) or None) != (after.get(name) or None)
        ]


def is_plan(run: Run) -> bool:
    """Whether a run only asks what an import would do."""
    return bool(run.params.get("plan"))


def require_finished_plan(run: Run) -> Run:
    """Give a run that is a plan and complete.

    Raises:
        Conflict: it is none, or it has not finished.
    """
    if not is_plan(run):
        raise Conflict(f"Run {run.id} is no plan; it did what it says. Only a plan can be applied.")
    if run.state != FINISHED:
        raise Conflict(f"Plan {run.id} is {run.state}; only a finished plan can be applied.")
    return run


def find_planned_rows(
    db: Session,
    run_id: int,
    *,
    outcome: str | None = None,
    after_row: int = -1,
    limit: int = 100,
) -> list[PlannedRow]:
    """Give what would become of a plan's rows, in order of row."""
    query = _rows(run_id).where(RowOutcome.row > after_row).limit(limit)
    if outcome is not None:
        query = query.where(RowOutcome.outcome == outcome)
    rows = db.execute(query).all()
    if not rows:
        return []
    created = _find_created(db, run_id, [row.row for row in rows])
    issues = _find_issues(db, run_id, rows[0].row, rows[-1].row)
    return [_planned_row(row, created, issues.get(row.row, [])) for row in rows]


def plan_hash(db: Session, run_id: int) -> str:
    """Give the SHA-256 of what a plan would do, row by row; kept or else computed."""
    if kept := db.get_one(Run, run_id).params.get("plan_hash"):
        return str(kept)
    digest = hashlib.sha256()
    for lines in _lines(db, run_id):
        digest.update(lines)
    return digest.hexdigest()


def keep_plan_hash(database: Database, run_id: int) -> str:
    """Give the hash of a finished plan, and keep it with the plan the first time."""
    with database.read() as db:
        kept = "plan_hash" in db.get_one(Run, run_id).params
        found = plan_hash(db, run_id)
    if not kept:
        database.transact(lambda db: _keep_hash(db, run_id, found))
    return found


def _keep_hash(db: Session, run_id: int, found: str) -> None:
    run = db.get_one(Run, run_id)
    run.params = {**run.params, "plan_hash": found}


def _rows(run_id: int) -> Select[Any]:
    change = and_(PlannedChange.run_id == RowOutcome.run_id, PlannedChange.row == RowOutcome.row)
    return (
        select(
            RowOutcome.row,
            RowOutcome.outcome,
            RowOutcome.lead_id,
            PlannedChange.lead_id.label("changed_id"),
            PlannedChange.before,
            PlannedChange.after,
        )
        .outerjoin(PlannedChange, change)
        .where(RowOutcome.run_id == run_id)
        .order_by(RowOutcome.row)
    )


def _planned_row(
    row: Row[Any], created: dict[int, dict[str, Any]], issues: Sequence[RowIssue]
) -> PlannedRow:
    new = {name: value for name, value in created.get(row.row, {}).items() if value}
    return PlannedRow(
        row=row.row,
        outcome=row.outcome,
        lead_id=row.changed_id or row.lead_id,
        before=_shown(row.before or {}),
        after=_shown(row.after or new),
        issues=issues,
    )


def _shown(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "origins"}


def _flat(values: dict[str, Any]) -> dict[str, Any]:
    custom = values.get("custom") or {}
    plain = {name: value for name, value in values.items() if name != "custom"}
    return {**plain, **{f"custom.{name}": value for name, value in custom.items()}}


def _place(name: str) -> tuple[int, str]:
    return (RESTORABLE.index(name) if name in RESTORABLE else len(RESTORABLE), name)


def _find_created(db: Session, run_id: int, rows: Sequence[int]) -> dict[int, dict[str, Any]]:
    query = select(PlannedLead).where(
        PlannedLead.run_id == run_id, PlannedLead.lead_id.in_([-row for row in rows])
    )
    return {-lead.lead_id: lead.values or {} for lead in db.scalars(query)}


def _find_issues(db: Session, run_id: int, first: int, last: int) -> dict[int, list[RowIssue]]:
    query = select(RowIssue).where(RowIssue.run_id == run_id, RowIssue.row.between(first, last))
    issues = db.scalars(query.order_by(RowIssue.row, RowIssue.id))
    return {row: list(group) for row, group in groupby(issues, lambda issue: issue.row)}


def _lines(db: Session, run_id: int) -> Iterator[bytes]:
    change = and_(PlannedChange.run_id == RowOutcome.run_id, PlannedChange.row == RowOutcome.row)
    # As text, a value is read once, and its other half not at all.
    after = cast(PlannedChange.after, Text)
    query = (
        select(RowOutcome.row, RowOutcome.outcome, PlannedChange.lead_id, after)
        .outerjoin(PlannedChange, change)
        .where(RowOutcome.run_id == run_id)
        .order_by(RowOutcome.row)
    )
    for chunk in db.execute(query, execution_options={"yield_per": _CHUNK}).partitions():
        yield b"".join([_line(*row) for row in chunk])


def _line(row: int, outcome: str, lead_id: int | None, after: str | None) -> bytes:
    if outcome != Outcome.UPDATED or after is None or lead_id is None:
        return b"%d,%s\n" % (row, outcome.encode())
    canonical = orjson.dumps(orjson.loads(after), option=orjson.OPT_SORT_KEYS)
    return b"%d,%s,%d,%s\n" % (row, outcome.encode(), lead_id, canonical)
