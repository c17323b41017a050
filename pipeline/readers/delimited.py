"""Delimited UTF-8 files: cut into batches by one quick pass, and each batch read on its own.

Both passes cut the same bytes with the same rules, so a batch's rows are those it was given.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from pipeline.readers.cells import cell_cutter
from pipeline.readers.dialect import Dialect
from pipeline.readers.headers import name_columns
from pipeline.readers.lines import Record, cut_range, cut_records
from pipeline.readers.mending import mend_cells
from pipeline.readers.regular import read_regular

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
        records = cut_records(file, dialect)
        header, start, first = _read_header(records, dialect)
        batches, broken = _gather(records, dialect, batch_rows, start, first)
    rows = batches[-1].row_lo + batches[-1].rows - 1 if batches else 0
    found = read_rows(path, *batches[0][:3], dialect) if batches else iter(())
    sample = [cells for _, cells, _ in islice(found, SAMPLE_ROWS)]
    return Split(header, batches, rows, broken, sample)


def read_batch_rows(  # noqa: PLR0917 - the numbers of a RowRange, in their order
    path: Path, byte_lo: int, byte_hi: int, row_lo: int, rows: int, dialect: Dialect
) -> BatchRows:
    """Read the ``rows`` records of one batch at once, touching no other part of the file."""
    if byte_hi - byte_lo <= MAX_BATCH_BYTES:
        with path.open("rb") as file:
            file.seek(byte_lo)
            text = file.read(byte_hi - byte_lo).decode("utf-8", errors="replace")
        cells = read_regular(text, dialect)
        if cells is not None and len(cells) == rows:
            return BatchRows(row_lo, cells, {})
    found = list(read_rows(path, byte_lo, byte_hi, row_lo, dialect))
    odd = {number: BROKEN for number, _, broken in found if broken}
    return BatchRows(row_lo, [cells for _, cells, _ in found], odd)


def read_rows(
    path: Path, byte_lo: int, byte_hi: int, row_lo: int, dialect: Dialect
) -> Iterator[Row]:
    """Read one batch's rows in constant memory, touching no other part of the file."""
    cut, blank = cell_cutter(dialect), dialect.blank
    number = row_lo
    for record, _, broken in cut_range(path, byte_lo, byte_hi, dialect):
        if record.strip(blank):
            text = record if record.isascii() else _as_utf8(record)
            yield number, mend_cells(text, dialect) if broken else cut(text), broken
            number += 1


def _read_header(
    records: Iterator[Record], dialect: Dialect
) -> tuple[list[str], int, Record | None]:
    """Read the header; give it, the first byte below it, and a record read too far, if any."""
    cut, blank = cell_cutter(dialect), dialect.blank
    above = (dialect.header_row or 0) + dialect.separator_line
    place = 0
    for record in records:
        if record.text.strip(blank):
            if above == 0:
                cells = cut(_as_utf8(record.text))
                if dialect.header_row is None:
                    return name_columns([""] * len(cells)), place, record
                return name_columns(cells), place + record.size, None
            above -= 1
        place += record.size
    return [], place, None


def _gather(
    records: Iterator[Record], dialect: Dialect, batch_rows: int, start: int, first: Record | None
) -> tuple[list[RowRange], int]:
    """Gather records into batches; give these and the number of broken records."""
    blank = dialect.blank
    batches: list[RowRange] = []
    low = place = start
    rows, row_lo, broken_rows = 0, 1, 0
    for text, size, broken in chain((first,) if first else (), records):
        if text.strip(blank):
            if rows and (rows >= batch_rows or place + size - low > MAX_BATCH_BYTES):
                batches.append(RowRange(low, place, row_lo, rows))
                low, row_lo, rows = place, row_lo + rows, 0
            rows += 1
            broken_rows += broken
        place += size
    if rows:
        batches.append(RowRange(low, place, row_lo, rows))
    return batches, broken_rows


def _as_utf8(text: str) -> str:
    """Read the bytes that were cut as Latin-1 for what they are."""
    return text.encode("latin-1").decode("utf-8", errors="replace")
