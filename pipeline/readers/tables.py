"""Tables as plain CSV in UTF-8: what a file that is no delimited text is copied into."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from pipeline.errors import UnreadableFile
from pipeline.records import EMPTY, Issue, RawRecord

PADDED_CELLS = 256
MAX_BYTES = 64 << 30
CHECK_ROWS = 10_000
_MARKS = 2
_BLANK = ' \t\r\n\x1a,"'


class TableCopy:
    """A table being written; short rows are filled up, as the rows of a table are equally wide."""

    def __init__(self, path: Path) -> None:
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
            self._writer.writerow(row)
        else:
            self._file.write("\r\n")
        self._rows += 1
        if self._rows % CHECK_ROWS == 0 and self._file.buffer.tell() > MAX_BYTES:
            raise UnreadableFile(f"The table takes more than {MAX_BYTES:,} bytes: split the file.")

    def write_all(self, rows: Iterable[Sequence[str]]) -> None:
        """Write many rows."""
        for row in rows:
            self.write(row)

    def write_record(self, names: Sequence[str], values: Mapping[str, str]) -> None:
        """Write a record under the columns ``names``; one without any value is a bad one."""
        row = [values.get(name, "") for name in names]
        if any(cell.strip(_BLANK) for cell in row):
            self.write(row)
        else:
            self.write_bad(names, "nothing", "a record with at least one value")

    def write_bad(self, names: Sequence[str], text: str, expected: str) -> None:
        """Write what is no record in the place of one, so that it is counted and told."""
        self._writer.writerow([*[""] * len(names), expected, text])


def get_bad_record(row: int, cells: Sequence[str], width: int) -> RawRecord | None:
    """Give what :meth:`TableCopy.write_bad` wrote under ``width`` columns, if it is that.

    Only for tables made of records, where no row is wider than the header for another reason.
    """
    if len(cells) != width + _MARKS or any(cells[:width]):
        return None
    expected, text = cells[width:]
    issue = Issue("broken_row", "", text[:200], expected)
    return RawRecord(EMPTY, raw={"line": text}, row=row, issues=(issue,))
