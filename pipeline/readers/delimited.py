"""Delimited UTF-8 files: cut into batches by one quick pass, and each batch read on its own.

Both passes cut the same bytes with the same rules, so a batch's rows are those it was given.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from pipeline.readers.cells import cell_cutter
from pipeline.readers.dialect import Dialect
from pipeline.readers.headers import name_columns
from pipeline.readers.lines import Record, cut_range, cut_records
from pipeline.readers.mending import mend_cells
from pipeline.readers.regular import read_regular
from pipeline.readers.stretches import Stretch, find_stretches

MAX_BATCH_BYTES = 8 << 20
SAMPLE_ROWS = 50
BROKEN = "broken_row"

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
    def broken(self) -> AbstractSet[int]:
        """The numbers of the records that are not to be imported as they are."""
        return self.odd.keys()


@dataclass(frozen=True, slots=True)
class Split:
    """A file cut into batches that together hold every byte below the header."""

    header: list[str]
    batches: list[RowRange]
    rows: int
    broken: int
    sample: list[list[str]]


def split_records(path: Path, dialect: Dialect, batch_rows: int) -> Split:
    """Cut a UTF-8 file into batches of at most ``batch_rows`` records, in one pass.

    Lines that are blank, or nothing but delimiters, are no records.
    """
    with path.open(encoding="latin-1", newline="") as file:
        header, start = _read_header(cut_records(file, dialect), dialect)
    gathering, broken = _Gathering(start, batch_rows), 0
    for stretch in find_stretches(path, start, dialect):
        gathering.add(stretch)
        broken += len(stretch.broken - stretch.blank)
    gathering.close()
    batches = gathering.batches
    found = read_rows(path, *batches[0][:3], dialect) if batches else iter(())
    sample = [cells for _, cells, _ in islice(found, SAMPLE_ROWS)]
    return Split(header, batches, gathering.rows, broken, sample)


def read_batch_rows(  # noqa: PLR0917 - the numbers of a RowRange, in their order
    path: Path, byte_lo: int, byte_hi: int, row_lo: int, rows: int, dialect: Dialect
) -> BatchRows:
    """Read the ``rows`` records of one batch at once, touching no other part of the file."""
    cells = _read_at_once(path, byte_lo, byte_hi, dialect)
    if cells is not None and len(cells) == rows:
        return BatchRows(row_lo, cells, {})
    found = list(_read_carefully(path, byte_lo, byte_hi, row_lo, dialect))
    odd = {number: BROKEN for number, _, broken in found if broken}
    return BatchRows(row_lo, [cells for _, cells, _ in found], odd)


def read_rows(
    path: Path, byte_lo: int, byte_hi: int, row_lo: int, dialect: Dialect
) -> Iterator[Row]:
    """Read one batch's rows one by one, touching no other part of the file."""
    at_once = _read_at_once(path, byte_lo, byte_hi, dialect)
    if at_once is None:
        yield from _read_carefully(path, byte_lo, byte_hi, row_lo, dialect)
    else:
        for number, cells in enumerate(at_once, row_lo):
            yield number, cells, False


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


def _read_header(records: Iterator[Record], dialect: Dialect) -> tuple[list[str], int]:
    """Read the header; give it and the first byte of the records below it."""
    cut, blank = cell_cutter(dialect), dialect.blank
    above = (dialect.header_row or 0) + dialect.separator_line
    place = 0
    for record in records:
        if record.text.strip(blank):
            if above == 0:
                cells = cut(_as_utf8(record.text))
                if dialect.header_row is None:
                    return name_columns([""] * len(cells)), place
                return name_columns(cells), place + record.size
            above -= 1
        place += record.size
    return [], place


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
