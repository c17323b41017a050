"""Cells: one record's text cut at its delimiters, whatever its size or state."""

import csv
import re
from collections.abc import Callable

from pipeline.readers.dialect import Dialect


def cell_cutter(dialect: Dialect) -> Callable[[str], list[str]]:
    """Give a function that cuts one record into cells. It never raises.

    The csv module does the work. A record it refuses (a cell over its field size limit) is cut
    by a pattern with the same rules; an open quote runs to the end of the record.
    """
    feed: list[str] = []
    reader = csv.reader(
        iter(feed.pop, None),
        delimiter=dialect.delimiter,
        quotechar=dialect.quotechar,
        skipinitialspace=dialect.skip_space,
    )
    append, cut_next = feed.append, reader.__next__

    def cut(text: str) -> list[str]:
        append(text)
        try:
            return cut_next()
        except (csv.Error, IndexError):
            feed.clear()
            return _cut_by_pattern(text, dialect)

    return cut


def _cut_by_pattern(text: str, dialect: Dialect) -> list[str]:
    quote, delimiter = re.escape(dialect.quotechar), re.escape(dialect.delimiter)
    blank = " *+" if dialect.skip_space else ""
    cell = re.compile(
        f"{blank}{quote}((?>(?:[^{quote}]++|{quote}{quote})*))(?:{quote}([^{delimiter}]*+)|\\Z)"
        f"|{blank}([^{delimiter}]*+)"
    )
    body = text.rstrip("\r\n")
    cells, place = [], 0
    while found := cell.match(body, place):
        quoted, behind, bare = found.groups()
        if bare is None:
            bare = quoted.replace(dialect.quotechar * 2, dialect.quotechar) + (behind or "")
        cells.append(bare)
        place = found.end() + 1
        if place > len(body):
            break
    return cells
