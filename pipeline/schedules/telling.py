"""Saying a rule in plain words, which can be read again as the same rule."""

from collections.abc import Sequence

from pipeline.schedules.rules import Rule
from pipeline.schedules.vocabulary import MONTHS, WEEKDAYS

_UNITS = ((604_800, "week", 1), (86_400, "day", 2), (3_600, "hour", 1), (60, "minute", 1))
_DAY_NAMES = {str(number): name.capitalize() for name, number in WEEKDAYS.items()}
_DAY_NAMES["7"] = "Sunday"
_MONTH_NAMES = {str(number): name.capitalize() for name, number in MONTHS.items()}
_ORDINALS = {"1": "first", "2": "second", "3": "third", "4": "fourth", "5": "fifth"}
_GROUPS = {"1-5": "weekday", "0,6": "weekend"}
_TEENS = range(11, 14)
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def tell(rule: Rule) -> str:
    """Say a rule in words; cron that no words of ours can say is given as it is."""
    if rule.every_seconds is not None:
        return _interval(rule.every_seconds)
    clocks: dict[str, list[str]] = {}
    for one in rule.expressions():
        minute, hour, *days = one.split()
        times = _times(minute, hour)
        if times:
            clocks.setdefault(" ".join(days), []).extend(times)
            continue
        step, said = _step(minute, hour), _days(*days)
        if step is None or said is None or len(rule.expressions()) > 1:
            return _as_cron(rule)
        return f"{step} {_plural(said)}".strip()
    if len(clocks) != 1:
        return _as_cron(rule)
    ((days_text, times),) = clocks.items()
    said = _days(*days_text.split())
    return f"{said} at {_join(sorted(times))}" if said else _as_cron(rule)


def _as_cron(rule: Rule) -> str:
    return f"cron {rule.cron}"


def _interval(seconds: int) -> str:
    for size, unit, least in _UNITS:
        if seconds % size == 0 and seconds // size >= least:
            return f"every {unit}" if seconds == size else f"every {seconds // size} {unit}s"
    return f"every {seconds} seconds"


def _times(minute: str, hour: str) -> list[str]:
    """Give the times of the day; none where the fields are not simply lists of numbers."""
    if not _is_list(minute) or not _is_list(hour):
        return []
    return [f"{int(h):02}:{int(m):02}" for h in hour.split(",") for m in minute.split(",")]


def _step(minute: str, hour: str) -> str | None:
    """Say what comes again within a day."""
    hours, _, count = hour.partition("/")
    first, dash, last = hours.partition("-")
    is_range = bool(dash) and first.isdecimal() and last.isdecimal()
    if hours != "*" and not is_range:
        return None
    if minute.startswith("*/") and minute[2:].isdecimal() and not count:
        end = int(last) + 1 if is_range else 0
        within = f" between {int(first):02}:00 and {end:02}:00" if is_range else ""
        return f"every {minute[2:]} minutes{within}"
    if not _is_list(minute):
        return None
    within = f" between {int(first):02}:00 and {int(last):02}:00" if is_range else ""
    past = "" if minute == "0" else f" at {_join([f':{int(one):02}' for one in minute.split(',')])}"
    return f"every {f'{count} hours' if count else 'hour'}{past}{within}"


def _days(dates: str, months: str, weekdays: str) -> str | None:
    """Say on which days, without their times."""
    if dates != "*" and weekdays != "*":
        return None
    if dates != "*":
        days: str | None = _dates(dates, months)
    else:
        days = "every day" if weekdays == "*" else _weekdays(weekdays)
    if days is None or months == "*" or months.startswith("*/"):
        return days if dates != "*" or months == "*" else None
    names = [_MONTH_NAMES.get(one) for one in months.split(",")]
    return f"{days} in {_join(names)}" if all(names) else None


def _dates(dates: str, months: str) -> str | None:
    said = []
    for one in dates.split(","):
        if one in {"L", "LW"}:
            said.append("last day" if one == "L" else "last weekday")
        elif one.isdecimal():
            ending = "th" if int(one) in _TEENS else _ENDINGS.get(int(one) % 10, "th")
            said.append(f"{one}{ending}")
        else:
            return None
    every = f"every {months[2:]} months " if months.startswith("*/") else ""
    return f"{every}on the {_join(said)} of the month"


def _weekdays(field: str) -> str | None:
    if field in _GROUPS:
        return f"every {_GROUPS[field]}"
    plain = [_DAY_NAMES.get(one) for one in field.split(",")]
    if all(plain):
        return f"every {_join(plain)}"
    said = []
    for one in field.split(","):
        day, mark, nth = one.partition("#")
        name = _DAY_NAMES.get(day.removesuffix("L"))
        which = "last" if one.endswith("L") else _ORDINALS.get(nth) if mark else None
        if name is None or which is None:
            return None
        said.append(f"{which} {name}")
    return f"on the {_join(said)} of the month"


def _plural(days: str) -> str:
    """Say the days of an interval: every Monday becomes on Monday, every day nothing at all."""
    rest = days.removeprefix("every day").strip()
    if not rest.startswith("every "):
        return rest
    ending = "s" if rest.removeprefix("every ") in _GROUPS.values() else ""
    return f"on {rest.removeprefix('every ')}{ending}"


def _join(parts: Sequence[str | None]) -> str:
    *most, last = (part or "" for part in parts)
    return f"{', '.join(most)} and {last}" if most else last


def _is_list(field: str) -> bool:
    return all(one.isdecimal() for one in field.split(","))
