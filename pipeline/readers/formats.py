"""Formats: the table of any file that is no archive, copied into plain UTF-8 text."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.readers.dialect import Dialect
from pipeline.readers.encoding import Encoding, detect_encoding, require_encoding, transcode
from pipeline.readers.html_tables import copy_page
from pipeline.readers.json_lines import copy_json
from pipeline.readers.signatures import detect_format
from pipeline.readers.vcards import copy_cards
from pipeline.readers.workbooks import WORKBOOKS, copy_sheet

RECORDS = {"jsonl": copy_json, "vcard": copy_cards}
UTF8 = Encoding("utf-8")


@dataclass(frozen=True, slots=True)
class Copied:
    """What a table's copy came to.

    ``is_plain`` tells that it is plain CSV, whatever the file was; ``dialect`` is known where the
    copy has been given a header.
    """

    format: str
    encoding: Encoding = UTF8
    undecodable: int = 0
    is_plain: bool = True
    dialect: Dialect | None = None
    sheet: str = ""
    sheets: tuple[str, ...] = ()


def copy_table(source: Path, target: Path, reading: Mapping[str, Any]) -> Copied:
    """Copy the table of a file to ``target``. ``reading`` holds what a person chose.

    Raises:
        UnreadableFile: the file is no table; the text says what it seems to be and what to do.
    """
    kind = detect_format(source)
    if kind in WORKBOOKS:
        sheet = copy_sheet(source, target, kind, str(reading.get("sheet") or ""))
        return Copied(kind, sheet=sheet.sheet, sheets=sheet.sheets)
    given = str(reading.get("encoding") or "")
    if kind == "html":
        return Copied(kind, copy_page(source, target, given and require_encoding(given)))
    encoding = Encoding(require_encoding(given)) if given else detect_encoding(source)
    if kind in RECORDS:
        RECORDS[kind](source, target, encoding.name)
        return Copied(kind, encoding, dialect=Dialect())
    copied = transcode(source, target, encoding.name)
    return Copied(kind, encoding, copied.undecodable, is_plain=False)
