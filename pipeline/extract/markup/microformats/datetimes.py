"""Dates and times put together from the parts in which a page shows them.

After http://microformats.org/wiki/value-class-pattern#Date_and_time_parsing.
"""

import re

_DATE = re.compile(r"\d{4}-(?:\d{2}-\d{2}|\d{3}|\d{2})\Z")
_OFFSET = r"Z|[+-]\d{1,2}:?(?:\d{2})?"
_TIME = re.compile(
    rf"(\d{{1,2}})(?::(\d{{2}})(?::(\d{{2}})(?:\.\d+)?)?)? ?([ap]\.?m\.?)? ?({_OFFSET})?\Z",
    re.IGNORECASE,
)
_ZONE = re.compile(rf"(?:{_OFFSET})\Z", re.IGNORECASE)
_WHOLE = re.compile(r"(\d{4}-(?:\d{2}-\d{2}|\d{3}))[T ]\d{1,2}:\d{2}\S*\Z", re.IGNORECASE)
_NOON = 12


def get_date(text: str) -> str:
    """Give the date at the front of a text that is a date or a moment, or nothing."""
    whole = _WHOLE.match(text)
    return whole[1] if whole else text if _DATE.match(text) else ""


def is_time(text: str) -> bool:
    """Whether a text is a time of day, with or without its zone."""
    match = _TIME.match(text)
    return bool(match and (match[2] or match[4]))


def combine(parts: list[str], known_date: str) -> str:
    """Put the parts of a moment together, the first of each kind; nothing if they are none.

    ``known_date`` is used where the parts have only a time.
    """
    date = time = zone = ""
    for part in parts:
        if _WHOLE.match(part):
            if not date and not time:
                return part
        elif _DATE.match(part):
            date = date or part
        elif is_time(part):
            time = time or part
        elif _ZONE.match(part):
            zone = zone or part
    date = date or (known_date if time else "")
    told = _told_time(time) if time else ""
    if told and zone and not _has_zone(told):
        told += zone.replace(":", "")
    return f"{date} {told}".strip()


def _has_zone(time: str) -> bool:
    return time[-1] in "Zz" or "+" in time or "-" in time


def _told_time(time: str) -> str:
    """Tell a time by 24 hours, without a colon in its zone."""
    match = _TIME.match(time)
    if match is None:
        return time
    hour, minute, second, half, zone = match.groups()
    number = int(hour)
    if half:
        number = number % _NOON + (_NOON if half[0] in "pP" else 0)
    told = f"{number:02}:{minute or '00'}"
    return told + (f":{second}" if second else "") + (zone or "").replace(":", "").upper()
