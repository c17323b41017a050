"""Regular text: delimited records without any flaw, which the csv module cuts at full speed.

What is told here of a text is exactly what the careful cutter of :mod:`pipeline.readers.lines`
would tell of it; where that is not certain, nothing is told at all.
"""

import csv
from _csv import Reader as CsvReader
from collections.abc import Sequence
from io import StringIO
from itertools import pairwise
from typing import NamedTuple

from pipeline.readers.dialect import Dialect
from pipeline.readers.lines import MAX_RECORD_LINES, MAX_RECORD_SIZE, swallows_rows


class Measure(NamedTuple):
    """The flawless records a text begins with: sizes, numbers of cells, places of blank ones."""

    sizes: list[int]
    widths: list[int]
    blank: set[int]


def measure_records(text: str, dialect: Dialect) -> Measure:
    """Measure the flawless records at the start of a text that ends between two lines.

    A record as long as :data:`~pipeline.readers.lines.MAX_RECORD_SIZE` is none of them.
    """
    if not dialect.plain:
        return Measure([], [], set())
    lines = _lines(text)
    if dialect.quotechar and dialect.quotechar in text:
        measure = _measure_quoted(lines, dialect)
    else:
        delimiter = dialect.delimiter
        widths = [line.count(delimiter) + 1 for line in lines]
        measure = Measure(list(map(len, lines)), widths, _blank_lines(lines, dialect))
    if len(text) >= MAX_RECORD_SIZE and max(measure.sizes, default=0) >= MAX_RECORD_SIZE:
        return _until_too_long(measure)
    return measure


def read_regular(text: str, dialect: Dialect) -> list[list[str]] | None:
    """Cut a text into the cells of its records, blank ones left out; None if any has a flaw."""
    if not dialect.plain or (len(text) >= MAX_RECORD_SIZE and _has_long_line(text)):
        return None
    if dialect.skip_space or (dialect.quotechar and dialect.quotechar in text):
        rows = _read_quoted(_lines(text), dialect)
    elif "\r" in text:
        rows = [line.rstrip("\r\n").split(dialect.delimiter) for line in _lines(text)]
    else:
        delimiter = dialect.delimiter
        rows = [line.split(delimiter) for line in text.removesuffix("\n").split("\n")]
    return None if rows is None else _without_blank(rows, dialect)


def _lines(text: str) -> list[str]:
    """Cut a text behind every LF, CRLF and lone CR, and nowhere else."""
    return StringIO(text, newline="").readlines()


def _reader(lines: Sequence[str], dialect: Dialect) -> CsvReader:
    return csv.reader(
        lines,
        delimiter=dialect.delimiter,
        quotechar=dialect.quotechar or None,
        quoting=csv.QUOTE_MINIMAL if dialect.quotechar else csv.QUOTE_NONE,
        skipinitialspace=dialect.skip_space,
        strict=True,
    )


def _measure_quoted(lines: list[str], dialect: Dialect) -> Measure:
    reader, blanks, starts = _reader(lines, dialect), dialect.blank, ("", *dialect.blank)
    ends: list[int] = []
    widths: list[int] = []
    blank: set[int] = set()
    try:
        for row in reader:
            if (not row or row[0][:1] in starts) and not "".join(row).strip(blanks):
                blank.add(len(ends))
            ends.append(reader.line_num)
            widths.append(len(row))
    except csv.Error:
        pass
    ends = ends[: _count_whole(lines, ends, widths, dialect)]
    sizes = list(map(len, lines[: ends[-1]] if ends else ()))
    if len(ends) != len(sizes):
        sizes = [sum(sizes[lo:hi]) for lo, hi in pairwise((0, *ends))]
    blank = {place for place in blank if place < len(ends)}
    return Measure(sizes, widths[: len(ends)], blank)


def _read_quoted(lines: list[str], dialect: Dialect) -> list[list[str]] | None:
    try:
        rows = list(_reader(lines, dialect))
    except csv.Error:
        return None
    return rows if len(rows) == len(lines) or _are_whole(lines, rows, dialect) else None


def _are_whole(lines: list[str], rows: list[list[str]], dialect: Dialect) -> bool:
    """Whether the rows that take several lines may do so."""
    reader = _reader(lines, dialect)
    ends = [reader.line_num for _ in reader]
    return _count_whole(lines, ends, list(map(len, rows)), dialect) == len(rows)


def _count_whole(lines: list[str], ends: list[int], widths: list[int], dialect: Dialect) -> int:
    """Count the records before the first whose lines are rather records each."""
    if not ends or len(ends) == ends[-1]:
        return len(ends)
    for place, (begin, end) in enumerate(pairwise((0, *ends))):
        if end - begin > 1 and not _is_whole(lines[begin:end], widths[place], dialect):
            return place
    return len(ends)


def _is_whole(lines: list[str], cells: int, dialect: Dialect) -> bool:
    return (
        len(lines) <= MAX_RECORD_LINES
        and sum(map(len, lines)) <= MAX_RECORD_SIZE
        and not swallows_rows(lines, cells, dialect)
    )


def _blank_lines(lines: list[str], dialect: Dialect) -> set[int]:
    blank = dialect.blank
    return {place for place, line in enumerate(lines) if not line.strip(blank)}


def _without_blank(rows: list[list[str]], dialect: Dialect) -> list[list[str]]:
    blank, starts = dialect.blank, ("", *dialect.blank)
    if any(not row or row[0][:1] in starts for row in rows):
        return [row for row in rows if "".join(row).strip(blank)]
    return rows


def _has_long_line(text: str) -> bool:
    return max(map(len, _lines(text))) * 4 >= MAX_RECORD_SIZE


def _until_too_long(measure: Measure) -> Measure:
    for place, size in enumerate(measure.sizes):
        if size >= MAX_RECORD_SIZE:
            blank = {n for n in measure.blank if n < place}
            return Measure(measure.sizes[:place], measure.widths[:place], blank)
    return measure
