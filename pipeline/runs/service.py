"""Requesting, finishing and reading runs."""

import logging
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from pipeline.database.base import utc_now
from pipeline.errors import Conflict, RunNotFound
from pipeline.operations.ledger import MAX_ID, PLAN, open_operation
from pipeline.operations.models import Operation
from pipeline.operations.reversals import Reversal
from pipeline.records import Outcome
from pipeline.runs.ledger import OPEN_STATES, WORKING_STATES, has_open_batches
from pipeline.runs.models import Batch, RowIssue, RowOutcome, Run

log = logging.getLogger(__name__)

SEQ_STEP = 1 << 20
"""Room between two batches' numbers, so that one can be split again and again."""


def request_run(
    db: Session,
    kind: str,
    source: str,
    *,
    first_batch: str,
    undoes: int | None = None,
    request_key: str | None = None,
    **values: Any,
) -> Run:
    """Write down that a source shall run: a run, its operation and its first batch.

    ``undoes`` is the operation that the run shall take back. The same ``request_key`` again gives
    the run that bears it.
    """
    if request_key is not None:
        earlier = db.scalar(select(Run).where(Run.request_key == request_key))
        if earlier is not None:
            return earlier
    is_plan = bool(values.get("params", {}).get("plan"))
    operation = open_operation(db, PLAN if is_plan else kind, undoes=undoes)
    run = Run(
        kind=kind,
        source=source,
        operation_id=operation.id,
        requested_by=db.info.get("actor", "system"),
        request_key=request_key,
        **values,
    )
    db.add(run)
    db.flush()
    operation.run_id = run.id
    db.add(Batch(run_id=run.id, seq=0, kind=first_batch))
    db.flush()
    return run


def get_run(db: Session, run_id: int) -> Run | None:
    """Give a run, or None."""
    return db.get(Run, run_id) if 0 < run_id <= MAX_ID else None


def require_run(db: Session, run_id: int, *, kind: str | None = None) -> Run:
    """Give a run.

    Raises:
        RunNotFound: there is none, or it is of another kind.
    """
    run = get_run(db, run_id)
    if run is None or (kind is not None and run.kind != kind):
        raise RunNotFound(f"There is no {kind or 'run'} {run_id}.")
    return run


def find_runs(
    db: Session, *, kind: str | None = None, before_id: int | None = None, limit: int = 50
) -> list[Run]:
    """Give runs, the newest first."""
    query = select(Run).order_by(Run.id.desc()).limit(limit)
    if kind is not None:
        query = query.where(Run.kind == kind)
    if before_id is not None:
        query = query.where(Run.id < before_id)
    return list(db.scalars(query))


def mark_started(db: Session, run_id: int) -> None:
    """Note that somebody has begun to work on a run."""
    db.execute(
        update(Run)
        .where(Run.id == run_id, Run.state == "requested")
        .values(state="running", started_at=utc_now())
    )


def finish_run_if_done(db: Session, run_id: int) -> None:
    """Close a run whose batches are all done, if its accounting balances; else raise the alarm.

    Belongs into the transaction that finishes a batch.
    """
    db.flush()
    if has_open_batches(db, run_id):
        return
    run = db.get(Run, run_id, populate_existing=True)
    if run is None or run.state not in OPEN_STATES:
        return
    problem = _imbalance(db, run)
    run.state = "inconsistent" if problem else "finished"
    _end_pause(run)
    run.error = problem
    run.finished_at = utc_now()
    if problem:
        log.error("Run %d is inconsistent: %s", run.id, problem)


def fail_run(db: Session, run_id: int, error: str) -> None:
    """End a run that cannot go on; what it wrote stays and can be undone."""
    db.execute(
        update(Run)
        .where(Run.id == run_id, Run.state.in_(OPEN_STATES))
        .values(state="failed", error=error, finished_at=utc_now())
    )
    _close_batches(db, run_id)


def cancel_run(db: Session, run_id: int) -> Run:
    """Stop a run; what it wrote so far stays and can be undone.

    Raises:
        RunNotFound: there is none.
        Conflict: it has ended.
    """
    run = _require_locked(db, run_id)
    if run.state not in OPEN_STATES:
        raise Conflict(f"Run {run_id} has ended already: it is {run.state}.")
    run.state = "cancelled"
    _end_pause(run)
    run.finished_at = utc_now()
    _close_batches(db, run_id)
    db.flush()
    return run


def pause_run(db: Session, run_id: int) -> Run:
    """Let a run stand still: batches in work are written, no further one is begun.

    It stays so, whoever is restarted, until it is resumed or cancelled.

    Raises:
        RunNotFound: there is none.
        Conflict: it has ended, or is paused already.
    """
    run = _require_locked(db, run_id)
    if run.state not in WORKING_STATES:
        raise Conflict(f"Run {run_id} cannot be paused: it is {run.state}.")
    run.state = "paused"
    run.paused_at = utc_now()
    db.flush()
    return run


def resume_run(db: Session, run_id: int) -> Run:
    """Let a paused run go on where it stopped.

    Raises:
        RunNotFound: there is none.
        Conflict: it is not paused.
    """
    run = _require_locked(db, run_id)
    if run.state != "paused":
        raise Conflict(f"Run {run_id} is not paused: it is {run.state}.")
    run.state = "running" if run.started_at else "requested"
    _end_pause(run)
    db.flush()
    return run


def worked_seconds(run: Run) -> float | None:
    """Give how long a run has been worked on, pauses left out; None where it has not begun."""
    if run.started_at is None:
        return None
    until = run.paused_at or run.finished_at or utc_now()
    return max((until - run.started_at).total_seconds() - run.paused_seconds, 0.0)


def is_balanced(run: Run) -> bool:
    """Whether ``read`` equals the sum of what became of the records."""
    total: int = sum(getattr(run, one.value) for one in (*Outcome, *Reversal))
    return run.read == total


def find_outcomes(
    db: Session, run_id: int, *, outcome: str | None = None, after_row: int = -1, limit: int = 100
) -> list[RowOutcome]:
    """Give what became of a run's rows, in order of row."""
    query = select(RowOutcome).where(RowOutcome.run_id == run_id, RowOutcome.row > after_row)
    if outcome is not None:
        query = query.where(RowOutcome.outcome == outcome)
    return list(db.scalars(query.order_by(RowOutcome.row).limit(limit)))


def find_issues(
    db: Session, run_id: int, *, after_id: int = 0, limit: int = 1_000
) -> list[RowIssue]:
    """Give a run's issues, in the order they were found."""
    query = select(RowIssue).where(RowIssue.run_id == run_id, RowIssue.id > after_id)
    return list(db.scalars(query.order_by(RowIssue.id).limit(limit)))


def count_issues(db: Session, run_id: int) -> Mapping[str, int]:
    """Give how often each code of issue occurred in a run, the most frequent first."""
    query = (
        select(RowIssue.code, func.count())
        .where(RowIssue.run_id == run_id)
        .group_by(RowIssue.code)
        .order_by(func.count().desc(), RowIssue.code)
    )
    return {code: count for code, count in db.execute(query)}  # noqa: C416 - typed pairs


def operation_of(db: Session, run: Run) -> Operation | None:
    """Give the operation that holds a run's changes."""
    return db.get(Operation, run.operation_id)


def _imbalance(db: Session, run: Run) -> str | None:
    if not is_balanced(run):
        return f"{run.read} rows were read, but the outcomes add up to another number."
    # What an undo did stands in the change ledger, not among the outcomes of rows.
    if run.kind != "undo" and (listed := _count_outcomes(db, run.id)) != run.read:
        return f"{run.read} rows were counted, but {listed} have an outcome."
    if run.rows_total is not None and run.rows_total != run.read:
        return f"{run.rows_total} rows were expected, but {run.read} were read."
    return None


def _count_outcomes(db: Session, run_id: int) -> int:
    query = select(func.count()).select_from(RowOutcome).where(RowOutcome.run_id == run_id)
    return db.scalar(query) or 0


def _require_locked(db: Session, run_id: int) -> Run:
    """Give a run as it stands, whom nobody else may stop or start until this is committed."""
    run = require_run(db, run_id)
    db.refresh(run, with_for_update=True)
    return run


def _end_pause(run: Run) -> None:
    if run.paused_at is not None:
        run.paused_seconds += (utc_now() - run.paused_at).total_seconds()
        run.paused_at = None


def _close_batches(db: Session, run_id: int) -> None:
    db.execute(
        update(Batch)
        .where(Batch.run_id == run_id, Batch.state.in_(("ready", "running")))
        .values(state="cancelled", token=None)
        .execution_options(synchronize_session=False)
    )
