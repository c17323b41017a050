"""Candidates: the ways in which a text could be delimited, and how well each one explains it.

A good way cuts most records into the same number of cells, each of which looks like one value.
The idea is that of the data consistency measure (van den Burg, Nazábal and Sutton, 2019).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from itertools import islice

from pipeline.readers.cell_types import plausibility
from pipeline.readers.cells import cell_cutter
from pipeline.readers.dialect import Dialect
from pipeline.readers.lines import cut_records
from pipeline.readers.mending import mend_cells

SCORED_ROWS, SCORED_CELLS = 120, 3_000
PRIORS = {
    ",": 1.0,
    ";": 1.0,
    "\t": 1.0,
    "|": 1.0,
    "\x1f": 1.0,
    "\x01": 1.0,
    "\x1e": 1.0,
    "\\t": 0.9,
    "~": 0.85,
    "^": 0.85,
    "§": 0.85,
    "¦": 0.85,
    "#": 0.8,
    ":": 0.65,
    "*": 0.7,
    "&": 0.7,
    "+": 0.6,
    "!": 0.6,
    "=": 0.5,
    "/": 0.5,
    " ": 0.55,
    "-": 0.3,
    "_": 0.3,
}
"""Each delimiter that is tried, and how usual it is."""

_SEVERAL = 0.9
_ALIGNED = 0.8
_SINGLE = 0.42
_BROKEN = 1.0
_TYPES = 1.5
_ENCLOSED = 0.3
_QUOTE_PRIORS = {"": 0.6, "'": 0.95}
_REPEATED = re.compile(r"([,;\t|~^#:*&])\1+")
_SPACES = re.compile(r"(?<=\S)  +(?=\S)")


@dataclass(frozen=True, slots=True)
class Cut:
    """What a way of cutting makes of a text: the rows, how many records are broken, its score."""

    dialect: Dialect
    rows: list[list[str]]
    broken: int
    score: float


def best_cut(text: str, given: Dialect, *, fixed: Sequence[str] = ()) -> Cut:
    """Cut a text in the likeliest way; what ``fixed`` names of ``given`` is not doubted."""
    best: Cut | None = None
    for dialect in _dialects(text, given, fixed):
        cut = _cut(text, dialect)
        if best is None or cut.score > best.score + 1e-9:
            best = cut
    return best or Cut(given, [], 0, 0.0)


def cut_text(text: str, dialect: Dialect) -> tuple[list[list[str]], int]:
    """Cut a text into the rows that hold anything; give these and the number of broken ones."""
    cut, blank = cell_cutter(dialect), dialect.blank
    rows, broken = [], 0
    for record in cut_records(StringIO(text, newline=""), dialect):
        if record.text.strip(blank):
            rows.append(mend_cells(record.text, dialect) if record.broken else cut(record.text))
            broken += record.broken
    return rows, broken


def _cut(text: str, dialect: Dialect) -> Cut:
    rows, broken = cut_text(text, dialect)
    if any(cell[:1] == " " for row in rows for cell in row[1:]) and dialect.delimiter.strip(" "):
        spaced = replace(dialect, skip_space=True)
        if _has_spaced_quotes(rows, dialect.quotechar) or _all_spaced(rows):
            rows, broken = cut_text(text, spaced)
            dialect = spaced
    score = _score(rows, broken, dialect) * (1 + _ENCLOSED * _enclosed(text, rows, dialect))
    return Cut(dialect, rows, broken, score)


def _score(rows: Sequence[Sequence[str]], broken: int, dialect: Dialect) -> float:
    if not rows:
        return 0.0
    widths = Counter(map(len, rows))
    likely = _plausibility_of(rows)
    if not dialect.delimiter or max(widths) == 1:
        return _SINGLE * likely * _QUOTE_PRIORS.get(dialect.quotechar, 1.0)
    width, same = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
    usual = _prior(dialect) * _QUOTE_PRIORS.get(dialect.quotechar, 1.0)
    torn = 1 + _BROKEN * broken / len(rows)
    kept: float = likely**_TYPES
    return same / len(rows) * (1 - 0.5 ** (width - 1)) * kept * usual / torn


def _enclosed(text: str, rows: Sequence[Sequence[str]], dialect: Dialect) -> float:
    """Give the share of rows, roughly, that have a quote right beside a delimiter."""
    quote, delimiter = dialect.quotechar, dialect.delimiter
    if not quote or not delimiter or not rows:
        return 0.0
    beside = text.count(delimiter + quote) + text.count(quote + delimiter)
    return min(1.0, beside / 2 / len(rows))


def _prior(dialect: Dialect) -> float:
    if dialect.aligned:
        return _ALIGNED if len(dialect.delimiter) > 1 else PRIORS[" "]
    return PRIORS.get(dialect.delimiter, _SEVERAL)


def _plausibility_of(rows: Sequence[Sequence[str]]) -> float:
    cells = list(islice((cell for row in rows[:SCORED_ROWS] for cell in row), SCORED_CELLS))
    return sum(map(plausibility, cells)) / len(cells) if cells else 0.0


def _has_spaced_quotes(rows: Sequence[Sequence[str]], quote: str) -> bool:
    return bool(quote) and any(cell.lstrip(" ").startswith(quote) for row in rows for cell in row)


def _all_spaced(rows: Sequence[Sequence[str]]) -> bool:
    """Whether every cell but a row's first begins with a blank, or is empty."""
    return all(cell[:1] in {" ", ""} for row in rows for cell in row[1:])


def _dialects(text: str, given: Dialect, fixed: Sequence[str]) -> Iterator[Dialect]:
    """Give the dialects worth trying, the usual ones first, since they win ties."""
    quotes = [given.quotechar] if "quotechar" in fixed else _quotes(text)
    delimiters = [given] if "delimiter" in fixed else list(_delimited(text, given))
    for way in delimiters:
        for quote in quotes:
            if quote == way.delimiter:
                continue
            yield replace(way, quotechar=quote)
            if quote and f"\\{quote}" in text:
                yield replace(way, quotechar=quote, escape="\\")


def _quotes(text: str) -> list[str]:
    return ['"', *(["'"] if "'" in text else []), *([""] if '"' in text else [])]


def _delimited(text: str, given: Dialect) -> Iterator[Dialect]:
    yield replace(given, delimiter=",")
    lines = max(1, text.count("\n") or text.count("\r"))
    for delimiter in PRIORS:
        if delimiter != "," and text.count(delimiter) * 4 >= lines:
            yield replace(given, delimiter=delimiter)
    runs = Counter(found[0] for found in _REPEATED.finditer(text))
    for run, count in runs.most_common(2):
        if count * 2 >= lines and len(run) <= 3:  # noqa: PLR2004 - longer runs are empty cells
            yield replace(given, delimiter=run)
    if len(_SPACES.findall(text)) * 2 >= lines:
        yield replace(given, delimiter="  ", aligned=True, quotechar="")
        yield replace(given, delimiter=" ", aligned=True)
    yield replace(given, delimiter="")
