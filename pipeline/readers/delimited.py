"""Delimited UTF-8 files: cut into batches by one quick pass, and each batch read on its own.

Both passes cut the same bytes with the same rules, so a batch's rows are those it was given.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pipeline.readers.cells import cell_cutter
from pipeline.readers.dialect import Dialect
from pipeline.readers.endings import Watch, is_note, with_ending
from pipeline.readers.headers import join_titles, name_columns
from pipeline.readers.lines import Record, cut_range, cut_records
from pipeline.readers.mending import mend_cells
from pipeline.readers.regular import read_regular
from pipeline.readers.samples import gather_sample
from pipeline.readers.settling import settle_cells, settle_titles
from pipeline.readers.stretches import Stretch, find_stretches

MAX_BATCH_BYTES = 8 << 20
TAIL_BATCHES = 2
FOOTER_ROWS = 100
BROKEN, MENDED, REPEATED_HEADER, FOOTER, OTHER_TABLE = (
    "broken_row",
    "mended_row",
    "repeated_header",
    "footer",
    "other_table",
)
OUTSIDE = frozenset({REPEATED_HEADER, FOOTER, OTHER_TABLE})
"""Why a record is none of the table's, although it stands below its header."""

Row = tuple[int, list[str], bool]
"""A record's number (the first below the header is 1), its cells, and whether it is broken."""


class RowRange(NamedTuple):
    """The bytes ``byte_lo:byte_hi`` of a file, which hold ``rows`` records from ``row_lo`` on."""

    byte_lo: int
    byte_hi: int
    row_lo: int
    rows: int


@dataclass(frozen=True, slots=True)
class BatchRows:
    """All records of a batch: the number of the first, the cells of each, and the odd ones.

    ``odd`` says of each record that is not an ordinary row of the table, by its number, why.
    """

    first: int
    cells: list[list[str]]
    odd: Mapping[int, str]

    @property
    def outside(self) -> AbstractSet[int]:
        """The numbers of the records that are none of the table's."""
        return {number for number, reason in self.odd.items() if reason in OUTSIDE}

    @property
    def broken(self) -> AbstractSet[int]:
        """The numbers of the records that are not to be imported as they are."""
        return self.odd.keys()


@dataclass(frozen=True, slots=True)
class Split:
    """A file cut into batches that together hold every byte below the header.

    ``header`` names the columns, ``titles`` is the header as written (none without a header), and
    ``preamble`` the records above it. ``dialect`` is the one given, and where its table ends.
    """

    header: list[str]
    batches: list[RowRange]
    rows: int
    broken: int
    sample: list[list[str]]
    dialect: Dialect
    titles: list[str] = field(default_factory=list)
    preamble: list[list[str]] = field(default_factory=list)
    footer: list[list[str]] = field(default_factory=list)


def split_records(path: Path, dialect: Dialect, batch_rows: int) -> Split:
    """Cut a UTF-8 file into batches of at most ``batch_rows`` records, in one pass.

    Lines that are blank, or nothing but delimiters, are no records.
    """
    with path.open(encoding="latin-1", newline="") as file:
        top = _read_top(cut_records(file, dialect), dialect)
    start = top.size
    titles = join_titles(top.header)
    gathering, broken = _Gathering(start, batch_rows), 0
    watch = Watch(path, dialect, titles, start)
    for stretch in find_stretches(path, start, dialect):
        gathering.add(stretch)
        watch.pass_by(stretch)
        broken += len(stretch.broken - stretch.blank)
    gathering.close()
    batches = gathering.batches
    if batches:
        tail = [row for part in batches[-TAIL_BATCHES:] for row in _read_cells(path, part, dialect)]
        dialect = with_ending(dialect, watch, tail)
    sample = gather_sample([partial(_read_cells, path, batch, dialect) for batch in batches])
    return Split(
        _names(top.header, sample),
        batches,
        gathering.rows,
        broken,
        sample,
        dialect,
        titles,
        top.preamble,
        _read_footer(path, batches, dialect),
    )


def read_batch_rows(  # noqa: PLR0917 - the numbers of a RowRange, in their order
    path: Path, byte_lo: int, byte_hi: int, row_lo: int, rows: int, dialect: Dialect
) -> BatchRows:
    """Read the ``rows`` records of one batch at once, touching no other part of the file."""
    cells = _read_at_once(path, byte_lo, byte_hi, dialect)
    odd: dict[int, str] = {}
    if cells is None or len(cells) != rows:
        found = list(_read_carefully(path, byte_lo, byte_hi, row_lo, dialect))
        cells = [row for _, row, _ in found]
        odd = {number: BROKEN for number, _, broken in found if broken}
    odd |= _settle(row_lo, cells, odd, dialect)
    return BatchRows(row_lo, cells, odd)


def read_rows(
    path: Path, byte_lo: int, byte_hi: int, row_lo: int, dialect: Dialect
) -> Iterator[Row]:
    """Read one batch's rows one by one, touching no other part of the file."""
    at_once = _read_at_once(path, byte_lo, byte_hi, dialect)
    if at_once is None:
        for number, cells, broken in _read_carefully(path, byte_lo, byte_hi, row_lo, dialect):
            row = [cells]
            odd = _settle(number, row, {number: BROKEN} if broken else {}, dialect)
            yield number, row[0], broken or bool(odd)
    else:
        odd = _settle(row_lo, at_once, {}, dialect)
        for number, cells in enumerate(at_once, row_lo):
            yield number, cells, number in odd


def _read_cells(path: Path, batch: RowRange, dialect: Dialect) -> Iterator[list[str]]:
    return (cells for _, cells, _ in read_rows(path, *batch[:3], dialect))


def _settle(
    first: int, rows: list[list[str]], broken: Mapping[int, str], dialect: Dialect
) -> dict[int, str]:
    """Settle the rows of an odd width in their list; give the numbers of odd ones, and why."""
    odd: dict[int, str] = {}
    if dialect.kinds and not all(len(row) == dialect.width for row in rows):
        for place, row in enumerate(rows):
            settled = settle_cells(row, dialect) if first + place not in broken else None
            if settled:
                rows[place] = settled
                odd[first + place] = MENDED
    if dialect.repeats:
        again = list(dialect.repeats)
        odd |= {first + place: REPEATED_HEADER for place, row in enumerate(rows) if row == again}
    if dialect.last_row is not None and first + len(rows) - 1 > dialect.last_row:
        for number in range(max(first, dialect.last_row + 1), first + len(rows)):
            odd[number] = FOOTER if is_note(rows[number - first], dialect) else OTHER_TABLE
    return odd


def _read_footer(path: Path, batches: list[RowRange], dialect: Dialect) -> list[list[str]]:
    """Read the records behind the table, as far as they are few."""
    if dialect.last_row is None:
        return []
    footer: list[list[str]] = []
    for part in batches:
        if part.row_lo + part.rows > dialect.last_row + 1:
            cells = read_batch_rows(path, *part, dialect).cells
            footer += cells[max(0, dialect.last_row + 1 - part.row_lo) :]
            if len(footer) >= FOOTER_ROWS:
                break
    return footer[:FOOTER_ROWS]


def _read_at_once(
    path: Path, byte_lo: int, byte_hi: int, dialect: Dialect
) -> list[list[str]] | None:
    """Read the records of a flawless batch; None if it has a flaw, or an endless record."""
    if byte_hi - byte_lo > MAX_BATCH_BYTES:
        return None
    with path.open("rb") as file:
        file.seek(byte_lo)
        text = file.read(byte_hi - byte_lo).decode("utf-8", errors="replace")
    return read_regular(text, dialect)


def _read_carefully(
    path: Path, byte_lo: int, byte_hi: int, row_lo: int, dialect: Dialect
) -> Iterator[Row]:
    cut, blank = cell_cutter(dialect), dialect.blank
    number = row_lo
    for record, _, broken in cut_range(path, byte_lo, byte_hi, dialect):
        if record.strip(blank):
            text = record if record.isascii() else _as_utf8(record)
            yield number, mend_cells(text, dialect) if broken else cut(text), broken
            number += 1


@dataclass(slots=True)
class _Top:
    """What stands above the data: a preamble, the rows of the header, and their size in bytes."""

    preamble: list[list[str]] = field(default_factory=list)
    header: list[list[str]] = field(default_factory=list)
    size: int = 0


def _read_top(records: Iterator[Record], dialect: Dialect) -> _Top:
    cut, blank = cell_cutter(dialect), dialect.blank
    above = (dialect.header_row or 0) + dialect.separator_line
    wanted = 0 if dialect.header_row is None else dialect.header_rows
    top, place, seen = _Top(), 0, 0
    for record in records:
        if record.text.strip(blank):
            if seen == above + wanted:
                return top
            text = _as_utf8(record.text)
            cells = mend_cells(text, dialect) if record.broken else cut(text)
            if seen < above:
                top.preamble.append(cells)
            else:
                top.header.append(settle_titles(cells, dialect))
            seen += 1
            place += record.size
            top.size = place
        else:
            place += record.size
    return top


def _names(header: list[list[str]], sample: list[list[str]]) -> list[str]:
    if header:
        return name_columns(join_titles(header, repeat=False))
    return name_columns([""] * len(sample[0])) if sample else []


class _Gathering:
    """Batches in the making: records are added in order, and a full batch is closed."""

    def __init__(self, start: int, batch_rows: int) -> None:
        self.batches: list[RowRange] = []
        self.rows = 0
        self._batch_rows = batch_rows
        self._low = self._place = start
        self._held = 0

    def add(self, stretch: Stretch) -> None:
        """Add the records of a stretch."""
        sizes, at = stretch.sizes, 0
        for stop in (*sorted(stretch.blank), len(sizes)):
            while at < stop:
                at += self._add_some(sizes, at, stop)
            if stop < len(sizes):
                self._place += sizes[stop]
                at = stop + 1

    def close(self) -> None:
        """End the batch, if it holds any record."""
        if self._held:
            first = self.rows - self._held + 1
            self.batches.append(RowRange(self._low, self._place, first, self._held))
        self._low, self._held = self._place, 0

    def _add_some(self, sizes: list[int], at: int, stop: int) -> int:
        """Add as many records as the batch has room for, at least one; give how many."""
        if self._held >= self._batch_rows:
            self.close()
        count = min(stop - at, self._batch_rows - self._held)
        size = sum(sizes[at : at + count])
        if self._place + size - self._low > MAX_BATCH_BYTES:
            count, size = 1, sizes[at]
            if self._held and self._place + size - self._low > MAX_BATCH_BYTES:
                self.close()
        self._place += size
        self._held += count
        self.rows += count
        return count


def _as_utf8(text: str) -> str:
    """Read the bytes that were cut as Latin-1 for what they are."""
    return text.encode("latin-1").decode("utf-8", errors="replace")
