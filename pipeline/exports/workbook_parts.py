"""The small parts of a workbook: what sheets there are, their styles and their frame."""

from collections.abc import Sequence
from string import ascii_uppercase

SHEET = "Leads"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONSHIPS = f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
_WIDTHS = {"id": 9, "status": 13, "source": 18, "created_at": 28, "updated_at": 28}
_WIDTH = 24

# Sheets are what every other part is: so their number need not be known beforehand.
CONTENT_TYPES = (
    f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
)
ROOT = (
    f'{_RELATIONSHIPS}<Relationship Id="rId1" Type="{_OFFICE}/officeDocument"'
    ' Target="xl/workbook.xml"/></Relationships>'
)
TEXT_STYLE, HEADER_STYLE = 1, 2
"""Cells of text, whatever is typed into them; the same in bold on grey."""

STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2">'
    '<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid">'
    '<fgColor rgb="FFE7EAEE"/><bgColor indexed="64"/></patternFill></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1"'
    ' applyFont="1" applyFill="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


def column_letters(place: int) -> str:
    """Give a column's letters; the first column's place is 0."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = ascii_uppercase[rest] + letters
    return letters


def sheet_path(number: int) -> str:
    """Give the path of a sheet inside the workbook; the first sheet's number is 1."""
    return f"xl/worksheets/sheet{number}.xml"


def sheet_head(names: Sequence[str]) -> str:
    """Give what comes before a sheet's rows: the header stays in sight, columns have widths."""
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{_WIDTHS.get(name, _WIDTH)}"'
        f' style="{TEXT_STYLE}" customWidth="1"/>'
        for place, name in enumerate(names, start=1)
    )
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{columns}</cols><sheetData>"
    )


def sheet_foot(columns: int, rows: int) -> str:
    """Give what comes after: a filter on each column, no warning of numbers that are text."""
    area = f"A1:{column_letters(columns - 1)}{rows}"
    return (
        f'</sheetData><autoFilter ref="{area}"/><ignoredErrors>'
        f'<ignoredError sqref="{area}" numberStoredAsText="1"/></ignoredErrors></worksheet>'
    )


def workbook(columns: int, rows: Sequence[int]) -> str:
    """Give the list of sheets, and for each the area its filter speaks of."""
    names = [SHEET, *(f"{SHEET} {number}" for number in range(2, len(rows) + 1))]
    sheets = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, start=1)
    )
    last = column_letters(columns - 1)
    filters = "".join(
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{place}" hidden="1">'
        f"'{names[place]}'!$A$1:${last}${count}</definedName>"
        for place, count in enumerate(rows)
    )
    return (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f"<bookViews><workbookView/></bookViews><sheets>{sheets}</sheets><definedNames>{filters}</definedNames></workbook>"
    )


def workbook_relationships(sheets: int) -> str:
    """Give where the workbook's sheets and styles are."""
    targets = [
        *(("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, sheets + 1)),
        ("styles", "styles.xml"),
    ]
    found = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f"{_RELATIONSHIPS}{found}</Relationships>"
