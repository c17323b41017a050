"""Number formats: which numbers of a workbook are dates, times, or codes with leading zeros."""

import re
from collections.abc import Callable
from functools import lru_cache, partial

from pipeline.readers.cell_values import duration_text, number_text, serial_text

Show = Callable[[str], str]
"""Gives a number, as the XML spells it, as the text that a person means by it."""

SHIFT_1904 = 1_462
MEMORY = 4_096
_BUILT_IN = {
    **dict.fromkeys((14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)), "d"),
    **dict.fromkeys((18, 19, 20, 21, 45, 47), "h"),
    46: "[h]",
}
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_BRACKETED = re.compile(r"\[[^\]]*\]")
_DATE = re.compile(r"[ymdhs]", re.IGNORECASE)
_CODE = re.compile(r'(?P<plus>"\+"|\\?\+)?(?P<zeros>0*)(?:0|#)')


def show_numbers(format_id: int, code: str = "", *, from_1904: bool = False) -> Show | None:
    """Give how numbers of a format are shown, by its id and its code; None if as they are.

    Only formats that change what a number is are understood: dates, times, durations, and digits
    with leading zeros or a plus sign. Thousands, currencies and rounding are left aside.
    """
    code = _BUILT_IN.get(format_id, "") if not code else code.split(";", maxsplit=1)[0]
    if (padded := _CODE.fullmatch(code)) and (padded["plus"] or padded["zeros"]):
        width = len(padded["zeros"]) + 1
        return partial(_show_code, prefix="+" if padded["plus"] else "", width=width)
    bare = _LITERAL.sub("", code)
    if _ELAPSED.search(bare):
        return _show_duration
    bare = _BRACKETED.sub("", bare)
    if bare.lower() != "general" and _DATE.search(bare):
        # The same few days stand in a column again and again.
        return lru_cache(MEMORY)(partial(_show_date, shift=SHIFT_1904 if from_1904 else 0))
    return None


def _show_code(text: str, *, prefix: str, width: int) -> str:
    digits = number_text(text)
    return prefix + digits.zfill(width) if digits.isdigit() else digits


def _show_date(text: str, *, shift: int) -> str:
    try:
        return serial_text(float(text), shift=shift)
    except (ValueError, OverflowError):
        return text


def _show_duration(text: str) -> str:
    try:
        return duration_text(float(text))
    except (ValueError, OverflowError):
        return text
