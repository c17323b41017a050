"""Workbooks in every format, made by hand where no library writes them: the smallest that open."""

import struct
from collections.abc import Callable, Sequence
from io import BytesIO
from itertools import chain
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter  # type: ignore[import-untyped]

Rows = Sequence[Sequence[str | float]]


def make_xlsx(sheets: dict[str, Rows], **formats: str) -> bytes:
    """Make an XLSX; ``formats`` gives the number format of the cell of this address."""
    out = BytesIO()
    options = {"in_memory": True, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, {**options, "strings_to_formulas": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    address = f"{chr(ord('A') + column)}{row + 1}"
                    style = {"num_format": formats[address]} if address in formats else {}
                    sheet.write(row, column, cell, book.add_format(style))
    return out.getvalue()


def make_xlsx_of(sheet_xml: str, strings_xml: str = "") -> bytes:
    """Make an XLSX of a sheet as it stands."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{office}/{kind}" Target="{target}"/>'
        for n, kind, target in [
            (1, "worksheet", "worksheets/sheet1.xml"),
            (2, "sharedStrings", "sharedStrings.xml"),
        ]
    )
    root = f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
    parts = f'<Relationships xmlns="{package}">{{}}</Relationships>'
    sheets = '<sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets>'
    return make_zip(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": parts.format(root),
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}">{sheets}</workbook>',
            "xl/_rels/workbook.xml.rels": parts.format(links),
            "xl/worksheets/sheet1.xml": sheet_xml,
            "xl/sharedStrings.xml": strings_xml or "<sst/>",
        }
    )


def make_ods(sheets: dict[str, Rows]) -> bytes:
    """Make an ODS."""
    names = "urn:oasis:names:tc:opendocument:xmlns"
    tables = "".join(
        f'<table:table table:name="{escape(name)}">'
        + "".join(
            f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
        )
        + "</table:table>"
        for name, rows in sheets.items()
    )
    content = (
        f'<office:document-content xmlns:office="{names}:office:1.0"'
        f' xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0">'
        f"<office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return make_zip(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest/>",
            "content.xml": content,
        }
    )


def make_xls(sheets: dict[str, Rows]) -> bytes:
    """Make an XLS: records of BIFF8 in one stream of a compound file."""
    bodies = [_xls_sheet(rows) for rows in sheets.values()]
    heads = [_bound_sheet(name, 0) for name in sheets]
    begin, end = _record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0)), _record(0x0A)
    place = len(begin) + sum(map(len, heads)) + len(end)
    placed = []
    for name, body in zip(sheets, bodies, strict=True):
        placed.append(_bound_sheet(name, place))
        place += len(body)
    return _compound(b"".join([begin, *placed, end, *bodies]))


def make_xlsb(sheets: dict[str, Rows]) -> bytes:
    """Make an XLSB."""
    bundle = b"".join(
        _binary(156, struct.pack("<II", 0, n) + _wide(f"rId{n}") + _wide(name))
        for n, name in enumerate(sheets, start=1)
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{office}/worksheet" Target="worksheets/sheet{n}.bin"/>'
        for n in range(1, len(sheets) + 1)
    )
    return make_zip(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.bin": _binary(131) + _binary(143) + bundle + _binary(144) + _binary(132),
            "xl/_rels/workbook.bin.rels": f"<Relationships>{links}</Relationships>",
            **{
                f"xl/worksheets/sheet{n}.bin": _xlsb_sheet(rows)
                for n, rows in enumerate(sheets.values(), start=1)
            },
        }
    )


def make_zip(files: dict[str, str | bytes]) -> bytes:
    """Make a ZIP archive."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


MAKERS: dict[str, Callable[[dict[str, Rows]], bytes]] = {
    "xlsx": make_xlsx,
    "xlsb": make_xlsb,
    "xls": make_xls,
    "ods": make_ods,
}


def _ods_cell(cell: str | float) -> str:
    if cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, str):
        shown = f"<text:p>{escape(cell)}</text:p>"
        return f'<table:table-cell office:value-type="string">{shown}</table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{cell!r}"/>'


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _bound_sheet(name: str, place: int) -> bytes:
    shown = name.encode("utf-16-le")
    return _record(0x85, struct.pack("<IBBBB", place, 0, 0, len(name), 1) + shown)


def _xls_sheet(rows: Rows) -> bytes:
    records = [_record(0x0809, struct.pack("<HHHHII", 0x0600, 16, 0, 0, 0, 0))]
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            head = struct.pack("<HHH", row, column, 0)
            if isinstance(cell, str):
                text = struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le")
                records.append(_record(0x0204, head + text))
            else:
                records.append(_record(0x0203, head + struct.pack("<d", cell)))
    return b"".join([*records, _record(0x0A)])


def _compound(stream: bytes) -> bytes:
    """Wrap a stream: sector 0 is the table of sectors, 1 the directory, the rest the stream."""
    size = max(4_096, len(stream))
    sectors = -(-size // 512)
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    assert len(table) <= 128
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII",
        bytes.fromhex("d0cf11e0a1b11ae1"),
        bytes(16),
        *(0x3E, 3, 0xFFFE, 9, 6),
        bytes(6),
        *(0, 1, 1, 0, 4_096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0),
    )
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    directory = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)
    directory += _entry("Workbook", 2, 0xFFFFFFFF, 2, size)
    fat = struct.pack("<128I", *table, *[0xFFFFFFFF] * (128 - len(table)))
    return header + fat + directory.ljust(512, b"\0") + stream.ljust(sectors * 512, b"\0")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    shown = (name + "\0").encode("utf-16-le")
    head = struct.pack("<64sHBBIII", shown, len(shown), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def _binary(kind: int, data: bytes = b"") -> bytes:
    code = [kind] if kind < 128 else [kind & 0x7F | 0x80, kind >> 7]
    size, length = [], len(data)
    while True:
        size.append(length & 0x7F | (0x80 if length > 0x7F else 0))
        length >>= 7
        if not length:
            return bytes(chain(code, size)) + data


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _xlsb_sheet(rows: Rows) -> bytes:
    width = max(map(len, rows), default=1)
    records = [
        _binary(129),
        _binary(148, struct.pack("<IIII", 0, max(len(rows) - 1, 0), 0, width - 1)),
        _binary(145),
    ]
    for row, cells in enumerate(rows):
        records.append(_binary(0, struct.pack("<IIHBBBI", row, 0, 300, 0, 0, 0, 0)))
        for column, cell in enumerate(cells):
            head = struct.pack("<II", column, 0)
            if isinstance(cell, str):
                records.append(_binary(6, head + _wide(cell)))
            else:
                records.append(_binary(5, head + struct.pack("<d", cell)))
    return b"".join([*records, _binary(146), _binary(130)])
