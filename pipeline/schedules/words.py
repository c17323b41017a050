"""Making cron expressions, or an interval, of what plain words say."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pipeline.schedules.said import Said, not_understood, read_said

_SECONDS: Mapping[str, int] = MappingProxyType(
    {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "week": 604_800}
)
_WHOLE: Mapping[str, int] = MappingProxyType({"minute": 60, "hour": 24})
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Words:
    """The meaning of some words: ``cron`` or ``every_seconds``, and the time zone they named."""

    cron: str = ""
    every_seconds: int = 0
    timezone: str = ""


def read_words(text: str) -> Words:
    """Read a rule from plain words, English or German.

    Raises:
        InvalidInput: the words cannot be read, or say what no rule can; the text tells which.
    """
    said = read_said(text)
    _check(said, text)
    count, unit = said.every or (1, "")
    if unit in _SECONDS and not _is_bound_to_calendar(said):
        return Words(every_seconds=count * _SECONDS[unit], timezone=said.timezone)
    if unit in _WHOLE:
        crons = [_step(said, text, days) for days in _days(said)]
    elif count > 1 and unit != "month":
        raise not_understood(text, f"every {count} {unit}s cannot be bound to a time or a day")
    else:
        crons = [f"{clock} {days}" for days in _days(said) for clock in _clocks(said)]
    return Words(cron="; ".join(crons), timezone=said.timezone)


def _check(said: Said, text: str) -> None:
    is_empty = not (said.times or said.every or said.weekdays or said.nth or said.days)
    _, unit = said.every or (1, "")
    if is_empty and not said.past_hour:
        raise not_understood(text, "it names neither a time, a day nor an interval")
    if (unit in _WHOLE and said.times) or (unit == "minute" and said.past_hour):
        raise not_understood(text, f"every {unit} and at a fixed time are two rules")
    if said.window and unit not in _WHOLE:
        raise not_understood(text, "“between” needs an interval of minutes or hours")
    if unit == "second" and _is_bound_to_calendar(said):
        raise not_understood(text, "seconds cannot be bound to a time or a day")
    if unit == "week" and said.times and not said.weekdays:
        raise not_understood(text, "it does not say on which day of the week")


def _is_bound_to_calendar(said: Said) -> bool:
    """Whether an interval is not enough to say it: a time, a day or an hour is named."""
    named = said.times or said.past_hour or said.window is not None
    dated = said.weekdays or said.nth or said.days or said.months
    return bool(named or dated or said.every == (1, "day"))


def _step(said: Said, text: str, days: str) -> str:
    """Give the cron expression of an interval within the days and hours that are named."""
    count, unit = said.every or (1, "hour")
    hours = "*"
    if said.window:
        first, last = said.window[0], said.window[1] or 24
        if first >= last:
            raise not_understood(text, "“between” must end later on the day than it begins")
        # Eighteen o'clock is still an hour's beginning, but no quarter past it is before it.
        hours = f"{first}-{min(last, 23) if unit == 'hour' else last - 1}"
    if _WHOLE[unit] % count and not (said.window and unit == "hour"):
        raise not_understood(text, f"{count} {unit}s do not divide a whole {_next_larger(unit)}")
    if unit == "minute":
        return f"*/{count} {hours} {days}"
    past = ",".join(map(str, sorted(set(said.past_hour or [0]))))
    return f"{past} {hours if count == 1 else f'{hours}/{count}'} {days}"


def _next_larger(unit: str) -> str:
    return "hour" if unit == "minute" else "day"


def _clocks(said: Said) -> list[str]:
    """Give minutes and hours: one cron expression takes all times of the same minute."""
    if said.past_hour and not said.times:
        return [f"{','.join(map(str, sorted(set(said.past_hour))))} *"]
    by_minute: dict[int, set[int]] = {}
    for hour, minute in said.times or [(0, 0)]:
        by_minute.setdefault(minute, set()).add(hour)
    return [
        f"{minute} {','.join(map(str, sorted(hours)))}"
        for minute, hours in sorted(by_minute.items())
    ]


def _days(said: Said) -> list[str]:
    """Give day, month, day of the week; dates and weekdays stand apart: cron would mix them."""
    count, unit = said.every or (1, "")
    months = ",".join(map(str, sorted(said.months))) or "*"
    if unit == "year" and not said.months:
        months = "1"
    if unit == "month" and count > 1:
        months = f"*/{count}"
    weekdays = [str(day) for day in sorted(said.weekdays)]
    if said.weekdays == {1, 2, 3, 4, 5}:
        weekdays = ["1-5"]
    weekdays += [f"{day}L" if nth < 0 else f"{day}#{nth}" for nth, day in sorted(said.nth)]
    dates = sorted(said.days, key=lambda day: (not day.isdecimal(), day.zfill(2)))
    is_monthly = unit in {"month", "year"} or (said.months and not said.times)
    if is_monthly and not weekdays and not dates:
        dates = ["1"]
    found = [f"{','.join(dates)} {months} *"] if dates else []
    found += [f"* {months} {','.join(weekdays)}"] if weekdays else []
    return found or [f"* {months} *"]
