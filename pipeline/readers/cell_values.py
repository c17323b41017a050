"""Cell values: what a spreadsheet keeps as numbers, dates and flags, as text without any loss.

A number is written out in full, never in scientific notation; an empty text stands for an error
such as ``#N/A``, and for a blank.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite

TRUE, FALSE = "TRUE", "FALSE"
DAY_SECONDS = 86_400
LAST_DAY = 2_958_465
"""The serial number of 9999-12-31, the last day a spreadsheet knows."""

_EPOCH = date(1899, 12, 30)
_BEFORE_LEAP_DAY = 60
"""Spreadsheets count a 29 February 1900 that never was; days before it are one later."""
_EXACT = 1 << 53


def number_text(text: str) -> str:
    """Give a number, as a spreadsheet's XML spells it, in plain digits: 4.4E+11 is 440000000000."""
    if text.isdigit() or not text:
        return text
    try:
        return float_text(float(text))
    except ValueError:
        return text


def float_text(number: float) -> str:
    """Give a number in plain digits, to the 15 that a spreadsheet shows where it is no integer."""
    if not isfinite(number):
        return ""
    if number == int(number):
        return str(int(number)) if abs(number) < _EXACT else format(Decimal(repr(number)), "f")
    shown = f"{number:.15g}"
    return format(Decimal(shown), "f") if "e" in shown else shown


def serial_text(number: float, *, shift: int = 0) -> str:
    """Give a date by its serial number in ISO 8601, as a time or a date if it is only that.

    ``shift`` is added to the days: 1,462 for workbooks that count from 1904.
    """
    days, seconds = divmod(round(number * DAY_SECONDS), DAY_SECONDS)
    clock = time(seconds // 3_600, seconds // 60 % 60, seconds % 60)
    days += shift
    if days == 0:
        return clock.isoformat()
    if not 0 < days <= LAST_DAY:
        return float_text(number)
    day = _EPOCH + timedelta(days=days + (days < _BEFORE_LEAP_DAY))
    return f"{day}T{clock}" if seconds else day.isoformat()


def duration_text(number: float) -> str:
    """Give a number of days as hours, minutes and seconds: 1.25 is ``30:00:00``."""
    minutes, seconds = divmod(round(abs(number) * DAY_SECONDS), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{'-' * (number < 0)}{hours}:{minutes:02}:{seconds:02}"


def value_text(value: object) -> str:
    """Give any value a spreadsheet reader may find as text."""
    match value:
        case bool():
            text = TRUE if value else FALSE
        case float():
            text = float_text(value)
        case datetime():
            # A day begins at midnight: then nobody meant a time.
            whole = value.replace(microsecond=0)
            text = (value.date() if whole.time() == time() else whole).isoformat()
        case timedelta():
            text = duration_text(value.total_seconds() / DAY_SECONDS)
        case date() | time():
            text = value.isoformat()
        case _:
            text = str(value)
    return text
