"""Schedules: made, changed, paused and resumed; and the moments at which each is due."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice, pairwise
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.crawl import check_params
from pipeline.database.base import utc_now
from pipeline.errors import Conflict, InvalidInput, NotFound
from pipeline.operations.ledger import MAX_ID
from pipeline.runs.models import Schedule
from pipeline.schedules.rules import Rule, cron_rule, interval_rule, read_rule, require_zone
from pipeline.schedules.times import PREVIEWED, lateness, next_times

MOST_JITTER_SECONDS = 86_400


def add_schedule(
    db: Session,
    source: str,
    params: dict[str, Any],
    *,
    rule: str | None = None,
    cron: str | None = None,
    every_seconds: int | None = None,
    timezone: str = "UTC",
    jitter_seconds: int = 0,
) -> Schedule:
    """Let a source run by itself: by a rule in plain words, by cron, or every so many seconds.

    A time zone that the rule's own words name goes before ``timezone``.

    Raises:
        InvalidInput: not exactly one of the three is given, or it, or the params, mean nothing.
        SourceNotFound: no source bears this slug.
    """
    check_params(db, source, params)
    schedule = Schedule(source=source, params=params, created_at=utc_now(), next_due_at=utc_now())
    read = _choose_rule(rule, cron, every_seconds)
    _set_times(schedule, read, timezone=timezone, jitter_seconds=jitter_seconds)
    db.add(schedule)
    db.flush()  # the lateness of its runs hangs on its id
    schedule.next_due_at = next_due(schedule, utc_now())
    db.flush()
    return schedule


def edit_schedule(
    db: Session,
    schedule_id: int,
    *,
    params: dict[str, Any] | None = None,
    rule: str | None = None,
    timezone: str | None = None,
    jitter_seconds: int | None = None,
) -> Schedule:
    """Change what is given of a schedule; a rule is read as :func:`read_rule` does.

    Raises:
        NotFound: there is no such schedule.
        InvalidInput: what is given means nothing.
    """
    schedule = _require_locked(db, schedule_id)
    if params is not None:
        check_params(db, schedule.source, params)
        schedule.params = params
    read = read_rule(rule) if rule is not None else rule_of(schedule)
    _set_times(
        schedule,
        read,
        timezone=schedule.timezone if timezone is None else timezone,
        jitter_seconds=schedule.jitter_seconds if jitter_seconds is None else jitter_seconds,
    )
    schedule.next_due_at = next_due(schedule, utc_now())
    db.flush()
    return schedule


def pause_schedule(db: Session, schedule_id: int) -> Schedule:
    """Let a schedule rest until it is resumed. Its run that is going on goes on.

    Raises:
        NotFound: there is no such schedule.
        Conflict: it is paused already.
    """
    schedule = _require_locked(db, schedule_id)
    if not schedule.enabled:
        raise Conflict(f"Schedule {schedule_id} is paused already.")
    schedule.enabled = False
    db.flush()
    return schedule


def resume_schedule(db: Session, schedule_id: int) -> Schedule:
    """Let a paused schedule go on. What was due meanwhile does not run.

    Raises:
        NotFound: there is no such schedule.
        Conflict: it is not paused.
    """
    schedule = _require_locked(db, schedule_id)
    if schedule.enabled:
        raise Conflict(f"Schedule {schedule_id} is not paused.")
    schedule.enabled = True
    schedule.next_due_at = next_due(schedule, utc_now())
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


def rule_of(schedule: Schedule) -> Rule:
    """Give the rule of a schedule."""
    return Rule(schedule.cron, schedule.every_seconds, words=schedule.words)


def next_due(schedule: Schedule, after: datetime) -> datetime:
    """Give the first moment after another at which a schedule's run begins.

    Raises:
        InvalidInput: the cron expression or the time zone means nothing.
    """
    return next(_due_times(schedule, after))


def find_next_times(schedule: Schedule) -> list[datetime]:
    """Give the next five moments at which a schedule's runs begin, lateness included."""
    if not schedule.enabled:
        return list(islice(_due_times(schedule, utc_now()), PREVIEWED))
    later = islice(_due_times(schedule, max(schedule.next_due_at, utc_now())), PREVIEWED - 1)
    return [schedule.next_due_at, *later]


def _due_times(schedule: Schedule, after: datetime) -> Iterator[datetime]:
    anchor = schedule.created_at or after
    times = next_times(rule_of(schedule), schedule.timezone, after, anchor=anchor)
    for due, following in pairwise(times):
        yield due + lateness(schedule.id or 0, due, following, schedule.jitter_seconds or 0)


def _set_times(schedule: Schedule, rule: Rule, *, timezone: str, jitter_seconds: int) -> None:
    if not 0 <= jitter_seconds <= MOST_JITTER_SECONDS:
        raise InvalidInput(f"The jitter must be from 0 to {MOST_JITTER_SECONDS} seconds.")
    schedule.timezone = require_zone(rule.timezone or timezone).key
    schedule.cron, schedule.every_seconds = rule.cron, rule.every_seconds
    schedule.words, schedule.jitter_seconds = rule.words, jitter_seconds


def _choose_rule(rule: str | None, cron: str | None, every_seconds: int | None) -> Rule:
    if sum(one is not None for one in (rule, cron, every_seconds)) != 1:
        raise InvalidInput("Give either `rule`, `cron` or `every_seconds`.")
    if rule is not None:
        return read_rule(rule)
    return cron_rule(cron) if cron is not None else interval_rule(every_seconds or 0)


def _require_locked(db: Session, schedule_id: int) -> Schedule:
    """Give a schedule as it stands, which no beat may look at until this is committed."""
    schedule = require_schedule(db, schedule_id)
    db.refresh(schedule, with_for_update=True)
    return schedule
