"""What many systems save as ``.xls``: web pages, XML of Excel 2003, tab-separated text."""

from pathlib import Path

import pytest

from tests.readers.prepared import read_cells, read_file

FOUND = [{"Name": "Zoë", "Phone": "00447912345678"}, {"Name": "Bob", "Phone": "+44 7912"}]
PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv=Content-Type content="text/html; charset={}"></head><body>
<table><tr><td><table border=1><tr><th>Name</th><th>Phone</th></tr>
<tr><td>Zoë</td><td x:str>00447912345678</td></tr>
<tr><td>Bob<td style='mso-number-format:"\\@"'>+44 <b>7912</b></table></td></tr></table>"""


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "utf-16"])
def test_the_largest_innermost_table_of_a_page_is_read(tmp_path: Path, encoding: str) -> None:
    plan, found = read_file(tmp_path, PAGE.format(encoding).encode(encoding))
    assert plan.format == "html"
    assert [dict(one.raw) for one in found] == FOUND


def test_cells_over_several_rows_and_columns_keep_the_others_in_their_columns(
    tmp_path: Path,
) -> None:
    page = b"""<table><tr><th>Firm<th>Name<th>Team<th>Email<tr><td rowspan=2>Acme<td colspan="2">Ann
    <td>ann@acme.com<tr><td>Bob<td>B<td>bob@acme.com<tr><td>Other<td>Cy<td>C<td>cy@x.com</table>"""
    assert read_cells(tmp_path, page) == [
        {"Firm": "Acme", "Name": "Ann", "Email": "ann@acme.com"},
        {"Name": "Bob", "Team": "B", "Email": "bob@acme.com"},
        {"Firm": "Other", "Name": "Cy", "Team": "C", "Email": "cy@x.com"},
    ]


def test_the_xml_of_excel_2003_is_read_like_any_workbook(tmp_path: Path) -> None:
    name = 'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    rows = "".join(
        f'<Row><Cell><Data ss:Type="String">{a}</Data></Cell><Cell ss:Index="3"><Data'
        f' ss:Type="{kind}">{b}</Data></Cell></Row>'
        for a, b, kind in [
            ("Name", "Phone", "String"),
            ("Zoë", "4.47912345678E+11", "Number"),
            ("Bob", "2026-05-01T00:00:00.000", "DateTime"),
            ("Cy", "1", "Boolean"),
            ("Di", "#N/A", "Error"),
        ]
    )
    sheets = (
        f'<Worksheet ss:Name="Empty"/><Worksheet ss:Name="People"><Table>{rows}</Table></Worksheet>'
    )
    text = f'<?xml version="1.0"?><Workbook {name[:5]}{name[8:]} {name}>{sheets}</Workbook>'
    plan, found = read_file(tmp_path, text.encode())
    assert (plan.format, plan.sheet, plan.sheets) == ("xml", "People", ("Empty", "People"))
    assert [one.raw.get("Phone", "") for one in found] == ["447912345678", "2026-05-01", "TRUE", ""]


def test_tab_separated_text_is_read_for_what_it_is(tmp_path: Path) -> None:
    text = "Name\tPhone\nZoë\t00447912345678\nBob\t+44 7912\n"
    plan, found = read_file(tmp_path, text.encode("utf-16"))
    assert (plan.format, plan.dialect.delimiter) == ("csv", "\t")
    assert [dict(one.raw) for one in found] == FOUND
