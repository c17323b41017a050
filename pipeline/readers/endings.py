"""Endings: where a table ends although the file goes on, with notes or with another table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from pipeline.readers.cell_types import STRONG, type_of
from pipeline.readers.cells import cell_cutter
from pipeline.readers.dialect import Dialect
from pipeline.readers.heading import is_heading
from pipeline.readers.lines import cut_range
from pipeline.readers.stretches import Stretch

_MOST_DOUBTS = 40
_WINDOW_BYTES = 1 << 16
_WINDOW_ROWS = 20
_NOTE = re.compile(
    r"(?:source|note|footnote|total|sum\b|subtotal|grand total|generated|exported|report|quelle"
    r"|hinweis|anmerkung|summe|gesamt|stand|fuente|nota|total|fonte|page \d|©|\(c\)|\*|\d\)|\[\d)",
    re.IGNORECASE,
)
_WORDY = 4


@dataclass(slots=True)
class Watch:
    """Watches records pass by for the first that heads another table, or the same one again."""

    path: Path
    dialect: Dialect
    titles: Sequence[str]
    place: int
    rows: int = 0
    last_row: int | None = None
    repeated: bool = False
    _after_blank: bool = False
    _doubts: int = 0

    def pass_by(self, stretch: Stretch) -> None:
        """Look at the records of a stretch, of which each starts where the last one ended."""
        width = self.dialect.width
        odd = stretch.widths.count(width) != len(stretch.widths)
        if self._is_calm() or not (odd or stretch.blank or self._after_blank):
            self.place += sum(stretch.sizes)
            self.rows += len(stretch.sizes) - len(stretch.blank)
            return
        for at, (size, count) in enumerate(zip(stretch.sizes, stretch.widths, strict=True)):
            if at in stretch.blank:
                self._after_blank = self.rows > 0
            else:
                if (count != width and self.rows) or self._after_blank:
                    self._doubt()
                self.rows += 1
                self._after_blank = False
            self.place += size

    def _is_calm(self) -> bool:
        return self.dialect.width <= 1 or self.last_row is not None or self._doubts >= _MOST_DOUBTS

    def _doubt(self) -> None:
        """See whether the record that starts here heads another table."""
        if self._is_calm():
            return
        self._doubts += 1
        row, *below = islice(_rows_at(self.path, self.place, self.dialect), _WINDOW_ROWS)
        if list(row) == list(self.titles):
            return
        alike = [other for other in below[:3] if len(other) == len(row)]
        if len(row) <= 1 or len(alike) < min(2, len(below)) or not below:
            return
        if self._is_title_row(row) or is_heading(row, below):
            self.last_row = self.rows

    def _is_title_row(self, row: Sequence[str]) -> bool:
        known = {title.strip() for title in self.titles if title.strip()}
        filled = [cell.strip() for cell in row if cell.strip()]
        shared = sum(cell in known for cell in filled)
        if shared * 2 >= len(filled) and shared > 1:
            return True
        typed = any(type_of(cell) in STRONG for cell in filled)
        return self._after_blank and len(row) != self.dialect.width and not typed


def find_footer(rows: Sequence[Sequence[str]], dialect: Dialect) -> int:
    """Count the rows at the end of a table that are notes below it."""
    count = 0
    for row in reversed(rows[1:]):
        if not is_note(row, dialect):
            break
        count += 1
    return count


def is_note(row: Sequence[str], dialect: Dialect) -> bool:
    """Whether a row is a single text where others have several cells, and reads like a note.

    A delimiter in a note cuts it, too: then it must begin like one, and fill no row.
    """
    filled = [cell.strip() for cell in row if cell.strip()]
    if dialect.width <= 1 or not row[0].strip() or type_of(filled[0]) in STRONG:
        return False
    noted = _NOTE.match(filled[0]) is not None
    if len(filled) > 1:
        return noted and len(row) < dialect.width
    wordy = len(filled[0].split()) >= _WORDY
    return noted or (len(row) == 1 and (wordy or dialect.width >= _WORDY))


def with_ending(dialect: Dialect, watch: Watch, tail: Sequence[Sequence[str]]) -> Dialect:
    """Give the dialect with the table's end, told from its last rows if no other table follows."""
    if _may_repeat(watch.titles, dialect):
        dialect = replace(dialect, repeats=tuple(watch.titles))
    if watch.last_row is not None:
        return replace(dialect, last_row=watch.last_row)
    notes = find_footer(tail, dialect)
    return replace(dialect, last_row=watch.rows - notes) if notes else dialect


def _may_repeat(titles: Sequence[str], dialect: Dialect) -> bool:
    """Whether a row that equals the titles cannot well be data."""
    if len(titles) != dialect.width or dialect.header_rows > 1 or dialect.width <= 1:
        return False
    above = zip(titles, dialect.kinds or [""] * len(titles), strict=True)
    typed = any(kind in STRONG and type_of(title) not in STRONG for title, kind in above)
    return typed or (len(set(titles)) == len(titles) >= _WORDY and all(map(str.strip, titles)))


def _rows_at(path: Path, place: int, dialect: Dialect) -> Iterator[list[str]]:
    cut, blank = cell_cutter(dialect), dialect.blank
    for record in cut_range(path, place, place + _WINDOW_BYTES, dialect):
        if record.text.strip(blank):
            yield cut(record.text)
