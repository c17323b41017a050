"""Spreadsheets in the XML of Excel 2003, which many systems save as ``.xls``, as a stream."""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, iterparse

from pipeline.errors import UnreadableFile
from pipeline.readers.cell_values import FALSE, TRUE, number_text
from pipeline.readers.sheet_choice import SheetName

MAX_COLUMNS = 1 << 14
_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"


class XmlBook:
    """A workbook that is one XML file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def sheets(self) -> list[SheetName]:
        """The sheets, in order."""
        found = (one for start, one in self._events() if start and one.tag == f"{_SS}Worksheet")
        return [SheetName(one.get(f"{_SS}Name", ""), str(n)) for n, one in enumerate(found)]

    def read_rows(self, sheet: SheetName) -> Iterator[list[str]]:
        """Give a sheet's rows; an empty list stands for empty rows.

        Raises:
            UnreadableFile: the file is damaged.
        """
        number, last = -1, 0
        table: Element | None = None
        for start, one in self._events():
            if start and one.tag == f"{_SS}Worksheet":
                number, last = number + 1, 0
            elif start and one.tag == f"{_SS}Table":
                table = one
            elif not start and one.tag == f"{_SS}Row":
                if number == int(sheet.place):
                    place, row = _index(one, last + 1), _row(one)
                    if place > last + 1 or not any(row):
                        yield []
                    if any(row):
                        yield row
                    last = place
                if table is not None:
                    # Rows that have been read need not be kept.
                    table.clear()

    def _events(self) -> Iterator[tuple[bool, Element]]:
        try:
            for event, one in iterparse(self._path, ("start", "end")):  # noqa: S314 - expat bounds it
                yield event == "start", one
        except (ParseError, LookupError, ValueError) as error:
            raise UnreadableFile(
                f"The workbook is damaged or cut off ({error}): save or download it again."
            ) from None


def _row(row: Element) -> list[str]:
    cells: list[str] = []
    for cell in row.iterfind(f"{_SS}Cell"):
        place = min(_index(cell, len(cells) + 1), MAX_COLUMNS)
        cells += [""] * (place - 1 - len(cells))
        data = cell.find(f"{_SS}Data")
        cells.append("" if data is None else _text(data))
        across = cell.get(f"{_SS}MergeAcross", "")
        cells += [""] * min(int(across), MAX_COLUMNS) if across.isdecimal() else []
    return cells


def _index(one: Element, usual: int) -> int:
    given = one.get(f"{_SS}Index", "")
    return int(given) if given.isdecimal() else usual


def _text(data: Element) -> str:
    text = "".join(data.itertext())
    match data.get(f"{_SS}Type", "String"):
        case "Number":
            return number_text(text)
        case "Boolean":
            return TRUE if text == "1" else FALSE
        case "DateTime":
            return text.removesuffix(".000").removesuffix("T00:00:00")
        case "Error":
            return ""
    return text
