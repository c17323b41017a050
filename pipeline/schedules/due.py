"""Making runs of what is due: one a due time, however many beats look, never two at once.

A schedule that is due while a run of it, or of its source with the same settings, has not ended
waits for that one's end, and then runs once. A run that is quarantined has not ended: until a
person has decided about it, nobody knows whether asking the site again would bring anything.
"""

import logging
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from pipeline.crawl import check_params, request_scrape
from pipeline.database.base import utc_now
from pipeline.database.dialects import count_updated, serialize_writers
from pipeline.errors import Conflict, LeadEngineError
from pipeline.runs.ledger import OPEN_STATES
from pipeline.runs.models import Run, Schedule
from pipeline.schedules.service import next_due, require_schedule

log = logging.getLogger(__name__)

UNFINISHED = (*OPEN_STATES, "quarantined")
"""In these states a run keeps its schedule from making another."""


def is_any_due(db: Session, now: datetime | None = None) -> bool:
    """Whether a schedule is due and need not wait, so that it is worth a write transaction."""
    return any(find_blocking_run(db, one) is None for one in _find_due(db, now or utc_now()))


def request_due_runs(db: Session, now: datetime | None = None) -> list[Run]:
    """Request a run for each schedule that is due. Of several missed times, one run is made.

    A schedule whose source is gone or broken is told of in the log and stops no other.
    """
    serialize_writers(db)
    now = now or utc_now()
    runs = []
    for schedule in _find_due(db, now):
        if find_blocking_run(db, schedule) is not None:
            continue
        due = schedule.next_due_at
        if not _move_on(db, schedule, now):
            continue
        try:
            with db.begin_nested():
                runs.append(_request(db, schedule, f"schedule:{schedule.id}:{due.isoformat()}"))
        except LeadEngineError as error:
            log.error("Schedule %d made no run: %s", schedule.id, error)  # noqa: TRY400 - it says all
    return runs


def run_now(db: Session, schedule_id: int) -> Run:
    """Request a run of a schedule at once; its next due time stays as it is.

    Raises:
        NotFound: there is no such schedule.
        Conflict: an earlier run has not ended.
    """
    serialize_writers(db)
    schedule = require_schedule(db, schedule_id)
    blocking = find_blocking_run(db, schedule)
    if blocking is not None:
        raise Conflict(f"Run {blocking.id} has not ended: it is {blocking.state}.")
    return _request(db, schedule, None)


def find_blocking_run(db: Session, schedule: Schedule) -> Run | None:
    """Give the run whose end a schedule must wait for, or None."""
    query = select(Run).where(Run.state.in_(UNFINISHED), Run.kind == "scrape")
    unfinished = db.scalars(query.order_by(Run.id)).all()
    if not unfinished:
        return None
    params = _complete_params(db, schedule)
    return next((run for run in unfinished if _is_same(run, schedule, params)), None)


def _find_due(db: Session, now: datetime) -> Sequence[Schedule]:
    query = select(Schedule).where(Schedule.enabled, Schedule.next_due_at <= now)
    return db.scalars(query.order_by(Schedule.id)).all()


def _is_same(run: Run, schedule: Schedule, params: object) -> bool:
    alike = run.source == schedule.source and run.params == params
    return alike or run.id == schedule.last_run_id


def _complete_params(db: Session, schedule: Schedule) -> object:
    """Give a schedule's params as its runs bear them; None where the source is gone or broken."""
    try:
        checked, _ = check_params(db, schedule.source, schedule.params)
    except LeadEngineError:
        return None
    return checked.model_dump(mode="json")


def _move_on(db: Session, schedule: Schedule, now: datetime) -> bool:
    """Set the next due time; False where another beat has done so: that one makes the run."""
    this = update(Schedule).where(
        Schedule.id == schedule.id, Schedule.next_due_at == schedule.next_due_at
    )
    return count_updated(db, this.values(next_due_at=next_due(schedule, now))) == 1


def _request(db: Session, schedule: Schedule, key: str | None) -> Run:
    run = request_scrape(db, schedule.source, schedule.params, request_key=key)
    this = update(Schedule).where(Schedule.id == schedule.id)
    count_updated(db, this.values(last_run_id=run.id))
    return run
