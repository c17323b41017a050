"""Whatever is broken about a file: it is read, or refused with what it is and what to do."""

import bz2
import gzip
import lzma
import random
from pathlib import Path

import pytest

from pipeline.errors import InvalidInput, UnreadableFile
from tests.readers.prepared import read_file
from tests.readers.workbook_files import MAKERS, Rows, make_zip

TABLE = b"Name,Email\n" + b"".join(b"Ann %d,ann%d@x.com\n" % (n, n) for n in range(200))
SHEETS: dict[str, Rows] = {
    "People": [["Name", "Phone"], *[[f"Zoë {n}", 447912345678.0 + n] for n in range(30)]]
}
OBJECTS = b"".join(b'{"name": "Ann %d", "tags": ["a", {"b": 1}]}\n' % n for n in range(30))
CARDS = b"BEGIN:VCARD\nFN:Ann\nEMAIL;TYPE=WORK:a@x.com\nEND:VCARD\n" * 10
PAGE = b"<html><table><tr><th>Name<th>Email<tr><td>Ann<td>a@x.com</table></html>"
OLD_BOOK = (
    b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
    b' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="One"><Table>'
    b"<Row><Cell><Data>Name</Data></Cell><Cell><Data>Phone</Data></Cell></Row>"
    b'<Row><Cell/><Cell ss:Index="2"><Data ss:Type="Number">4.47912345678E11</Data></Cell></Row>'
    b"</Table></Worksheet></Workbook>"
)
FILES = {
    **{kind: make(SHEETS) for kind, make in MAKERS.items()},
    "gzip": gzip.compress(TABLE, mtime=0),
    "bzip2": bz2.compress(TABLE),
    "xz": lzma.compress(TABLE),
    "zip": make_zip({"people.csv": TABLE}),
    "jsonl": OBJECTS,
    "json": b"[%b]" % OBJECTS.replace(b"}\n{", b"},\n{"),
    "vcard": CARDS,
    "html": PAGE,
    "xml": OLD_BOOK,
}
SLOW = {"xls", "xlsb", "ods"}
"""Each of these takes a process of its own."""


def _damaged(content: bytes, chance: random.Random) -> bytes:
    found = bytearray(content)
    for _ in range(chance.choice([1, 2, 10])):
        place = chance.randrange(len(found) or 1)
        match chance.randrange(4):
            case 0:
                found[place : place + 1] = chance.randbytes(1)
            case 1:
                del found[place : place + chance.randrange(1, 40)]
            case 2:
                found[place:place] = chance.randbytes(chance.randrange(1, 20))
            case _:
                del found[place:]
    return bytes(found)


@pytest.mark.parametrize("kind", sorted(FILES))
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, kind: str) -> None:
    chance = random.Random(kind)
    refused = 0
    for _ in range(6 if kind in SLOW else 120):
        try:
            read_file(tmp_path, _damaged(FILES[kind], chance))
        except InvalidInput:
            refused += 1
        assert {path.name for path in tmp_path.iterdir()} <= {"given", "copy"}
    assert refused


@pytest.mark.parametrize("kind", sorted(FILES))
def test_a_whole_file_of_each_format_is_read(tmp_path: Path, kind: str) -> None:
    plan, found = read_file(tmp_path, FILES[kind])
    assert found
    assert kind in {plan.format, plan.container, "json"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty, 0 bytes"),
        (random.Random(7).randbytes(5_000), "binary"),
        (b"%PDF-1.7\n" + bytes(50), "PDF document.*export the table itself"),
        (b"\x89PNG\r\n" + bytes(50), "picture"),
        (b"Rar!\x1a\x07\x00", "RAR archive.*unpack it"),
        (b"7z\xbc\xaf\x27\x1c", "7-Zip archive"),
        (b"x" * 257 + b"ustar\0" + bytes(300), "TAR archive"),
        (make_zip({"word/document.xml": "<w/>"}), "Word document"),
        (make_zip({"Index/Document.iwa": "x"}), "Apple Numbers.*export it as CSV or Excel"),
        (
            make_zip({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}),
            "no spreadsheet",
        ),
        (MAKERS["xls"](SHEETS) + "WordDocument".encode("utf-16-le"), "Word document"),
        (b"<!DOCTYPE html><p>Not found</p>", "without a table.*save it as"),
        (FILES["zip"][:-30], "damaged or cut off.*download it again"),
        (FILES["xlsx"][:-30], "damaged or cut off.*download it again"),
        (FILES["gzip"][:-30], "gzip archive is damaged or cut off"),
        (FILES["xls"][:1_000], "damaged"),
    ],
)
def test_what_is_no_table_is_refused_with_what_it_is_and_what_to_do(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        read_file(tmp_path, content)
