"""Asking for an undo: small operations are taken back at once, large ones by a run."""

from collections.abc import Sequence

from sqlalchemy import case, func, select, union
from sqlalchemy.orm import Session

from pipeline.database.dialects import serialize_writers
from pipeline.errors import AlreadyUndone, Conflict
from pipeline.matches.service import withdraw_judgements
from pipeline.merges.following import find_canonical
from pipeline.operations.ledger import PLAN, open_operation, require_operation
from pipeline.operations.models import Change, Operation
from pipeline.operations.reversals import Reversal, UndoReport, find_kept
from pipeline.runs.ledger import OPEN_STATES
from pipeline.runs.models import Batch, RowOutcome, Run
from pipeline.runs.service import get_run, request_run
from pipeline.undo.evidence import these_leads
from pipeline.undo.roots import find_root
from pipeline.undo.slices import count_reversals, undo_slice

SMALL = 1_000
"""Up to so many changes, and rows of its run, an operation is taken back at once."""

KIND = "undo"


def take_back(db: Session, operation_id: int) -> UndoReport | Run:
    """Take an operation back at once if it is small, else request a run that does it.

    A value that somebody changed since is kept and reported. The undo is an operation too, so it
    can be taken back like any other; where everything was kept, it may be tried again.

    Raises:
        OperationNotFound: there is no such operation.
        AlreadyUndone: it has been taken back before.
        Conflict: its run is still going on, or another run is taking it back.
    """
    serialize_writers(db)
    operation = _require_undoable(db, operation_id)
    return _undo_at_once(db, operation) if _is_small(db, operation) else _request(db, operation)


def settle(db: Session, operation: Operation, undo: Operation, kept: int) -> None:
    """Note that an operation has been taken back; unless nothing was, all having been kept."""
    if not kept or _has_effect(db, undo):
        operation.undone_by = undo.id
        _turn_chain(db, operation)
        withdraw_judgements(db, operation.id, undo.id)
    db.flush()


def _has_effect(db: Session, undo: Operation) -> bool:
    """Whether an undo did more than to set merges aside and to make them again."""
    mine = Change.operation_id == undo.id
    net = func.sum(case((Change.action == "create", 1), else_=-1))
    lasting = (
        select(Change.merge_id)
        .where(mine, Change.merge_id.is_not(None), Change.action != "update")
        .group_by(Change.merge_id)
        .having(net != 0)
    )
    ordinary = select(Change.id).where(mine, Change.merge_id.is_(None))
    return any(db.scalar(query.limit(1)) is not None for query in (ordinary, lasting))


def _turn_chain(db: Session, operation: Operation) -> None:
    """Let what an operation has undone be in force again, and what that has undone be undone."""
    by: int | None = None
    while operation.undoes is not None:
        operation = require_operation(db, operation.undoes)
        operation.undone_by = by
        by = operation.id if by is None else None


def report_of(db: Session, run: Run, *, limit: int = SMALL) -> UndoReport:
    """Give the report of an undo that was a run, with the first of the leads it kept."""
    undo = require_operation(db, run.operation_id)
    return UndoReport(
        undo.id,
        undo.undoes or 0,
        removed=run.removed,
        restored=run.restored,
        recreated=run.recreated,
        kept=[(one.lead_id, one.reason) for one in find_kept(db, undo.id, limit=limit)],
    )


def get_undo_run(db: Session, operation_id: int) -> Run | None:
    """Give the run that is taking an operation back just now, or None."""
    query = (
        select(Run)
        .join(Operation, Operation.id == Run.operation_id)
        .where(Run.kind == KIND, Run.state.in_(OPEN_STATES), Operation.undoes == operation_id)
    )
    return db.scalar(query.limit(1))


def _require_undoable(db: Session, operation_id: int) -> Operation:
    operation = require_operation(db, operation_id)
    if operation.kind == PLAN:
        raise Conflict(f"Operation {operation.id} is a plan: nothing was done.")
    if operation.undone_by is not None:
        raise AlreadyUndone(
            f"Operation {operation.id} was taken back by operation {operation.undone_by}."
        )
    _require_in_force(db, operation)
    run = get_run(db, operation.run_id or 0)
    if run is not None and run.state in OPEN_STATES:
        raise Conflict(f"Run {run.id} is still going on; cancel it or wait for its end.")
    undoing = get_undo_run(db, operation.id)
    if undoing is not None:
        raise Conflict(f"Run {undoing.id} is taking operation {operation.id} back already.")
    return operation


def _require_in_force(db: Session, operation: Operation) -> None:
    """Make sure that what an undo brought about was not overtaken by another one since.

    One that was stopped, or kept everything, has not undone its operation, so nobody has.
    """
    undone, by = True, operation.id
    while operation.undoes is not None:
        operation = require_operation(db, operation.undoes)
        if operation.undone_by not in ({by, None} if undone else {None}):
            raise Conflict(f"Operation {operation.id} was undone or redone otherwise since.")
        undone, by = not undone, operation.id


def _is_small(db: Session, operation: Operation) -> bool:
    run = get_run(db, find_root(db, operation).run_id or 0)
    return operation.changes <= SMALL and (run is None or run.read <= SMALL)


def _undo_at_once(db: Session, operation: Operation) -> UndoReport:
    undo = open_operation(db, KIND, undoes=operation.id)
    decisions = undo_slice(db, operation, undo, these_leads(db, _touched_leads(db, operation)))
    counts = count_reversals(decisions)
    settle(db, operation, undo, counts[Reversal.KEPT])
    return UndoReport(
        undo.id,
        operation.id,
        removed=counts[Reversal.REMOVED],
        restored=counts[Reversal.RESTORED],
        recreated=counts[Reversal.RECREATED],
        kept=[(one.lead_id, one.reason) for one in decisions if one.reason],
    )


def _touched_leads(db: Session, operation: Operation) -> Sequence[int]:
    """Give the leads that an operation changed, and those of which it only moved sightings.

    Where they have been merged, those that live in their place are among them.
    """
    changed = select(Change.lead_id).where(Change.operation_id == operation.id)
    seen = select(RowOutcome.lead_id).where(
        RowOutcome.run_id == (find_root(db, operation).run_id or 0), RowOutcome.lead_id.is_not(None)
    )
    touched = db.scalars(union(changed, seen)).all()
    return sorted({*touched, *find_canonical(db, touched).values()})


def _request(db: Session, operation: Operation) -> Run:
    after = _reached(db, operation)
    source = f"operation {operation.id}"
    run = request_run(db, KIND, source, first_batch=KIND, undoes=operation.id)
    first = db.scalars(select(Batch).where(Batch.run_id == run.id)).one()
    first.after_lead = after
    wanted = Change.operation_id == operation.id, Change.lead_id > after
    run.rows_total = db.scalar(select(func.count(Change.lead_id.distinct())).where(*wanted))
    run.params = {"undoes": operation.id}
    db.flush()
    return run


def _reached(db: Session, operation: Operation) -> int:
    """Give the lead after which an undo that was stopped in the middle has left the rest."""
    query = (
        select(func.max(Batch.after_lead))
        .join(Run, Run.id == Batch.run_id)
        .join(Operation, Operation.id == Run.operation_id)
        .where(
            Run.kind == KIND,
            Run.state.in_(("cancelled", "failed")),
            Operation.undoes == operation.id,
            Operation.undone_by.is_(None),
        )
    )
    return db.scalar(query) or 0
