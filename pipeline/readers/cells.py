"""Cells: one flawless record's text cut at its delimiters, whatever its size."""

import csv
import re
from collections.abc import Callable

from pipeline.readers.dialect import Dialect
from pipeline.readers.grammar import bare_text, quoted_text

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def cell_cutter(dialect: Dialect) -> Callable[[str], list[str]]:
    """Give a function that cuts one record into cells. It never raises.

    The csv module does the work where it can. A record it refuses (a cell over its field size
    limit), or a dialect it does not know, is cut by a pattern with the same rules; an open quote
    runs to the end of the record.
    """
    by_pattern = _pattern_cutter(dialect)
    if not dialect.plain:
        return by_pattern
    feed: list[str] = []
    reader = csv.reader(
        iter(feed.pop, None),
        delimiter=dialect.delimiter,
        quotechar=dialect.quotechar or None,
        quoting=csv.QUOTE_MINIMAL if dialect.quotechar else csv.QUOTE_NONE,
        skipinitialspace=dialect.skip_space,
    )
    append, cut_next = feed.append, reader.__next__

    def cut(text: str) -> list[str]:
        append(text)
        try:
            return cut_next()
        except (csv.Error, IndexError):
            feed.clear()
            return by_pattern(text)

    return cut


def unquote(text: str, dialect: Dialect) -> str:
    """Give what stands between two quotes without its escapes.

    Behind a backslash that escapes, only a quote, a backslash and the delimiter lose it.
    """
    quote = dialect.quotechar
    plain = text.replace(quote * 2, quote) if quote else text
    if not dialect.escape or "\\" not in text:
        return plain
    freed = (quote, "\\", dialect.delimiter)
    return _ESCAPED.sub(lambda found: found[1] if found[1] in freed else found[0], plain)


def _pattern_cutter(dialect: Dialect) -> Callable[[str], list[str]]:
    blank = " *+" if dialect.skip_space else ""
    quote, bare = re.escape(dialect.quotechar), bare_text(dialect)
    quoted = f"{blank}{quote}({quoted_text(dialect)})(?:{quote}({bare})|\\Z)|" if quote else ""
    cell = re.compile(f"{quoted}{blank}({bare})")
    step = len(dialect.delimiter) or 1

    def cut(text: str) -> list[str]:
        body = text.rstrip("\r\n")
        if dialect.aligned:
            body = body.strip(dialect.delimiter[0])
        cells, place = [], 0
        while found := cell.match(body, place):
            cells.append(_cell_of(found, dialect))
            place = found.end() + step
            if place > len(body):
                break
            while dialect.aligned and body.startswith(dialect.delimiter[0], place):
                place += 1
        return cells

    return cut


def _cell_of(found: re.Match[str], dialect: Dialect) -> str:
    if found.lastindex == found.re.groups:
        return found[found.re.groups]
    return unquote(found[1], dialect) + (found[2] or "")
