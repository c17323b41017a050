"""Tables as plain CSV in UTF-8: what a file that is no delimited text is copied into."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from pipeline.errors import UnreadableFile
from pipeline.readers.lines import MAX_RECORD_LINES, MAX_RECORD_SIZE
from pipeline.records import EMPTY, Issue, RawRecord

PADDED_CELLS = 256
MAX_BYTES = 64 << 30
CHECK_ROWS = 10_000
LONG_ROW = 1_000
MAX_UTF8 = 4
MAX_COLUMNS = 2_000
MAX_BAD = 10_000
OTHERS = "other fields"
"""Where the fields of a record go that are beyond :data:`MAX_COLUMNS`."""

_MARKS = 2
_BLANK = ' \t\r\n\x1a,"'


class BadRecord(NamedTuple):
    """What stands where a record should be, and what was expected instead."""

    text: str
    expected: str


Record = Mapping[str, str] | BadRecord
"""A record by its own names, or what stands in its place."""

NOTHING = BadRecord("nothing", "a record with at least one value")


class TableCopy:
    """A table being written; short rows are filled up, as the rows of a table are equally wide."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("w", encoding="utf-8", errors="replace", newline="")
        # Both characters of the line end, so that either is quoted inside a cell.
        self._writer = csv.writer(self._file, lineterminator="\r\n")
        self._width = 0
        self._rows = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._file.close()

    def write(self, row: Sequence[str]) -> None:
        """Write a row; one without cells becomes a blank line, which is no record.

        Raises:
            UnreadableFile: the table is too large.
        """
        width = len(row)
        if width > self._width:
            self._width = min(width, PADDED_CELLS)
        if width < self._width and row:
            row = [*row, *[""] * (self._width - width)]
        if row:
            self._writer.writerow(row if sum(map(len, row)) < LONG_ROW else _on_few_lines(row))
        else:
            self._file.write("\r\n")
        self._rows += 1
        if self._rows % CHECK_ROWS == 0 and self._path.stat().st_size > MAX_BYTES:
            raise UnreadableFile(f"The table takes more than {MAX_BYTES:,} bytes: split the file.")

    def write_all(self, rows: Iterable[Sequence[str]]) -> None:
        """Write many rows."""
        for row in rows:
            self.write(row)

    def write_bad(self, width: int, record: BadRecord) -> None:
        """Write what is no record in the place of one, so that it is counted and told."""
        self._writer.writerow([*[""] * width, record.expected, record.text[:MAX_BAD]])


def copy_records(read: Callable[[], Iterator[Record]], target: Path) -> None:
    """Write records as a table: its columns are all their names, in order of first appearance.

    ``read`` gives the records anew each time: once for the names, once for the values.

    Raises:
        UnreadableFile: there is no record.
    """
    names, count = _find_names(read())
    with TableCopy(target) as copy:
        copy.write(names)
        for record in read():
            if isinstance(record, BadRecord):
                copy.write_bad(len(names), record)
                continue
            if count > MAX_COLUMNS:
                record = _with_others(record, names)  # noqa: PLW2901 - what is written instead
            row = [record.get(name, "") for name in names]
            if any(cell.strip(_BLANK) for cell in row):
                copy.write(row)
            else:
                copy.write_bad(len(names), NOTHING)


def _find_names(records: Iterator[Record]) -> tuple[list[str], int]:
    """Find the columns, and how many there would be if there were no limit."""
    names: dict[str, None] = {}
    first_bad = None
    beyond = 0
    for record in records:
        if isinstance(record, BadRecord):
            first_bad = first_bad or record
        elif not names.keys() >= record.keys():
            for name in record:
                if len(names) < MAX_COLUMNS:
                    names[name] = None
                elif name not in names:
                    names[OTHERS] = None
                    beyond = 1
    if not names:
        found = f"expected {first_bad.expected}" if first_bad else "it is empty"
        raise UnreadableFile(f"The file holds no record at all: {found}.")
    return list(names), len(names) + beyond


def _with_others(record: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    known = frozenset(names)
    others = {name: value for name, value in record.items() if name not in known and value}
    kept = {name: value for name, value in record.items() if name in known}
    return {**kept, OTHERS: "; ".join(f"{name}: {value}" for name, value in others.items())}


def _on_few_lines(row: Sequence[str]) -> Sequence[str]:
    """Give a row whose cells go over no more lines than a reader of text follows."""
    lines = sum(cell.count("\n") + cell.count("\r") for cell in row)
    if lines < MAX_RECORD_LINES and sum(map(len, row)) < MAX_RECORD_SIZE // MAX_UTF8:
        return row
    return [" ".join(cell.splitlines()) for cell in row]


def get_bad_record(row: int, cells: Sequence[str], width: int) -> RawRecord | None:
    """Give what :meth:`TableCopy.write_bad` wrote under ``width`` columns, if it is that.

    Only for tables made of records, where no row is wider than the header for another reason.
    """
    if len(cells) != width + _MARKS or any(cells[:width]):
        return None
    expected, text = cells[width:]
    issue = Issue("broken_row", "", text[:200], expected)
    return RawRecord(EMPTY, raw={"line": text}, row=row, issues=(issue,))
