"""Records cut from lines: where a delimited record ends, quoted line breaks and all.

Lines end with LF, CRLF or a lone CR. A quote opens a cell only at its start. A quote that is
never closed must not swallow the file: its record ends with its first line and is called broken.
"""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import TextIOWrapper
from pathlib import Path
from typing import NamedTuple, TextIO

from pipeline.readers.dialect import Dialect

MAX_RECORD_LINES = 1_000
MAX_RECORD_SIZE = 1 << 20
"""In characters of the given text, which are bytes where it was decoded as Latin-1."""


class Record(NamedTuple):
    """One record with its line end, the size it took in the file, and whether it is broken."""

    text: str
    size: int
    broken: bool


@dataclass(frozen=True, slots=True)
class Grammar:
    """What a dialect allows on a line, as patterns for lines without their line end."""

    whole: re.Pattern[str]
    """Every quote that opens is closed; text behind a closing quote is tolerated."""
    opening: re.Pattern[str]
    """The last cell is open, all before it are flawless."""
    closing: re.Pattern[str]
    """Inside a quoted cell: it closes, and all cells behind it are flawless and closed."""
    inside: re.Pattern[str]
    """Inside a quoted cell: it, or a later one, is open at the end."""


def cut_records(file: TextIO, dialect: Dialect) -> Iterator[Record]:
    """Cut a text, opened with ``newline=""``, into records; blank lines are records too."""
    grammar, quote = _grammar(dialect), dialect.quotechar
    pending: deque[str] = deque()
    while line := pending.popleft() if pending else file.readline(MAX_RECORD_SIZE):
        size = len(line)
        if size >= MAX_RECORD_SIZE and line[-1] not in "\r\n":
            yield Record(line, size + _skip_line(file), broken=True)
        elif quote not in line or grammar.whole.fullmatch(line.rstrip("\r\n")):
            yield Record(line, size, broken=False)
        elif joined := _join_lines(line, pending, file, grammar, quote):
            yield Record(joined, len(joined), broken=False)
        else:
            yield Record(line, size, broken=True)


def cut_range(path: Path, byte_lo: int, byte_hi: int, dialect: Dialect) -> Iterator[Record]:
    """Cut the bytes ``byte_lo:byte_hi`` of a file, which begin and end between two records.

    The text comes decoded as Latin-1, so that a record's size is its bytes.
    """
    with path.open("rb") as file:
        file.seek(byte_lo)
        left = byte_hi - byte_lo
        records = cut_records(TextIOWrapper(file, encoding="latin-1", newline=""), dialect)
        while left > 0 and (record := next(records, None)):
            left -= record.size
            yield record


def _join_lines(
    first: str, pending: deque[str], file: TextIO, grammar: Grammar, quote: str
) -> str | None:
    """Join the lines of a record whose first line is open; None if it never closes flawlessly."""
    if not grammar.opening.fullmatch(first.rstrip("\r\n")):
        return None
    lines, size = [first], len(first)
    while len(lines) < MAX_RECORD_LINES:
        line = pending.popleft() if pending else file.readline(MAX_RECORD_SIZE)
        if not line:
            break
        lines.append(line)
        size += len(line)
        if size > MAX_RECORD_SIZE:
            break
        body = line.rstrip("\r\n")
        if quote not in body:
            continue
        if grammar.closing.fullmatch(body):
            return "".join(lines)
        if not grammar.inside.fullmatch(body):
            break
    pending.extendleft(reversed(lines[1:]))
    return None


def _skip_line(file: TextIO) -> int:
    """Pass over the rest of an endless line; give its size."""
    skipped = 0
    while rest := file.readline(MAX_RECORD_SIZE):
        skipped += len(rest)
        if rest[-1] in "\r\n":
            break
    return skipped


@lru_cache(maxsize=64)
def _grammar(dialect: Dialect) -> Grammar:
    quote, delimiter = re.escape(dialect.quotechar), re.escape(dialect.delimiter)
    blank = " *+" if dialect.skip_space else ""
    # Atomic groups, since Python before 3.11.5 matches possessive groups wrongly (gh-106052).
    text = f"(?>(?:[^{quote}]++|{quote}{quote})*)"
    bare = f"(?!{blank}{quote})[^{delimiter}]*+"
    loose = f"(?:{blank}{quote}{text}{quote}[^{delimiter}]*+|{bare})"
    flawless = f"(?:{blank}{quote}{text}{quote}{blank}(?={delimiter}|\\Z)|{bare})"
    behind = f"{quote}{blank}(?>(?:{delimiter}{flawless})*)"
    return Grammar(
        whole=re.compile(f"{loose}(?>(?:{delimiter}{loose})*)"),
        opening=re.compile(f"(?>(?:{flawless}{delimiter})*){blank}{quote}{text}"),
        closing=re.compile(f"{text}{behind}"),
        inside=re.compile(f"{text}(?>(?:{behind}{delimiter}{blank}{quote}{text})?)"),
    )
