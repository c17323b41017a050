"""Taking an operation back: the inverse where ``after`` still holds, a reason where it does not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, and_, func, not_, select, update
from sqlalchemy.orm import Session

from pipeline.database.base import utc_now
from pipeline.database.dialects import (
    bulk_delete,
    bulk_insert,
    count_updated,
    in_values,
    serialize_writers,
)
from pipeline.errors import AlreadyUndone, Conflict
from pipeline.leads.keys import lead_hashes
from pipeline.leads.models import Lead, LeadKey, Sighting
from pipeline.leads.values import RESTORABLE, difference, parse_moment, snapshot
from pipeline.operations.ledger import PLAN, open_operation, record_change, require_operation
from pipeline.operations.models import Change, Operation
from pipeline.runs.ledger import OPEN_STATES
from pipeline.runs.models import Run

SLICE = 1_000

Values = dict[str, Any]


@dataclass(slots=True)
class UndoReport:
    """What an undo did, and what it kept because the world had moved on."""

    operation_id: int
    undoes: int
    removed: int = 0
    restored: int = 0
    recreated: int = 0
    kept: list[tuple[int, str]] = field(default_factory=list)


def undo_operation(db: Session, operation_id: int) -> UndoReport:
    """Take back a whole import, scrape, creation, edit, status change, deletion or undo.

    A value that somebody changed since is kept and reported. The undo is an operation too, so it
    can be taken back like any other; where everything was kept, it may be tried again.

    Raises:
        OperationNotFound: there is no such operation.
        AlreadyUndone: it has been taken back before.
        Conflict: its run is still going on.
    """
    serialize_writers(db)
    operation = require_operation(db, operation_id)
    _require_undoable(db, operation)
    undo = open_operation(db, "undo", undoes=operation.id)
    report = UndoReport(undo.id, operation.id)
    for changes in _slices(db, operation.id):
        _undo_slice(db, operation, undo, changes, report)
    _move_sightings(db, operation, undo, report)
    if undo.changes or not report.kept:
        operation.undone_by = undo.id
        if operation.undoes is not None:
            require_operation(db, operation.undoes).undone_by = None
    db.flush()
    return report


def _require_undoable(db: Session, operation: Operation) -> None:
    if operation.kind == PLAN:
        raise Conflict(f"Operation {operation.id} is a plan: nothing was done.")
    if operation.undone_by is not None:
        raise AlreadyUndone(
            f"Operation {operation.id} was taken back by operation {operation.undone_by}."
        )
    run = db.get(Run, operation.run_id) if operation.run_id is not None else None
    if run is not None and run.state in OPEN_STATES:
        raise Conflict(f"Run {run.id} is still going on; cancel it or wait for its end.")


def _slices(db: Session, operation_id: int) -> Iterator[dict[int, list[Change]]]:
    """Give an operation's changes by lead, some leads at a time."""
    last = 0
    while True:
        ids = db.scalars(
            select(Change.lead_id)
            .where(Change.operation_id == operation_id, Change.lead_id > last)
            .distinct()
            .order_by(Change.lead_id)
            .limit(SLICE)
        ).all()
        if not ids:
            return
        last = ids[-1]
        changes: dict[int, list[Change]] = {lead_id: [] for lead_id in ids}
        query = select(Change).where(
            Change.operation_id == operation_id, Change.lead_id.between(ids[0], last)
        )
        for change in db.scalars(query.order_by(Change.id)):
            changes[change.lead_id].append(change)
        yield changes
        db.flush()


def _undo_slice(
    db: Session,
    operation: Operation,
    undo: Operation,
    changes: dict[int, list[Change]],
    report: UndoReport,
) -> None:
    query = select(Lead).where(in_values(db, Lead.id, list(changes))).with_for_update()
    leads = {lead.id: lead for lead in db.scalars(query)}
    seen_by = _seen_since(db, operation, list(leads))
    keys = {lead_id: lead_hashes(snapshot(lead)) for lead_id, lead in leads.items()}
    removed = []
    for lead_id, mine in changes.items():
        start, end, lead = *_fold(mine), leads.get(lead_id)
        if end is None:
            reason = _recreate(db, undo, lead_id, lead, start)
            report.recreated += reason is None
        elif start is not None:
            reason = _restore(db, undo, lead, start, end)
            report.restored += reason is None
        else:
            reason = _remove(db, undo, lead, end, seen_by.get(lead_id))
            report.removed += reason is None
            removed += [lead_id] if reason is None else []
        if reason is not None:
            report.kept.append((lead_id, reason))
    db.flush()
    _replace_keys(db, changes, keys)
    _withdraw(db, undo, in_values(db, Sighting.lead_id, removed))


def _fold(changes: list[Change]) -> tuple[Values | None, Values | None]:
    """Give the values before the first and after the last of one lead's changes."""
    start = _union([change.before for change in reversed(changes)])
    end = _union([change.after for change in changes])
    return (
        start if changes[0].before is not None else None,
        end if changes[-1].after is not None else None,
    )


def _union(parts: list[Values | None]) -> Values:
    union: Values = {"origins": {}}
    for part in parts:
        if part is not None:
            union |= {**part, "origins": {**union["origins"], **part.get("origins", {})}}
    return union


def _remove(
    db: Session, undo: Operation, lead: Lead | None, end: Values, seen_by: int | None
) -> str | None:
    if lead is None:
        return "deleted since"
    # A change written before a field existed says nothing of it: the field was blank then.
    differing = [
        name for name in RESTORABLE if (getattr(lead, name) or None) != (end.get(name) or None)
    ]
    if differing:
        return f"changed since: {', '.join(differing)}"
    if seen_by is not None:
        return f"seen since by run {seen_by} too"
    values = snapshot(lead)
    record_change(db, undo, lead.id, before=values, after=None)
    db.delete(lead)
    return None


def _recreate(
    db: Session, undo: Operation, lead_id: int, lead: Lead | None, start: Values | None
) -> str | None:
    if start is None:
        return None
    if lead is not None:
        return "it exists again"
    values = {name: start[name] for name in RESTORABLE if name in start}
    origins = {name: origin for name, origin in start["origins"].items() if origin}
    created_at = parse_moment(start["created_at"])
    lead = Lead(id=lead_id, **values, origins=origins, created_at=created_at, updated_at=utc_now())
    db.add(lead)
    record_change(db, undo, lead_id, before=None, after=snapshot(lead))
    return None


def _restore(
    db: Session, undo: Operation, lead: Lead | None, start: Values, end: Values
) -> str | None:
    if lead is None:
        return "deleted since"
    before = snapshot(lead)
    differing = []
    origins = dict(lead.origins)
    for name in (name for name in RESTORABLE if name in end):
        if getattr(lead, name) != end[name]:
            differing.append(name)
            continue
        setattr(lead, name, start[name])
        for key in (k for k in end["origins"] if k.partition(".")[0] == name):
            origins[key] = start["origins"].get(key)
    lead.origins = {name: origin for name, origin in origins.items() if origin}
    old, new = difference(before, snapshot(lead))
    if new:
        lead.version += 1
        lead.updated_at = utc_now()
        record_change(db, undo, lead.id, before=old, after=new)
    return f"changed since: {', '.join(differing)}" if differing else None


def _replace_keys(db: Session, lead_ids: Iterable[int], old: dict[int, set[int]]) -> None:
    """Make the exact keys of these leads those of their values again."""
    query = select(Lead).where(in_values(db, Lead.id, list(lead_ids)))
    new = {lead.id: lead_hashes(snapshot(lead)) for lead in db.scalars(query)}
    before = {(key, lead_id) for lead_id, keys in old.items() for key in keys}
    after = {(key, lead_id) for lead_id, keys in new.items() for key in keys}
    table = cast("Table", LeadKey.__table__)
    bulk_delete(db, table, ("key", "lead_id"), before - after)
    bulk_insert(db, table, ("key", "lead_id"), sorted(after - before))


def _seen_since(db: Session, operation: Operation, lead_ids: list[int]) -> dict[int, int]:
    """Give the leads that another run has seen since this operation, with that run."""
    query = (
        select(Sighting.lead_id, func.max(Sighting.last_run_id))
        .where(
            in_values(db, Sighting.lead_id, lead_ids),
            Sighting.withdrawn_by.is_(None),
            Sighting.last_seen > operation.created_at,
            Sighting.last_run_id.is_distinct_from(operation.run_id),
            Sighting.last_run_id.is_not(None),
        )
        .group_by(Sighting.lead_id)
    )
    return {lead_id: run_id for lead_id, run_id in db.execute(query) if run_id is not None}


def _move_sightings(db: Session, operation: Operation, undo: Operation, report: UndoReport) -> None:
    kept = not_(in_values(db, Sighting.lead_id, [lead_id for lead_id, _ in report.kept]))
    if operation.run_id is not None:
        _withdraw(db, undo, and_(Sighting.run_id == operation.run_id, kept))
        renewed = update(Sighting).where(Sighting.last_run_id == operation.run_id, kept)
        count_updated(db, renewed.values(last_run_id=Sighting.run_id))
    back = update(Sighting).where(Sighting.withdrawn_by == operation.id, kept)
    count_updated(db, back.values(withdrawn_by=None))


def _withdraw(db: Session, undo: Operation, which: ColumnElement[bool]) -> None:
    mine = update(Sighting).where(which, Sighting.withdrawn_by.is_(None))
    count_updated(db, mine.values(withdrawn_by=undo.id))
