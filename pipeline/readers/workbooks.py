"""Workbooks of any format: one sheet's rows as text."""

import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from pipeline.errors import UnreadableFile
from pipeline.readers.foreign_sheets import open_foreign_sheet
from pipeline.readers.sheet_choice import Book, OpenSheet, choose_sheet, read_table
from pipeline.readers.signatures import raise_if_disk
from pipeline.readers.tables import TableCopy
from pipeline.readers.xlsx import XlsxBook
from pipeline.readers.xlsx_texts import UnusualXml
from pipeline.readers.xml_sheets import XmlBook

WORKBOOKS = frozenset({"xlsx", "xlsb", "xls", "ods", "xml"})
_BROKEN = (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError)


@dataclass(frozen=True, slots=True)
class CopiedSheet:
    """The sheet that was copied, and the names of all of the workbook."""

    sheet: str
    sheets: tuple[str, ...]


def copy_sheet(path: Path, target: Path, kind: str, wanted: str = "") -> CopiedSheet:
    """Copy a sheet's rows to ``target`` as plain CSV: the one ``wanted``, else the first table.

    Raises:
        UnreadableFile: the workbook is damaged or protected, or holds no table.
        InvalidInput: it has no such sheet.
    """
    try:
        return _copy(target, open_sheet(path, kind, wanted))
    except UnusualXml:
        return _copy(target, open_foreign_sheet(path, kind, wanted))


@contextmanager
def open_sheet(path: Path, kind: str, wanted: str = "") -> Iterator[OpenSheet]:
    """Open a sheet of a workbook; an empty row stands for any number of them.

    Raises:
        UnreadableFile: the workbook is damaged or protected, or holds no table.
        InvalidInput: it has no such sheet.
        UnusualXml: an XLSX turns out to need :func:`open_foreign_sheet`.
    """
    if kind == "xml":
        yield _open_book(XmlBook(path), wanted)
        return
    if kind != "xlsx":
        with open_foreign_sheet(path, kind, wanted) as sheet:
            yield sheet
        return
    try:
        with ZipFile(path) as archive:
            yield _open_book(XlsxBook(archive), wanted)
    except (LookupError, ValueError):
        # A part, or a shared string, that is not there, or has no number.
        raise UnusualXml("missing") from None
    except _BROKEN as error:
        raise_if_disk(error)
        raise UnreadableFile(
            f"The workbook is damaged or cut off ({error}): save or download it again."
        ) from None


def _open_book(book: Book, wanted: str) -> OpenSheet:
    chosen = choose_sheet(book, wanted)
    return OpenSheet(chosen, book.sheets, read_table(book, chosen))


def _copy(target: Path, opened: AbstractContextManager[OpenSheet]) -> CopiedSheet:
    with opened as sheet, TableCopy(target) as copy:
        copy.write_all(sheet.rows)
    return CopiedSheet(sheet.chosen.name, tuple(one.name for one in sheet.sheets))
