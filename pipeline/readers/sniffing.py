"""Sniffing: the dialect of a delimited file, told from how it begins."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from pipeline.normalize.phones import looks_like_phone
from pipeline.readers.candidates import best_cut, cut_text
from pipeline.readers.dialect import Dialect
from pipeline.readers.heading import column_kinds, find_heading, is_heading
from pipeline.readers.own_export import is_own_header
from pipeline.readers.settling import settle_titles

SAMPLE_CHARACTERS = 1 << 16
SCORED_CHARACTERS = 1 << 15
KIND_ROWS = 100
_FEW_ROWS = 3
OWN_DELIMITERS = ",;\t|"
NOTHING: Mapping[str, Any] = MappingProxyType({})

_SEPARATOR_LINE = re.compile(r"\"?sep=(.|\\t)\"?[ \t,;|]*(?:\r\n|\r|\n|$)", re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_SEVEN_DIGITS = re.compile(r"(?:\d\D*){7}")


def detect_dialect(sample: str, reading: Mapping[str, Any] = NOTHING) -> Dialect:
    """Tell the dialect of a file from its first characters (tens of thousands are plenty).

    What a person chose is believed: ``reading`` may hold a ``delimiter``, a ``quotechar`` and a
    ``header_row``, which is -1 or None if there is no header.
    """
    declared = _SEPARATOR_LINE.match(sample)
    body = _whole_lines(sample[declared.end() :] if declared else sample)
    given = Dialect(separator_line=declared is not None)
    fixed = [name for name in ("delimiter", "quotechar") if reading.get(name) is not None]
    if declared and "delimiter" not in fixed:
        given, fixed = replace(given, delimiter=declared[1]), [*fixed, "delimiter"]
    given = replace(
        given, **{name: reading[name] for name in fixed if reading.get(name) is not None}
    )
    own = None if fixed else _own_dialect(body, given)
    if own:
        return own
    found = best_cut(_whole_lines(body[:SCORED_CHARACTERS]), given, fixed=fixed).dialect
    found = replace(found, width=_width(cut_text(body, found)[0]))
    rows, _ = cut_text(body, found)
    if _has_torn_titles(rows, found.width):
        rows[0] = settle_titles(rows[0], found)
    first, count = _heading(rows, found.width, reading)
    below = rows[0 if first is None else first + count :]
    kinds = column_kinds(below[:KIND_ROWS], found.width)
    return replace(found, header_row=first, header_rows=count, kinds=kinds)


def is_data_row(cells: Sequence[str]) -> bool:
    """Whether a row holds an e-mail address or a phone of seven digits, as no header does."""
    return any(
        _EMAIL.fullmatch(cell.strip()) or (_SEVEN_DIGITS.search(cell) and looks_like_phone(cell))
        for cell in cells
    )


def _heading(
    rows: Sequence[Sequence[str]], width: int, reading: Mapping[str, Any]
) -> tuple[int | None, int]:
    if "header_row" not in reading:
        return find_heading(rows, width)
    row = reading["header_row"]
    return (None if row is None or row < 0 else row), 1


def _has_torn_titles(rows: Sequence[Sequence[str]], width: int) -> bool:
    """Whether only the first row is of an odd width, and the data begin right below it."""
    if len(rows) < _FEW_ROWS or len(rows[0]) == width or len(rows[1]) != width:
        return False
    return not is_heading(rows[1], rows[2:])


def _own_dialect(body: str, given: Dialect) -> Dialect | None:
    for delimiter in OWN_DELIMITERS:
        dialect = replace(given, delimiter=delimiter)
        rows, _ = cut_text(body[:2_000].partition("\n")[0], dialect)
        if rows and is_own_header(rows[0]):
            return replace(dialect, width=len(rows[0]))
    return None


def _whole_lines(text: str) -> str:
    """Leave out a last line that may be torn."""
    if len(text) < SCORED_CHARACTERS:
        return text
    end = max(text.rfind("\n"), text.rfind("\r"))
    return text[: end + 1] if end > 0 else text


def _width(rows: Sequence[Sequence[str]]) -> int:
    widths = Counter(map(len, rows))
    return (
        max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))[0] if rows else 0
    )
