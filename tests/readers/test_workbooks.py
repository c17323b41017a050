"""Workbooks of every format become the table a person sees, digit by digit."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from pipeline.errors import InvalidInput, UnreadableFile
from tests.readers.prepared import read_cells, read_file
from tests.readers.workbook_files import MAKERS, Rows, make_xlsx, make_xlsx_of

PEOPLE: Rows = [
    ["Name", "Phone", "Email", "Score"],
    ["Zoë", 447912345678.0, "zoe@x.com", 1.5],
    ["Bob", "0044 7912 345678", "", -3.0],
    ["李", "+44 7912", "li@x.com", 0.1 + 0.2],
]


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_the_first_table_of_a_workbook_is_read_whatever_its_format(
    tmp_path: Path, kind: str
) -> None:
    content = MAKERS[kind]({"Cover": [["Our best leads"], ["of May"]], "People": PEOPLE})
    plan, found = read_file(tmp_path, content)
    assert (plan.format, plan.sheet, plan.sheets) == (kind, "People", ("Cover", "People"))
    assert [dict(one.raw) for one in found] == [
        {"Name": "Zoë", "Phone": "447912345678", "Email": "zoe@x.com", "Score": "1.5"},
        {"Name": "Bob", "Phone": "0044 7912 345678", "Score": "-3"},
        {"Name": "李", "Phone": "+44 7912", "Email": "li@x.com", "Score": "0.3"},
    ]
    assert found[0].emails == ["zoe@x.com"]


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_a_person_may_choose_the_sheet(tmp_path: Path, kind: str) -> None:
    other = [["Firm", "Mail"], ["Acme", "a@acme.com"]]
    content = MAKERS[kind]({"People": PEOPLE, "Firms": other})
    assert read_cells(tmp_path, content, {"sheet": "firms"}) == [
        {"Firm": "Acme", "Mail": "a@acme.com"}
    ]
    with pytest.raises(InvalidInput, match=r"no sheet 'Cars'\. It has: People, Firms"):
        read_file(tmp_path, content, {"sheet": "Cars"})


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_a_workbook_without_anything_is_refused(tmp_path: Path, kind: str) -> None:
    with pytest.raises(UnreadableFile, match="No sheet of the workbook holds anything"):
        read_file(tmp_path, MAKERS[kind]({"Empty": []}))


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_what_stands_above_the_header_is_passed_over(tmp_path: Path, kind: str) -> None:
    rows: Rows = [["Report of May"], [], *PEOPLE]
    assert len(read_cells(tmp_path, MAKERS[kind]({"People": rows}))) == 3


def _typed(tmp_path: Path) -> bytes:
    path = tmp_path / "made.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()

        def put(row: int, value: object, number_format: str = "General") -> None:
            sheet.write(row, 0, f"row {row}")
            sheet.write(row, 1, value, book.add_format({"num_format": number_format}))

        sheet.write_row(0, 0, ["What", "Value"])
        put(1, date(2026, 5, 1), "dd.mm.yyyy")
        put(2, datetime(2026, 5, 1, 12, 30), "yyyy-mm-dd hh:mm")  # noqa: DTZ001 - as in a cell
        put(3, time(12, 30), "hh:mm")
        put(4, timedelta(hours=30), "[h]:mm")
        put(5, True)
        put(6, 1234, "00000")
        put(7, 447912345678, '"+"0')
        put(8, 0.15, "0%")
        put(9, 1e21)
        put(10, 1e-7)
        put(11, 1234567.891, "#,##0.00")
        put(12, "  kept  ")
        put(13, "two\nlines\rand_x000D_more")
        put(14, "<b> & 'q' \"d\"")
        sheet.write(15, 0, "row 15")
        sheet.write_formula(15, 1, "=1/0", None, "#DIV/0!")
        sheet.write(16, 0, "row 16")
        sheet.write_formula(16, 1, '="a"&"b"', None, "ab")
        sheet.write(17, 0, "row 17")
        sheet.write_rich_string(17, 1, "rich ", book.add_format({"bold": True}), "bold", " text")
        sheet.merge_range(18, 0, 19, 0, "row 18")
        sheet.write(18, 1, "merged")
        sheet.write(19, 1, "below")
    return path.read_bytes()


def test_every_type_of_cell_becomes_text_without_loss(tmp_path: Path) -> None:
    content = _typed(tmp_path)
    (tmp_path / "made.xlsx").unlink()
    found = {
        cells.get("What", ""): cells.get("Value", "") for cells in read_cells(tmp_path, content)
    }
    assert list(found.values()) == [
        "2026-05-01",
        "2026-05-01T12:30:00",
        "12:30:00",
        "30:00:00",
        "TRUE",
        "01234",
        "+447912345678",
        "0.15",
        "1000000000000000000000",
        "0.0000001",
        "1234567.891",
        "  kept  ",
        "two\nlines\rand_x000D_more",
        "<b> & 'q' \"d\"",
        "",
        "ab",
        "rich bold text",
        "merged",
        "below",
    ]


def test_a_hidden_sheet_is_read_only_if_no_other_holds_anything(tmp_path: Path) -> None:
    path = tmp_path / "made.xlsx"
    with xlsxwriter.Workbook(path) as book:
        hidden, shown = book.add_worksheet("Hidden"), book.add_worksheet("Shown")
        hidden.hide()
        shown.activate()
        shown.set_first_sheet()
        for sheet in (hidden, shown):
            sheet.write_row(0, 0, ["Name", "Email"])
            sheet.write_row(1, 0, [sheet.name, "a@x.com"])
    content = path.read_bytes()
    path.unlink()
    assert read_cells(tmp_path, content)[0]["Name"] == "Shown"
    assert read_cells(tmp_path, content, {"sheet": "Hidden"})[0]["Name"] == "Hidden"


def test_a_stray_cell_far_away_costs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "made.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Name", "Email"])
        sheet.write_row(1, 0, ["Ann", "ann@x.com"])
        sheet.write(1_048_575, 16_383, "stray")
    content = path.read_bytes()
    path.unlink()
    assert read_cells(tmp_path, content)[0] == {"Name": "Ann", "Email": "ann@x.com"}


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}'
END = "</sheetData></worksheet>"


NAMES = '<row r="1"><c r="A1" t="str"><v>Name</v></c><c r="B1" t="str"><v>Email</v></c></row>'
WRITTEN = {
    "without addresses": (
        '<row><c t="inlineStr"><is><t>Name</t></is></c><c t="inlineStr"><is><t>Email</t></is></c>'
        '</row><row><c t="inlineStr"><is><t>Ann</t></is></c><c t="str"><v>a@x.com</v></c></row>'
    ),
    "with formulas": (
        f'{NAMES}<row r="2"><c r="A2" t="str"><f>"A"</f><v>Ann</v></c>'
        '<c r="B2" t="str"><f t="shared" si="0"/><v>a@x.com</v></c></row>'
    ),
    "attributes in another order": (
        f'{NAMES}<row r="2"><c t="str" r="A2"><v>Ann</v></c>'
        '<c t="str" r="B2"><v>a@x.com</v></c></row>'
    ),
    "single quotes": (
        f"{NAMES}<row r='2'><c r='A2' t='str'><v>Ann</v></c>"
        "<c r='B2' t='str'><v>a@x.com</v></c></row>"
    ),
    "raw sections and comments": (
        f'<!-- <c> -->{NAMES}<row r="2"><c r="A2" t="str"><v>Ann</v></c><c r="B2" t="str">'
        "<v><![CDATA[a@x.com]]></v></c></row>"
    ),
    "indented": (
        f'{NAMES}\n<row r="2">\n <c r="A2" t="str">\n  <v>Ann</v>\n </c>\n <c r="B2" t="str">\n'
        "  <v>a@x.com</v>\n </c>\n</row>"
    ),
    "shared strings": (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
        '<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" t="s"><v>3</v></c><c r="C2" s="1"/></row>'
    ),
}
STRINGS = (
    "<sst><si><t>Name</t></si><si><r><t>Em</t></r><r><t>ail</t></r></si><si><t>Ann</t>"
    '<rPh sb="0" eb="1"><t>no</t></rPh></si><si><t xml:space="preserve">a@x.com</t></si></sst>'
)


@pytest.mark.parametrize("rows", WRITTEN.values(), ids=WRITTEN)
def test_sheets_are_read_however_their_xml_is_written(tmp_path: Path, rows: str) -> None:
    content = make_xlsx_of(SHEET.format(rows) + END, STRINGS)
    assert read_cells(tmp_path, content) == [{"Name": "Ann", "Email": "a@x.com"}]


def test_numbers_keep_all_the_digits_their_xml_has(tmp_path: Path) -> None:
    cells = "".join(f"<c><v>{value}</v></c>" for value in ("12345678901234567890", "4.47912E+11"))
    rows = f'<row><c t="str"><v>Id</v></c><c t="str"><v>Phone</v></c></row><row>{cells}</row>'
    assert read_cells(tmp_path, make_xlsx_of(SHEET.format(rows) + END)) == [
        {"Id": "12345678901234567890", "Phone": "447912000000"}
    ]


def test_a_sheet_that_ends_too_early_is_refused(tmp_path: Path) -> None:
    rows = '<row><c t="str"><v>Name</v></c></row><row><c t="str"><v>Ann</v></c></row>'
    with pytest.raises(UnreadableFile, match="damaged"):
        read_file(tmp_path, make_xlsx_of(SHEET.format(rows)))


def test_a_protected_workbook_is_refused_with_what_to_do(tmp_path: Path) -> None:
    stream = "EncryptedPackage".encode("utf-16-le")
    content = MAKERS["xls"]({"People": PEOPLE}) + stream
    with pytest.raises(UnreadableFile, match=r"password.*remove the password"):
        read_file(tmp_path, content)


def test_rows_over_very_many_lines_stay_one_row(tmp_path: Path) -> None:
    rows: Rows = [["Name", "Email", "Notes"], ["Ann", "a@x.com", "\n".join("abcdef" * 400)]]
    found = read_cells(tmp_path, make_xlsx({"People": [*rows, ["Bob", "b@x.com", "x"]]}))
    assert [cells["Name"] for cells in found] == ["Ann", "Bob"]
    assert found[0]["Notes"].startswith("a b c")
