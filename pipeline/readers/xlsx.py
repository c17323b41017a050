"""XLSX read as a stream: row after row, in constant memory but for the shared strings.

It reads the XML as spreadsheets and libraries write it. Whatever is different raises
:class:`UnusualXml`, and a full parser is asked instead: nothing is ever skipped or guessed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError, XMLParser
from zipfile import ZipFile

from pipeline.readers.cell_values import FALSE, TRUE, number_text
from pipeline.readers.number_formats import Show, show_numbers
from pipeline.readers.sheet_choice import SheetName
from pipeline.readers.xlsx_texts import (
    UnusualXml,
    iter_pieces,
    plain_text,
    read_shared_strings,
    rich_text,
)

MAX_COLUMNS = 1 << 14
MAX_PART = 64 << 20
BOOK = "xl/workbook.xml"

_CELLS = re.compile(
    r'<c(?: r="([A-Z]{1,3})[0-9]+")?([^>/]*)(?:>'
    r"(?:<f[^>]*?(?:/>|>[^<]*</f>))?"
    r"(?:<v(?:>| [^>]*>)([^<]*)</v>|<v/>|<is>(.*?)</is>)?</c>|/>)",
    re.DOTALL,
).findall
_SIMPLE_CELLS = re.compile(
    r'<c r="([A-Z]{1,3})[0-9]+"([^>/]*)(?:>(?:<v>([^<]*)</v>|<is>(.*?)</is>)?</c>|/>)', re.DOTALL
).findall
"""The cells without formulas, a third quicker; what it finds is the same."""
_ROW = re.compile(r'<row[^>]*? r="(\d+)"').search
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')


class XlsxBook:
    """A workbook whose sheets are read as streams."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._book = self._parse(BOOK)
        self._parts = dict(self._find_parts())

    @property
    def sheets(self) -> list[SheetName]:
        """The sheets with cells, in order."""
        found = []
        for sheet in _find(self._book, "sheet"):
            ids = [value for name, value in sheet.items() if name.endswith("}id")]
            kind, part = self._parts.get(ids[0] if ids else "", ("", ""))
            if kind == "worksheet":
                hidden = sheet.get("state", "visible") != "visible"
                found.append(SheetName(sheet.get("name", ""), part, hidden))
        return found

    def read_rows(self, sheet: SheetName) -> Iterator[list[str]]:
        """Give a sheet's rows; one empty list stands for any number of empty rows.

        Raises:
            UnusualXml: the sheet is not as spreadsheets write it, or ends too early.
        """
        layouts = _Layouts(self._styles)
        last = 0
        for piece in self._pieces(sheet.place):
            for xml in piece.split("</row>"):
                cells = _SIMPLE_CELLS(xml)
                if len(cells) != xml.count("<c"):
                    cells = _require_cells(xml)
                if not cells:
                    continue
                given = _ROW(xml)
                number = int(given[1]) if given else last + 1
                row = self._row(cells, layouts)
                filled = any(row)
                if number > last + 1 or not filled:
                    yield []
                if filled:
                    yield row
                last = number

    def _row(self, cells: list[tuple[str, str, str, str]], layouts: "_Layouts") -> list[str]:
        columns, attributes, values, inlines = zip(*cells, strict=True)
        layout, strings, shared = layouts.find(columns, attributes), self._strings, _SHARED
        if any(inlines):
            values = tuple(map("".join, zip(values, inlines, strict=True)))
        texts = [
            strings[int(value)]
            if kind is shared
            else kind(value)
            if kind is not None
            else value
            if value.isdigit()
            else number_text(value)
            for kind, value in zip(layout.kinds, values, strict=True)
        ]
        if layout.places is None:
            return texts
        row = [""] * (layout.places[-1] + 1)
        for place, text in zip(layout.places, texts, strict=True):
            row[place] = text
        return row

    def _pieces(self, part: str) -> Iterator[str]:
        began = ended = False
        with self._archive.open(part) as file:
            for piece in iter_pieces(file, "</row>"):
                began = began or "<sheetData" in piece
                ended = ended or "</sheetData>" in piece or "<sheetData/>" in piece
                yield piece
        if not (began and ended):
            raise UnusualXml("sheetData")

    @cached_property
    def _strings(self) -> Sequence[str]:
        part = self._part_of("sharedStrings")
        if part is None:
            return ()
        with self._archive.open(part) as file:
            return read_shared_strings(file)

    @cached_property
    def _styles(self) -> list[Show | None]:
        """How the numbers of each cell style are shown."""
        part = self._part_of("styles")
        if part is None:
            return []
        root = self._parse(part)
        codes = {one.get("numFmtId"): one.get("formatCode", "") for one in _find(root, "numFmt")}
        flags = [one.get("date1904", "0") for one in _find(self._book, "workbookPr")]
        from_1904 = flags[:1] in (["1"], ["true"])
        ids = [one.get("numFmtId", "0") for styles in _find(root, "cellXfs") for one in styles]
        return [show_numbers(int(i), codes.get(i, ""), from_1904=from_1904) for i in ids]

    def _part_of(self, kind: str) -> str | None:
        return next((part for found, part in self._parts.values() if found == kind), None)

    def _find_parts(self) -> Iterator[tuple[str, tuple[str, str]]]:
        for one in self._parse("xl/_rels/workbook.xml.rels"):
            target = one.get("Target", "")
            part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            yield one.get("Id", ""), (one.get("Type", "").rpartition("/")[2], part)

    def _parse(self, part: str) -> Element:
        try:
            if self._archive.getinfo(part).file_size > MAX_PART:
                raise UnusualXml(part)
            parser = XMLParser()  # noqa: S314 - expat itself bounds the growth of entities
            parser.feed(self._archive.read(part))
            return parser.close()
        except (KeyError, ParseError, LookupError):
            raise UnusualXml(part) from None


def _require_cells(xml: str) -> list[tuple[str, str, str, str]]:
    cells = _CELLS(xml)
    if len(cells) != xml.count("<c ") + xml.count("<c>"):
        raise UnusualXml("cell")
    return cells


def _shared(_: str) -> str:
    raise AssertionError


_SHARED: Show = _shared
_BY_TYPE: Mapping[str, Show] = {
    "s": _SHARED,
    "str": plain_text,
    "inlineStr": rich_text,
    "b": lambda value: TRUE if value in {"1", "true"} else FALSE,
    "e": lambda _: "",
    "d": lambda value: value.removesuffix("Z").removesuffix("T00:00:00"),
}


class _Layout(NamedTuple):
    """Where the cells of a row stand (None: side by side from the first), and their kinds."""

    places: list[int] | None
    kinds: list[Show | None]


class _Layouts:
    """The layouts of rows, by the columns and attributes of their cells: most are alike."""

    def __init__(self, styles: Sequence[Show | None]) -> None:
        self._kinds, self._places = _Kinds(styles), _Places()
        self._key: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        self._layout = _Layout(None, [])

    def find(self, columns: tuple[str, ...], attributes: tuple[str, ...]) -> _Layout:
        key = (columns, attributes)
        if key != self._key:
            places: list[int] = []
            for column in columns:
                before = places[-1] if places else -1
                places.append(self._places[column] if column else before + 1)
                if places[-1] <= before:
                    raise UnusualXml("order")
            together = places[-1] == len(places) - 1
            kinds = [self._kinds[one] for one in attributes]
            self._key, self._layout = key, _Layout(None if together else places, kinds)
        return self._layout


class _Kinds(dict[str, Show | None]):
    """How a cell's value is shown, by the attributes of the cell."""

    def __init__(self, styles: Sequence[Show | None]) -> None:
        self._styles = styles

    def __missing__(self, attributes: str) -> Show | None:
        found = dict(_ATTRIBUTE.findall(attributes))
        rest = _ATTRIBUTE.sub("", attributes).strip()
        if "r" in found or rest:
            raise UnusualXml("attributes")
        kind = found.get("t", "n")
        if kind == "n":
            style = int(found.get("s", "0"))
            self[attributes] = self._styles[style] if style < len(self._styles) else None
        elif kind in _BY_TYPE:
            self[attributes] = _BY_TYPE[kind]
        else:
            raise UnusualXml(kind)
        return self[attributes]


class _Places(dict[str, int]):
    """The place of a column by its letters; A is 0."""

    def __missing__(self, letters: str) -> int:
        place = 0
        for letter in letters:
            place = place * 26 + ord(letter) - ord("A") + 1
        if place > MAX_COLUMNS:
            raise UnusualXml(letters)
        self[letters] = place - 1
        return place - 1


def _find(root: Element, name: str) -> Iterator[Element]:
    """Find elements by their local name: strict workbooks have other namespaces."""
    return (one for one in root.iter() if isinstance(one.tag, str) and one.tag.endswith("}" + name))
