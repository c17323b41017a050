"""A file's encoding is told from its bytes, and no byte makes reading fail."""

from pathlib import Path

import pytest

from pipeline.errors import UnreadableFile
from pipeline.readers.encoding import Encoding, detect_encoding, require_encoding, transcode

TABLE = "name,city\nJürgen,Köln\nZoë,Saint-Étienne\n"


def _file(folder: Path, content: bytes) -> Path:
    path = folder / "given.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TABLE.encode(), Encoding("utf-8")),
        (b"", Encoding("utf-8")),
        (TABLE.encode("utf-8-sig"), Encoding("utf-8-sig")),
        (TABLE.encode("utf-16"), Encoding("utf-16")),
        (b"\xfe\xff" + TABLE.encode("utf-16-be"), Encoding("utf-16")),
        (TABLE.encode("utf-16-le"), Encoding("utf-16-le")),
        (TABLE.encode("utf-16-be"), Encoding("utf-16-be")),
        (TABLE.encode("utf-32"), Encoding("utf-32")),
        (TABLE.encode("cp1252"), Encoding("cp1252", guessed=True)),
    ],
)
def test_an_encoding_is_told_from_the_bytes(
    tmp_path: Path, content: bytes, encoding: Encoding
) -> None:
    path = _file(tmp_path, content)
    assert detect_encoding(path) == encoding
    copy = transcode(path, tmp_path / "copy.csv", encoding.name)
    assert (tmp_path / "copy.csv").read_bytes() == (TABLE.encode() if content else b"")
    assert copy.undecodable == 0
    assert copy.bytes == (tmp_path / "copy.csv").stat().st_size


def test_one_foreign_byte_far_behind_the_head_is_noticed(tmp_path: Path) -> None:
    path = _file(tmp_path, b"name\n" + b"Ann Lee\n" * 300_000 + "Köln\n".encode("cp1252"))
    assert detect_encoding(path) == Encoding("cp1252", guessed=True)


def test_a_character_torn_between_two_chunks_is_read_whole(tmp_path: Path) -> None:
    text = "a" + "é" * (1 << 20)
    path = _file(tmp_path, text.encode())
    assert detect_encoding(path) == Encoding("utf-8")
    assert transcode(path, tmp_path / "copy.csv", "utf-8").undecodable == 0
    assert (tmp_path / "copy.csv").read_text("utf-8") == text


def test_a_few_broken_bytes_do_not_make_utf8_windows(tmp_path: Path) -> None:
    path = _file(tmp_path, ("é" * 100).encode() + b"\xe9\n" + ("ü" * 100).encode())
    assert detect_encoding(path) == Encoding("utf-8", guessed=True)
    assert transcode(path, tmp_path / "copy.csv", "utf-8").undecodable == 1
    assert (tmp_path / "copy.csv").read_text("utf-8") == "é" * 101 + "\n" + "ü" * 100


def test_a_character_once_lost_is_still_utf8(tmp_path: Path) -> None:
    path = _file(tmp_path, b"name\n" + b"Ann Lee\n" * 20_000 + "Zo\ufffd\n".encode())
    assert detect_encoding(path) == Encoding("utf-8")


def test_bytes_without_meaning_are_counted_not_raised(tmp_path: Path) -> None:
    path = _file(tmp_path, b"na\x81me\nJ\xfcrgen\x8d\n")
    assert detect_encoding(path).guessed
    assert transcode(path, tmp_path / "copy.csv", "cp1252").undecodable == 2
    assert (tmp_path / "copy.csv").read_text("utf-8") == "na\ufffdme\nJürgen\ufffd\n"


def test_a_few_nulls_are_still_text(tmp_path: Path) -> None:
    path = _file(tmp_path, TABLE.encode() + b"An\x00n,Bonn\n")
    assert detect_encoding(path) == Encoding("utf-8")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04" + b"\x00" * 40, "Excel workbook.*save it as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 40, "old Excel workbook"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"  <!DOCTYPE html><table>", "web page"),
        (bytes(range(32)) * 20, "binary"),
    ],
)
def test_a_file_that_is_no_text_is_refused_with_what_it_seems_to_be(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        detect_encoding(_file(tmp_path, content))


def test_an_unknown_encoding_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="no text encoding called 'klingon'"):
        require_encoding("klingon")
    with pytest.raises(UnreadableFile):
        require_encoding("base64")
