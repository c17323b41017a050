"""Tables in web pages, which many systems save as ``.xls``."""

import codecs
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.errors import UnreadableFile
from pipeline.readers.encoding import FALLBACK, Encoding
from pipeline.readers.tables import TableCopy

MAX_BYTES = 64 << 20
MAX_SPAN = 200

_RESAVE = "open it in a spreadsheet and save it as CSV UTF-8 or .xlsx"
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]*charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NO_SPANS: Mapping[int, int] = MappingProxyType({})


def copy_page(source: Path, target: Path, given: str = "") -> Encoding:
    """Copy the largest table of a page to ``target`` as plain CSV; give the page's encoding.

    Raises:
        UnreadableFile: the page is too large or holds no table.
    """
    if source.stat().st_size > MAX_BYTES:
        raise UnreadableFile(f"The file is a web page over {MAX_BYTES:,} bytes: {_RESAVE}.")
    content = source.read_bytes()
    encoding = Encoding(given) if given else _detect(content)
    text = _BREAK.sub("\n", content.decode(encoding.name, errors="replace"))
    with TableCopy(target) as copy:
        copy.write_all(_rows(_largest_table(text)))
    return encoding


def _detect(content: bytes) -> Encoding:
    if content.startswith(_UTF16):
        return Encoding("utf-16")
    if declared := _CHARSET.search(content[:4_096]):
        name = declared[1].decode()
        try:
            # What does not hold is no better than no declaration.
            content.decode(name)
            return Encoding(codecs.lookup(name).name)
        except (LookupError, ValueError):
            pass
    try:
        content.decode()
    except UnicodeDecodeError:
        return Encoding(FALLBACK, guessed=True)
    return Encoding("utf-8-sig")


def _largest_table(text: str) -> LexborNode:
    # Tables around tables only lay out the page.
    found = LexborHTMLParser(text).css("table")
    tables = [table for table in found if len(table.css("table")) == 1]
    if not tables:
        raise UnreadableFile(f"The file is a web page or XML without a table: {_RESAVE}.")
    return max(tables, key=lambda table: len(table.css("tr")))


def _rows(table: LexborNode) -> Iterator[list[str]]:
    spans: Mapping[int, int] = _NO_SPANS
    for row in table.css("tr"):
        cells: list[str] = []
        below: dict[int, int] = {}
        for cell in row.css("td, th"):
            _pass_over(cells, spans, below)
            rows, columns = _span(cell, "rowspan"), _span(cell, "colspan")
            if rows > 1:
                below.update(dict.fromkeys(range(len(cells), len(cells) + columns), rows - 1))
            text = cell.text(separator="")
            cells += [" ".join(text.split()), *[""] * (columns - 1)]
        _pass_over(cells, spans, below)
        spans = below
        yield cells


def _pass_over(cells: list[str], spans: Mapping[int, int], below: dict[int, int]) -> None:
    """Leave the places blank into which cells of the rows above reach."""
    while left := spans.get(len(cells)):
        if left > 1:
            below[len(cells)] = left - 1
        cells.append("")


def _span(cell: LexborNode, name: str) -> int:
    text = (cell.attributes.get(name) or "1").strip()
    return min(max(1, int(text)), MAX_SPAN) if text.isdecimal() else 1
