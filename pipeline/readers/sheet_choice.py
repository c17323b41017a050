"""The choice of a sheet: the one a person names, else the first that holds a table."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple, Protocol

from pipeline.errors import InvalidInput, UnreadableFile
from pipeline.readers.own_export import is_own_header

SAMPLE_ROWS = 50
_TABLE_ROWS = 2


class SheetName(NamedTuple):
    """A sheet of a workbook, and whether people see it; ``place`` tells the reader where it is."""

    name: str
    place: str
    hidden: bool = False


class OpenSheet(NamedTuple):
    """A sheet being read: which one, all of its workbook, and its rows."""

    chosen: SheetName
    sheets: Sequence[SheetName]
    rows: Iterator[list[str]]


class Book(Protocol):
    """A workbook of any format."""

    @property
    def sheets(self) -> list[SheetName]:
        """The sheets with cells, in order."""
        ...

    def read_rows(self, sheet: SheetName) -> Iterator[list[str]]:
        """Give a sheet's rows; an empty list stands for empty rows."""
        ...


def choose_sheet(book: Book, wanted: str) -> SheetName:
    """Choose the sheet called ``wanted``, else the first with a table, visible ones first.

    Raises:
        InvalidInput: there is no such sheet.
        UnreadableFile: no sheet holds anything.
    """
    names = ", ".join(sheet.name for sheet in book.sheets)
    if wanted:
        for sheet in book.sheets:
            if sheet.name.strip().casefold() == wanted.strip().casefold():
                return sheet
        raise InvalidInput(f"The workbook has no sheet {wanted!r}. It has: {names}.")
    filled = None
    for sheet in sorted(book.sheets, key=lambda sheet: sheet.hidden):
        rows = [row for row in islice(book.read_rows(sheet), SAMPLE_ROWS) if any(row)]
        if _is_table(rows):
            return sheet
        if rows and filled is None:
            filled = sheet
    if filled is None:
        raise UnreadableFile(f"No sheet of the workbook holds anything. It has: {names or 'none'}.")
    return filled


def read_table(book: Book, chosen: SheetName) -> Iterator[list[str]]:
    """Give the rows of a sheet, and of those that go on with it as our own exports do."""
    rows = book.read_rows(chosen)
    header = next(rows, [])
    yield header
    yield from rows
    if is_own_header(header):
        for sheet in book.sheets[book.sheets.index(chosen) + 1 :]:
            more = book.read_rows(sheet)
            if next(more, []) == header:
                yield from more


def _is_table(rows: Sequence[Sequence[str]]) -> bool:
    """Whether several rows have several cells, as a cover sheet or a list of notes has not."""
    return sum(sum(map(bool, row)) > 1 for row in rows) >= _TABLE_ROWS
