"""Records cut from lines: where a delimited record ends, quoted line breaks and all.

Lines end with LF, CRLF or a lone CR. A quote opens a cell only at its start. A quote that is
never closed must not swallow the file: its record ends with its first line and is called broken.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import NamedTuple, TextIO

from pipeline.readers.cells import cell_cutter
from pipeline.readers.dialect import Dialect
from pipeline.readers.grammar import Grammar, grammar_of

MAX_RECORD_LINES = 1_000
MAX_RECORD_SIZE = 1 << 20
"""In characters of the given text, which are bytes where it was decoded as Latin-1."""

_WIDE = 4
_FEW_LINES, _MANY_LINES = 3, 6


class Record(NamedTuple):
    """One record with its line end, the size it took in the file, and whether it is broken."""

    text: str
    size: int
    broken: bool


def cut_records(file: TextIO, dialect: Dialect) -> Iterator[Record]:
    """Cut a text, opened with ``newline=""``, into records; blank lines are records too."""
    quote = dialect.quotechar
    grammar = grammar_of(dialect) if quote else None
    pending: deque[str] = deque()
    while line := pending.popleft() if pending else file.readline(MAX_RECORD_SIZE):
        size = len(line)
        if size >= MAX_RECORD_SIZE and line[-1] not in "\r\n":
            yield Record(line, size + _skip_line(file), broken=True)
        elif not grammar or quote not in line or grammar.whole.fullmatch(line.rstrip("\r\n")):
            yield Record(line, size, broken=False)
        elif joined := _join_lines(line, pending, file, grammar, dialect):
            yield Record(joined, len(joined), broken=False)
        else:
            yield Record(line, size, broken=True)


def cut_range(path: Path, byte_lo: int, byte_hi: int, dialect: Dialect) -> Iterator[Record]:
    """Cut the bytes ``byte_lo:byte_hi`` of a file, which begin and end between two records.

    The text comes decoded as Latin-1, so that a record's size is its bytes.
    """
    with path.open("rb") as file, TextIOWrapper(file, encoding="latin-1", newline="") as text:
        file.seek(byte_lo)
        left = byte_hi - byte_lo
        records = cut_records(text, dialect)
        while left > 0 and (record := next(records, None)):
            left -= record.size
            yield record


def swallows_rows(lines: Sequence[str], cells: int, dialect: Dialect) -> bool:
    """Whether lines that quotes join into one record of so many cells are rather rows each.

    They are if each line behind the first has the delimiters of a full row: a quote that was
    never closed has met another one. Two lines that together make a full row are believed.
    """
    width = dialect.width
    if width <= 1 or len(lines) < (_FEW_LINES if width >= _WIDE else _MANY_LINES):
        return width >= _WIDE and cells != width and _are_full(lines[1:], dialect)
    return _are_full(lines[1:], dialect)


def _are_full(lines: Sequence[str], dialect: Dialect) -> bool:
    return all(line.count(dialect.delimiter) == dialect.width - 1 for line in lines)


def _join_lines(
    first: str, pending: deque[str], file: TextIO, grammar: Grammar, dialect: Dialect
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
        if dialect.quotechar not in body:
            continue
        if grammar.closing.fullmatch(body):
            joined = "".join(lines)
            if swallows_rows(lines, len(cell_cutter(dialect)(joined)), dialect):
                break
            return joined
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
