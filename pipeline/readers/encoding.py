"""Encodings: what a file's bytes say, and a copy of it in plain UTF-8.

A byte order mark, the nulls of UTF-16 and strict UTF-8 decide almost every file; whatever is left
is taken for Windows-1252, and told to be a guess.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UnreadableFile
from pipeline.readers.signatures import require_text

CHUNK_BYTES = 1 << 20
HEAD_BYTES = 1 << 16
FALLBACK = "cp1252"
"""Windows-1252: what spreadsheets of the western world still save."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MANY_NULLS = 0.3
_FEW_NULLS = 0.05
_FEW_BROKEN = 0.1


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding by its Python name, and whether it is only a guess the user should confirm."""

    name: str
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Transcoded:
    """What a copy came to: its size in UTF-8, and how many characters could not be decoded."""

    bytes: int
    undecodable: int


def detect_encoding(path: Path) -> Encoding:
    """Find the encoding of a text file, reading the whole of it where its head does not decide.

    Raises:
        UnreadableFile: the file is no text; the text says what it seems to be and what to do.
    """
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    encoding = _encoding_of_head(head)
    if encoding:
        return encoding
    require_text(head)
    if _is_utf8(path):
        return Encoding("utf-8")
    return Encoding("utf-8" if _is_nearly_utf8(path) else FALLBACK, guessed=True)


def transcode(source: Path, target: Path, encoding: str) -> Transcoded:
    """Copy a file into UTF-8 without byte order mark, in constant memory.

    Bytes without meaning in the encoding become U+FFFD and are counted.

    Raises:
        UnreadableFile: there is no such encoding.
    """
    require_encoding(encoding)
    size = undecodable = 0
    with target.open("wb") as out:
        for text in _decoded(source, encoding):
            undecodable += text.count("\ufffd")
            size += out.write(text.encode("utf-8", errors="replace"))
    return Transcoded(size, undecodable)


def require_encoding(name: str) -> str:
    """Give a text encoding's name as Python spells it.

    Raises:
        UnreadableFile: there is no such encoding.
    """
    try:
        "".encode(name)
        return codecs.lookup(name).name
    except LookupError:
        raise UnreadableFile(f"There is no text encoding called {name!r}. Try utf-8.") from None


def _encoding_of_head(head: bytes) -> Encoding | None:
    for mark, name in _MARKS:
        if head.startswith(mark):
            return Encoding(name)
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    if odd / half > _MANY_NULLS and even / half < _FEW_NULLS:
        return Encoding("utf-16-le")
    if even / half > _MANY_NULLS and odd / half < _FEW_NULLS:
        return Encoding("utf-16-be")
    return None


def _is_utf8(path: Path) -> bool:
    try:
        for _ in _decoded(path, "utf-8", "strict"):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _is_nearly_utf8(path: Path) -> bool:
    """Whether few of the characters beyond ASCII are broken: a torn file, not a foreign one."""
    foreign = broken = 0
    for text in _decoded(path, "utf-8"):
        foreign += len(text) - len(text.encode("ascii", errors="ignore"))
        broken += text.count("\ufffd")
    return broken < _FEW_BROKEN * foreign


def _decoded(path: Path, encoding: str, errors: str = "replace") -> Iterator[str]:
    """Decode a file chunk by chunk; what cannot be decoded becomes U+FFFD."""
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)
