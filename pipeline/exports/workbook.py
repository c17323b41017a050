"""Leads as a workbook of Excel (XLSX), written in one go as they are read.

Every cell is text, so that no phone, id or leading zero turns into a number. Formulas bear the
apostrophe they have in CSV: a workbook runs no text, but saved as CSV it would revive them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from typing import IO, cast
from zipfile import ZIP_DEFLATED, ZipFile

from pipeline.exports import workbook_parts as parts
from pipeline.exports.cells import header_cells, lead_cells
from pipeline.exports.columns import Batches

MAX_ROWS = 1_048_576
"""The rows of a sheet, its header included; more leads go to further sheets."""

MAX_COLUMNS = 16_384
MAX_CHARACTERS = 32_767
MAX_TEXT = 1 << 29
"""After so many characters of XML a further sheet begins: a plain zip file's parts end at 2 GiB."""

Cells = Sequence[Sequence[str | None]]
"""Rows of cells, each as wide as the header; None and "" are blank."""

_LEVEL = 1  # of compression: far quicker than the usual 6, and hardly larger
_is_special = re.compile(r"[\x00-\x1f&<>_\ufffe\uffff]").search
_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")


def write_workbook(batches: Batches, custom: Sequence[str] = ()) -> Iterator[bytes]:
    """Give the file as it grows. The same leads give the same bytes, at any time of day."""
    rows = (list(lead_cells(leads, custom)) for leads in batches)
    return write_cells(header_cells(custom), rows)


def write_cells(names: Sequence[str], batches: Iterable[Cells]) -> Iterator[bytes]:
    """Give a workbook of any cells under these names, all of them text, as it grows."""
    pipe = _Pipe()
    with ZipFile(cast("IO[bytes]", pipe), "w", ZIP_DEFLATED, compresslevel=_LEVEL) as book:
        _add(book, "[Content_Types].xml", parts.CONTENT_TYPES)
        _add(book, "_rels/.rels", parts.ROOT)
        _add(book, "xl/styles.xml", parts.STYLES)
        with closing(_Sheets(book, names)) as sheets:
            for rows in batches:
                sheets.write(rows)
                yield pipe.take()
        _add(book, "xl/workbook.xml", parts.workbook(len(names), sheets.rows))
        links = parts.workbook_relationships(len(sheets.rows))
        _add(book, "xl/_rels/workbook.xml.rels", links)
    yield pipe.take()


class _Pipe:
    """Takes what the zip file writes, until it is taken on."""

    def __init__(self) -> None:
        self._chunks: list[bytes] = []

    def write(self, chunk: bytes) -> int:
        self._chunks.append(chunk)
        return len(chunk)

    def flush(self) -> None:
        """Do nothing: every chunk is there already."""

    def take(self) -> bytes:
        taken, self._chunks = b"".join(self._chunks), []
        return taken


class _Sheets:
    """The sheets, one after the other; ``rows`` counts those of each, its header included."""

    def __init__(self, book: ZipFile, names: Sequence[str]) -> None:
        self.rows: list[int] = []
        self._book = book
        self._names = names
        self._letters = [parts.column_letters(place) for place in range(len(names))]
        self._begin()

    def write(self, rows: Cells) -> None:
        """Write rows, in a further sheet if this one has no room for them."""
        if self.rows[-1] + len(rows) > MAX_ROWS or self._written > MAX_TEXT:
            self.close()
            self._begin()
        self._put("".join(self._xml(rows, parts.TEXT_STYLE)))

    def close(self) -> None:
        """End the last sheet."""
        self._put(parts.sheet_foot(len(self._names), self.rows[-1]))
        self._file.close()

    def _begin(self) -> None:
        self.rows.append(0)
        self._written = 0
        self._file = self._book.open(parts.sheet_path(len(self.rows)), "w")
        self._put(parts.sheet_head(self._names))
        self._put("".join(self._xml([self._names], parts.HEADER_STYLE)))

    def _put(self, text: str) -> None:
        self._written += len(text)
        self._file.write(text.encode())

    def _xml(self, rows: Iterable[Sequence[str | None]], style: int) -> Iterator[str]:
        head, end = f'" s="{style}" t="inlineStr"><is><t xml:space="preserve">', "</t></is></c>"
        letters, number = self._letters, self.rows[-1]
        for number, row in enumerate(rows, start=number + 1):  # noqa: B020 - goes on from there
            cells = [
                f'<c r="{letter}{number}{head}{_escape(text) if _is_special(text) else text}{end}'
                for letter, text in zip(letters, row, strict=True)
                if text
            ]
            yield f'<row r="{number}">{"".join(cells)}</row>'
        self.rows[-1] = number


def _escape(text: str) -> str:
    """Escape for XML, and in Excel's own way (``_x0001_``) what XML cannot hold."""
    coded = _CODED.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return coded.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _add(book: ZipFile, path: str, text: str) -> None:
    # Opened by name, so that the part bears the zip format's first day and not today's.
    with book.open(path, "w") as part:
        part.write(text.encode())
