"""Dates of birth in any usual spelling, and how far two of them agree."""

import re
from typing import Final

from rapidfuzz.distance import OSA

from pipeline.dedupe.agreement import MISSING, Agreement, Level

_LOOKALIKES = str.maketrans("oOlIiSsBZzqg", "001115582299")
_GROUPS = re.compile(r"[^0-9a-z]+")
_TIME = re.compile(r"[t\s]+\d{1,2}:\d{2}.*$", re.IGNORECASE)
_MONTHS: Final = {
    word: f"{month:02}"
    for month, words in enumerate(
        (
            *("jan ene gen", "feb fev fevr", "mar maer mrz marz mars", "apr abr avr"),
            *("may mai mei mag maj", "jun juin giu", "jul juil lug", "aug ago aou aout"),
            *("sep set sept", "oct okt out ott", "nov", "dec dez dic"),
        ),
        start=1,
    )
    for word in words.split()
}
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_PIVOT: Final = 30
_MONTHS_A_YEAR: Final = 12
_DAYS_A_MONTH: Final = 31
_CENTURIES: Final = ("18", "19", "20")
_FEW_DAYS: Final = 5
_AMBIGUOUS: Final = "?"
_DATE: Final = 8
_YEAR: Final = 4


def normalize_date(text: str) -> str:
    """Give a date as ``YYYYMMDD``, with ``?`` behind it where day and month may be the other way.

    Reads ISO, ``dd/mm/yyyy``, ``mm/dd/yyyy``, ``yyyymmdd``, names of months and years of two
    digits (up to 30 they are of this century). What is no date keeps its digits; without any, or
    without a month, "".
    """
    written = [part for part in _GROUPS.split(_TIME.sub("", text.strip().lower())) if part]
    digits = [_number(part) for part in written]
    if len(digits) == 1 and len(digits[0]) == _DATE and digits[0].isdecimal():
        date = _compact(digits[0])
    elif len(digits) != 3 or not all(part.isdecimal() for part in digits):  # noqa: PLR2004 - year, month, day
        rest = "".join(c for c in "".join(digits) if c.isdecimal())
        return rest if len(rest) >= _YEAR and any(c.isdecimal() for c in text) else ""
    elif written[0][:3] in _MONTHS or written[1][:3] in _MONTHS:
        month, day = digits[:2] if written[0][:3] in _MONTHS else digits[1::-1]
        date = _year(digits[2]) + month.zfill(2) + day.zfill(2)
    else:
        date = _ordered(*digits)
    return "" if date[4:6] == "00" or date.startswith("0000") else date


def compare_dates(a: str, b: str) -> Agreement:
    """Compare two dates as :func:`normalize_date` gives them.

    Close: ``swapped`` (day and month), ``slip`` (one digit, or two swapped), ``year`` (same day,
    another year). Partial: ``month`` (same year, and month or day), ``near`` (year, month and day
    each off by little), ``slips`` (two digits). A conflict says in its detail if at least the
    ``year`` is the same.
    """
    if not a or not b:
        return MISSING
    ours, theirs = a.rstrip(_AMBIGUOUS), b.rstrip(_AMBIGUOUS)
    if ours == theirs:
        return Agreement(Level.EXACT, 1.0, "", ours)
    if len(ours) != _DATE or len(theirs) != _DATE:
        return _odd(ours, theirs)
    first = min(ours, theirs)
    if ours[:_YEAR] == theirs[:_YEAR] and ours[4:6] == theirs[6:] and ours[6:] == theirs[4:6]:
        unsure = (a[-1] == _AMBIGUOUS) != (b[-1] == _AMBIGUOUS)
        level = Level.EXACT if unsure else Level.CLOSE
        return Agreement(level, 0.9, "swapped", first)
    if OSA.distance(ours, theirs, score_cutoff=1) == 1:
        return Agreement(Level.CLOSE, 0.875, "slip", first)
    return _loosely(ours, theirs)


def _loosely(ours: str, theirs: str) -> Agreement:
    alike = OSA.normalized_similarity(ours, theirs)
    if ours[_YEAR:] == theirs[_YEAR:]:
        return Agreement(Level.CLOSE, max(alike, 0.7), "year", ours[_YEAR:])
    same_year = ours[:_YEAR] == theirs[:_YEAR]
    if same_year and (ours[4:6] == theirs[4:6] or ours[6:] == theirs[6:]):
        return Agreement(Level.PARTIAL, max(alike, 0.6), "month", ours[:_YEAR])
    if _is_near(ours, theirs):
        return Agreement(Level.PARTIAL, alike, "near", min(ours, theirs))
    if OSA.distance(ours, theirs, score_cutoff=2) == 2:  # noqa: PLR2004 - two slips
        return Agreement(Level.PARTIAL, alike, "slips", min(ours, theirs))
    return Agreement(Level.CONFLICT, alike, "year" if same_year else "", ours[:_YEAR] * same_year)


def _is_near(ours: str, theirs: str) -> bool:
    """Whether each part is off by little: a year or ten, a month, some days."""
    years = abs(int(ours[:_YEAR]) - int(theirs[:_YEAR]))
    months = abs(int(ours[4:6]) - int(theirs[4:6]))
    days = abs(int(ours[6:]) - int(theirs[6:]))
    return years in {0, 1, 10} and months in {0, 1, 11} and days <= _FEW_DAYS


def _odd(ours: str, theirs: str) -> Agreement:
    """Compare with something that is no whole date: a year alone, or a digit lost."""
    short, long = sorted((ours, theirs), key=len)
    if len(short) == _YEAR and len(long) == _DATE:
        same = long.startswith(short)
        return Agreement(Level.PARTIAL if same else Level.CONFLICT, 0.5 * same, "year", short)
    alike = OSA.normalized_similarity(ours, theirs)
    if OSA.distance(ours, theirs, score_cutoff=1) == 1:
        return Agreement(Level.CLOSE, alike, "slip", min(ours, theirs))
    return Agreement(Level.CONFLICT, alike)


def _number(group: str) -> str:
    """Read one group of a date: digits, the name of a month, or digits misread as letters."""
    if group.isdecimal():
        return group
    if ordinal := _ORDINAL.fullmatch(group):
        return ordinal[1]
    month = _MONTHS.get(group[:_YEAR]) or _MONTHS.get(group[:3])
    return month or group.translate(_LOOKALIKES)


def _compact(digits: str) -> str:
    """Give eight digits as year, month, day, whichever end the year is at."""
    if digits[:2] in _CENTURIES and int(digits[4:6]) <= _MONTHS_A_YEAR:
        return digits
    return (
        _ordered(digits[:2], digits[2:4], digits[_YEAR:]) if digits[4:6] in _CENTURIES else digits
    )


def _ordered(first: str, second: str, last: str) -> str:
    """Give three numbers as year, month and day, whichever comes first."""
    if len(first) > 2:  # noqa: PLR2004 - the year comes first
        month, day = (last, second) if int(second) > _MONTHS_A_YEAR >= int(last) else (second, last)
        return _year(first) + month.zfill(2) + day.zfill(2)
    if _DAYS_A_MONTH >= int(first) > _MONTHS_A_YEAR >= int(second):
        return _year(last) + second.zfill(2) + first.zfill(2)
    unsure = max(int(first), int(second)) <= _MONTHS_A_YEAR and int(first) != int(second)
    return _year(last) + first.zfill(2) + second.zfill(2) + _AMBIGUOUS * unsure


def _year(digits: str) -> str:
    """Give a year its century; one that has lost a digit stays as it is."""
    if len(digits) > 2:  # noqa: PLR2004 - no century
        return digits
    return ("20" if int(digits) <= _PIVOT else "19") + digits.zfill(2)
