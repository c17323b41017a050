"""An archive is unpacked to the one table inside, within bounds, or refused with what to do."""

import bz2
import gzip
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import InvalidInput, UnreadableFile
from pipeline.readers import archives
from tests.readers.prepared import read_cells, read_file
from tests.readers.workbook_files import make_xlsx, make_zip

PEOPLE = b"Name,Email\nAnn,ann@x.com\nBob,bob@x.com\n"
FIRMS = b"Firm,Email\nAcme,info@acme.com\n"
FOUND = [{"Name": "Ann", "Email": "ann@x.com"}, {"Name": "Bob", "Email": "bob@x.com"}]


@pytest.mark.parametrize(
    ("pack", "container"),
    [
        (gzip.compress, "gzip"),
        (bz2.compress, "bzip2"),
        (lzma.compress, "xz"),
        (lambda content: make_zip({"people.csv": content}), "zip"),
        (lambda content: make_zip({"people.csv.gz": gzip.compress(content)}), "zip/gzip"),
        (lambda content: gzip.compress(content[:12]) + gzip.compress(content[12:]), "gzip"),
    ],
)
def test_a_packed_table_is_read(
    tmp_path: Path, pack: Callable[[bytes], bytes], container: str
) -> None:
    plan, found = read_file(tmp_path, pack(PEOPLE))
    assert (plan.container, plan.format) == (container, "csv")
    assert [dict(one.raw) for one in found] == FOUND


def test_a_packed_workbook_is_read_and_a_workbook_is_no_archive(tmp_path: Path) -> None:
    book = make_xlsx({"People": [["Name", "Email"], ["Ann", "ann@x.com"], ["Bob", "bob@x.com"]]})
    assert read_file(tmp_path, book)[0].container == ""
    plan, found = read_file(tmp_path, make_zip({"people.xlsx": book}))
    assert (plan.container, plan.format, plan.member) == ("zip", "xlsx", "people.xlsx")
    assert [dict(one.raw) for one in found] == FOUND


def test_of_several_tables_it_is_the_largest_or_the_one_named(tmp_path: Path) -> None:
    content = make_zip(
        {
            "__MACOSX/._people.csv": bytes(500),
            ".DS_Store": bytes(500),
            "readme.txt": b"x" * 500,
            "logo.png": b"\x89PNG" + bytes(500),
            "out/firms.csv": FIRMS,
            "out/people.csv": PEOPLE,
        }
    )
    plan, found = read_file(tmp_path, content)
    assert [dict(one.raw) for one in found] == FOUND
    assert (plan.member, plan.members) == ("out/people.csv", ("out/people.csv", "out/firms.csv"))
    assert read_cells(tmp_path, content, {"member": "firms.csv"})[0]["Firm"] == "Acme"
    with pytest.raises(InvalidInput, match=r"no file 'cars\.csv'\. It has: out/people\.csv"):
        read_file(tmp_path, content, {"member": "cars.csv"})


def test_an_archive_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="holds no file"):
        read_file(tmp_path, make_zip({"__MACOSX/._people.csv": bytes(500), "empty.csv": b""}))
    with pytest.raises(UnreadableFile, match="empty ZIP archive"):
        read_file(tmp_path, make_zip({}))


def test_a_protected_archive_is_refused_with_what_to_do(tmp_path: Path) -> None:
    content = bytearray(make_zip({"people.csv": PEOPLE}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableFile, match="protected by a password: unpack it"):
        read_file(tmp_path, bytes(content))


@pytest.mark.parametrize("pack", [gzip.compress, lambda content: make_zip({"bomb.csv": content})])
def test_an_archive_that_unpacks_to_very_much_is_refused(
    tmp_path: Path, pack: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "FREE_BYTES", 1 << 20)
    monkeypatch.setattr(archives, "CHUNK_BYTES", 1 << 16)
    with pytest.raises(UnreadableFile, match=r"unpacks to more than .* bytes, over 250 times"):
        read_file(tmp_path, pack(bytes(8 << 20)))
    assert [path.name for path in tmp_path.iterdir()] == ["given"]


def test_archives_in_archives_are_followed_only_so_far(tmp_path: Path) -> None:
    content = PEOPLE
    for _ in range(archives.MAX_DEPTH):
        content = gzip.compress(content)
    assert read_cells(tmp_path, content) == FOUND
    with pytest.raises(UnreadableFile, match="archives, 4 deep"):
        read_file(tmp_path, gzip.compress(content))
