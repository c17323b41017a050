"""When a rule is due: the calendar of its time zone, and the seconds by which runs are spread.

A local time that the change of the clocks skips is due once, at the first moment after it; one
that comes twice is due once, the first time. Only what is due every hour, or every so many minutes
of each hour, follows the real time instead, and so never comes too early or too late.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from itertools import islice
from zoneinfo import ZoneInfo

from cronsim import CronSim

from pipeline.errors import InvalidInput
from pipeline.schedules.rules import Rule, require_zone

PREVIEWED = 5


def next_times(
    rule: Rule, timezone: str, after: datetime, *, anchor: datetime | None = None
) -> Iterator[datetime]:
    """Give the moments after ``after`` at which a rule is due, without end, in UTC.

    An interval is counted from ``anchor``, so that runs that begin late do not shift it.

    Raises:
        InvalidInput: the time zone means nothing, or the rule is never due.
    """
    if rule.every_seconds is not None:
        yield from _step(rule.every_seconds, after, anchor or after)
        return
    zone = require_zone(timezone)
    while True:
        after = min(_next_of(one, zone, after) for one in rule.expressions())
        yield after


def preview_times(rule: Rule, timezone: str, after: datetime) -> list[datetime]:
    """Give the next five moments of a rule.

    Raises:
        InvalidInput: the time zone means nothing, or the rule is never due.
    """
    return list(islice(next_times(rule, timezone, after), PREVIEWED))


def lateness(
    schedule_id: int, due: datetime, following: datetime, jitter_seconds: int
) -> timedelta:
    """Give how much later than due a run begins: always the same for one schedule and moment.

    It is spread evenly over the whole seconds up to ``jitter_seconds``, but takes no more than half
    of the time to the following run, which it must never overtake.
    """
    most = min(jitter_seconds, int((following - due).total_seconds()) // 2)
    seed = f"{schedule_id} {due.astimezone(UTC).isoformat()}".encode()
    number = int.from_bytes(blake2b(seed, digest_size=8).digest(), "big")
    return timedelta(seconds=number % (most + 1))


def _step(seconds: int, after: datetime, anchor: datetime) -> Iterator[datetime]:
    every = timedelta(seconds=seconds)
    moment = anchor + every * max((after - anchor) // every, 0)
    while True:
        moment += every
        yield moment


def _next_of(cron: str, zone: ZoneInfo, after: datetime) -> datetime:
    for due in CronSim(_spell_out(cron), after.astimezone(zone)):
        moment: datetime = due.astimezone(UTC)
        # Within an hour that comes twice, cron's answer may lie in its first passage: long over.
        if moment > after:
            return moment
    raise InvalidInput(f"This cron expression is never due: {cron!r}.")


def _spell_out(cron: str) -> str:
    """Write stars of minute and hour as ranges, but for what is due in each hour.

    CronSim takes a time with a star for one that follows the real time: ``*/30 2 * * *`` would be
    left out in the night that has no such hour.
    """
    minute, hour, *days = cron.split()
    if hour == "*":
        return cron
    return " ".join([_range(minute, 59), _range(hour, 23), *days])


def _range(field: str, last: int) -> str:
    return f"0-{last}{field[1:]}" if field.startswith("*") else field
