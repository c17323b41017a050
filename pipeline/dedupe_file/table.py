"""The table of any file: every row as it stands, in order, and which rows are its records."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from pipeline.errors import InvalidInput
from pipeline.normalize.text import normalize_text
from pipeline.readers.cells import cell_cutter
from pipeline.readers.delimited import Split, read_batch_rows
from pipeline.readers.files import NOTHING, FilePlan, prepare_file
from pipeline.readers.formats import RECORDS
from pipeline.readers.headers import unnamed_column
from pipeline.readers.own_export import decode_cell
from pipeline.readers.stretches import find_stretches
from pipeline.readers.tables import get_bad_record

BATCH_ROWS = 5_000
_ENDS = "\r\n\x1a"


class Row(NamedTuple):
    """A row's cells as they stand; notes, repeated headers and blank rows are no records."""

    cells: Sequence[str]
    is_record: bool


class _Blank(NamedTuple):
    """A row of nothing but delimiters, and how many others stand before it."""

    before: int
    text: str


@dataclass(frozen=True)
class Table:
    """A prepared file. ``names`` tell its columns apart, whatever the header says."""

    path: Path
    plan: FilePlan
    split: Split

    @property
    def names(self) -> Sequence[str]:
        """The columns by which a person and ``--map`` name them, each once."""
        return self.plan.mapping.header

    @cached_property
    def header(self) -> list[str]:
        """The header as written; columns that have none bear the names they are known by."""
        titles, names = self.split.titles, list(self.names)
        if not titles:
            return names
        # Of a header that is one short, the first column has no title: the reader has seen that.
        shift = len(names) - len(titles) if names[-len(titles) :] == self.split.header else 0
        return [*names[:shift], *titles, *names[shift + len(titles) :]]

    def rows(self) -> Iterator[Row]:
        """Give every row below the header; lines without any character are none."""
        blanks, at = self._blanks, 0
        for part in self.split.batches:
            batch = read_batch_rows(self.path, *part, self.split.dialect)
            outside = batch.outside
            for number, cells in enumerate(batch.cells, batch.first):
                while at < len(blanks) and blanks[at].before < number:
                    yield self._blank_row(blanks[at])
                    at += 1
                yield self._row(number, cells, is_record=number not in outside)
        for blank in blanks[at:]:
            yield self._blank_row(blank)

    def place_of(self, column: str) -> int:
        """Give the place of a column by its name or its title; case is no matter.

        Raises:
            InvalidInput: there is none; the text says which there are.
        """
        place = self._places.get(_fold(column))
        if place is None:
            raise InvalidInput(
                f"The file has no column {column!r}. It has: {', '.join(self.names)}."
            )
        return place

    def value(self, cell: str) -> str:
        """Give what a cell says: in our own exports, formulas bear an apostrophe."""
        return decode_cell(cell) if self.plan.mapping.own_export else cell

    def _row(self, number: int, cells: list[str], *, is_record: bool) -> Row:
        if self.plan.format in RECORDS and len(cells) > len(self.names):
            bad = get_bad_record(number, cells, len(self.names))
            if bad is not None:
                return Row([*cells[: len(self.names)], bad.raw["line"]], is_record=False)
        return Row(cells, is_record)

    def _blank_row(self, blank: _Blank) -> Row:
        return Row(cell_cutter(self.split.dialect)(blank.text), is_record=False)

    @cached_property
    def _places(self) -> dict[str, int]:
        told = [*enumerate(self.header), *enumerate(self.names)]
        return {_fold(name): place for place, name in reversed(told)}

    @cached_property
    def _blanks(self) -> list[_Blank]:
        """Find the rows that the reader leaves out: separators that a person has put between."""
        blanks: list[_Blank] = []
        records, place = 0, self.split.batches[0].byte_lo if self.split.batches else 0
        with self.path.open("rb") as file:
            for stretch in find_stretches(self.path, place, self.split.dialect):
                starts = list(accumulate(stretch.sizes, initial=place))
                for seen, at in enumerate(sorted(stretch.blank)):
                    file.seek(starts[at])
                    text = file.read(stretch.sizes[at]).decode(errors="replace").strip(_ENDS)
                    if text:
                        blanks.append(_Blank(records + at - seen, text))
                records += len(stretch.sizes) - len(stretch.blank)
                place = starts[-1]
        return blanks


@contextmanager
def open_table(source: Path, reading: Mapping[str, Any] = NOTHING) -> Iterator[Table]:
    """Read a file's table from a temporary copy, which goes at the end.

    ``reading`` overrules what the file seems to be, as for an import.

    Raises:
        UnreadableFile: the file is no table.
        InvalidInput: there is no such file, or it has no such sheet or member.
    """
    with TemporaryDirectory(prefix="leads-") as folder:
        copy = Path(folder) / "table"
        try:
            plan, split = prepare_file(source, copy, BATCH_ROWS, reading=reading)
        except OSError as error:
            raise InvalidInput(f"{source} cannot be read: {error.strerror}.") from None
        yield Table(copy, plan, split)


def surplus_names(width: int, beyond: int) -> list[str]:
    """Name the columns that some rows have beyond the header."""
    return [unnamed_column(place) for place in range(width + 1, beyond + 1)]


def _fold(name: str) -> str:
    return normalize_text(name).casefold()
