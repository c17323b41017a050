"""Schedules: sources that run by themselves, once per due time however many beats tick."""

import logging
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from pipeline.crawl import check_params, request_scrape
from pipeline.database.base import utc_now
from pipeline.database.dialects import count_updated
from pipeline.errors import InvalidInput, LeadEngineError, NotFound
from pipeline.operations.ledger import MAX_ID
from pipeline.runs.models import Run, Schedule

log = logging.getLogger(__name__)


def add_schedule(
    db: Session,
    source: str,
    params: dict[str, Any],
    *,
    cron: str | None = None,
    every_seconds: int | None = None,
    timezone: str = "UTC",
) -> Schedule:
    """Let a source run by a cron expression in a time zone, or every so many seconds.

    Raises:
        InvalidInput: neither or both are given, or one of them, or the params, mean nothing.
        SourceNotFound: no source bears this slug.
    """
    check_params(source, params)
    if (cron is None) == (every_seconds is None):
        raise InvalidInput("Give either `cron` or `every_seconds`.")
    schedule = Schedule(
        source=source,
        params=params,
        cron=cron,
        every_seconds=every_seconds,
        timezone=timezone,
        next_due_at=utc_now(),
    )
    schedule.next_due_at = next_due(schedule, utc_now())
    db.add(schedule)
    db.flush()
    return schedule


def find_schedules(db: Session) -> list[Schedule]:
    """Give all schedules, the next due first."""
    return list(db.scalars(select(Schedule).order_by(Schedule.next_due_at, Schedule.id)))


def require_schedule(db: Session, schedule_id: int) -> Schedule:
    """Give a schedule.

    Raises:
        NotFound: there is none.
    """
    schedule = db.get(Schedule, schedule_id) if 0 < schedule_id <= MAX_ID else None
    if schedule is None:
        raise NotFound(f"There is no schedule {schedule_id}.")
    return schedule


def next_due(schedule: Schedule, after: datetime) -> datetime:
    """Give the first due time after a moment.

    Raises:
        InvalidInput: the cron expression or the time zone means nothing.
    """
    if schedule.every_seconds is not None:
        if schedule.every_seconds < 1:
            raise InvalidInput("`every_seconds` must be at least 1.")
        return after + timedelta(seconds=schedule.every_seconds)
    try:
        local = after.astimezone(ZoneInfo(schedule.timezone))
        due = next(CronSim(schedule.cron or "", local))
    except (ZoneInfoNotFoundError, ValueError) as error:
        if isinstance(error, CronSimError):
            raise InvalidInput(f"Not a cron expression: {schedule.cron!r}.") from None
        raise InvalidInput(f"Not a time zone: {schedule.timezone!r}.") from None
    except CronSimError:
        raise InvalidInput(f"Not a cron expression: {schedule.cron!r}.") from None
    except StopIteration:
        raise InvalidInput(f"This cron expression is never due: {schedule.cron!r}.") from None
    return due.astimezone(ZoneInfo("UTC"))


def is_any_due(db: Session, now: datetime | None = None) -> bool:
    """Whether a schedule is due, so that it is worth a write transaction."""
    query = select(Schedule.id).where(Schedule.enabled, Schedule.next_due_at <= (now or utc_now()))
    return db.scalar(query.limit(1)) is not None


def request_due_runs(db: Session, now: datetime | None = None) -> list[Run]:
    """Request a run for each schedule that is due. Of several missed times, one run is made.

    A schedule whose source is gone or broken is told of in the log and stops no other.
    """
    now = now or utc_now()
    query = select(Schedule).where(Schedule.enabled, Schedule.next_due_at <= now)
    runs = []
    for schedule in db.scalars(query.order_by(Schedule.id)):
        due = schedule.next_due_at
        if not _move_on(db, schedule, now):
            continue
        try:
            with db.begin_nested():
                runs.append(_request(db, schedule, due))
        except LeadEngineError as error:
            log.error("Schedule %d made no run: %s", schedule.id, error)  # noqa: TRY400 - it says all
    return runs


def _move_on(db: Session, schedule: Schedule, now: datetime) -> bool:
    """Set the next due time; False where another beat has done so: that one makes the run."""
    this = update(Schedule).where(
        Schedule.id == schedule.id, Schedule.next_due_at == schedule.next_due_at
    )
    return count_updated(db, this.values(next_due_at=next_due(schedule, now))) == 1


def _request(db: Session, schedule: Schedule, due: datetime) -> Run:
    key = f"schedule:{schedule.id}:{due.isoformat()}"
    run = request_scrape(db, schedule.source, schedule.params, request_key=key)
    this = update(Schedule).where(Schedule.id == schedule.id)
    count_updated(db, this.values(last_run_id=run.id))
    return run
