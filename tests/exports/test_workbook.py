"""Workbooks hold text and nothing else, and come out the same at any time of day."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from pipeline.exports import workbook
from pipeline.exports.columns import COLUMNS
from pipeline.normalize.formulas import unguard_formula
from tests.exports.rows import lead_row, write


def _rows(content: bytes, sheet: int = 0) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return book.get_sheet_by_index(sheet).to_python()


def test_a_workbook_holds_text_only_and_no_formula() -> None:
    header, row = _rows(write("xlsx", lead_row(phone="0041 44 668 18 00", source="007")))
    assert header == [*COLUMNS, "Industry", "custom:source"]
    lead = dict(zip(header, row, strict=True))
    assert (lead["id"], lead["phone"], lead["source"]) == ("7", "0041 44 668 18 00", "007")
    assert (lead["company"], lead["title"]) == ("", "'=cmd|' /C calc'!A0")
    assert lead["other_emails"] == "a@example.com; b@example.com"
    assert b"<f>" not in _sheet(write("xlsx", lead_row()))


def test_the_header_stays_in_sight_and_filters() -> None:
    sheet = _sheet(write("xlsx", lead_row(), lead_row())).decode()
    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A1:O3"/>' in sheet
    assert re.search(r'<c r="A1" s="2" ', sheet)


def test_an_export_without_leads_is_a_header() -> None:
    assert _rows(write("xlsx", custom=())) == [list(COLUMNS)]


def test_the_same_leads_give_the_same_bytes() -> None:
    content = write("xlsx", lead_row())
    assert content == write("xlsx", lead_row())
    with ZipFile(BytesIO(content)) as book:
        assert book.testzip() is None
        assert {info.date_time for info in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_a_sheet_has_no_room_for_goes_to_a_further_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    leads = [lead_row(id=number) for number in range(5)]
    monkeypatch.setattr(workbook, "MAX_ROWS", 3)
    content = write("xlsx", *leads)
    assert CalamineWorkbook.from_filelike(BytesIO(content)).sheet_names == [
        *("Leads", "Leads 2", "Leads 3")
    ]
    sheets = [_rows(content, number) for number in range(3)]
    assert [[row[0] for row in rows] for rows in sheets] == [
        *(["id", "0", "1"], ["id", "2", "3"], ["id", "4"])
    ]


# Two code points are no characters: XML cannot hold them, and no reader gives them back.
TEXT = st.text(
    st.characters(codec="utf-8", exclude_characters="\ufffe\uffff"), min_size=1, max_size=30
) | st.text("_x041FEf&<>\"' \t\n\r=+-@\x00\x01", min_size=1, max_size=12)


@given(TEXT)
def test_every_text_comes_back(text: str) -> None:
    _, row = _rows(write("xlsx", lead_row(name=text), custom=()))
    assert unguard_formula(str(row[1])) == text


def _sheet(content: bytes) -> bytes:
    with ZipFile(BytesIO(content)) as book:
        return book.read("xl/worksheets/sheet1.xml")
