"""Stretches: the records of a delimited file measured block by block, as quickly as it allows.

A block without flaws is measured by the csv module's speed, any other by the careful cutter.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pipeline.readers.cells import cell_cutter
from pipeline.readers.dialect import Dialect
from pipeline.readers.lines import MAX_RECORD_SIZE, cut_range
from pipeline.readers.regular import measure_records

_LEAST_CARE, _MOST_CARE = 1 << 14, 1 << 22


class Stretch(NamedTuple):
    """Consecutive records: sizes in bytes, numbers of cells, places of blank and broken ones."""

    sizes: list[int]
    widths: list[int]
    blank: set[int]
    broken: set[int]


def find_stretches(path: Path, start: int, dialect: Dialect) -> Iterator[Stretch]:
    """Measure all records from a byte on that is the first of a record."""
    place, care = start, _LEAST_CARE
    with path.open("rb") as file:
        while True:
            file.seek(place)
            block = _read_lines(file)
            found = measure_records(block, dialect)
            if found.sizes:
                yield Stretch(*found, set())
                place += sum(found.sizes)
                continue
            careful = _measure_carefully(path, place, place + care, dialect)
            if not careful.sizes:
                return
            yield careful
            place += sum(careful.sizes)
            care = min(care * 2, _MOST_CARE)


def _read_lines(file: BinaryIO) -> str:
    """Read a block up to the end of a line; nothing if the block has no such end."""
    block = file.read(MAX_RECORD_SIZE)
    if len(block) == MAX_RECORD_SIZE:
        end = block.rfind(b"\n")
        # A CR that ends the block may be half of a CRLF.
        block = block[: (end if end >= 0 else block.rfind(b"\r", 0, -1)) + 1]
    return block.decode("latin-1")


def _measure_carefully(path: Path, lo: int, hi: int, dialect: Dialect) -> Stretch:
    found, blanks, cut = Stretch([], [], set(), set()), dialect.blank, cell_cutter(dialect)
    for text, size, broken in cut_range(path, lo, hi, dialect):
        if not text.strip(blanks):
            found.blank.add(len(found.sizes))
        if broken:
            found.broken.add(len(found.sizes))
        found.sizes.append(size)
        found.widths.append(dialect.width if broken else len(cut(text)))
    return found
