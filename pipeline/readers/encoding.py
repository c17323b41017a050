"""Encodings: what a file's bytes say, and a copy of it in plain UTF-8.

A byte order mark, the nulls of UTF-16 and strict UTF-8 decide almost every file; for the rest, the
names that stand in it are looked at, and what comes of it is told to be a guess.
"""

import codecs
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import UnreadableFile
from pipeline.readers.letters import Guess, rank_encodings
from pipeline.readers.signatures import require_text

CHUNK_BYTES = 1 << 20
HEAD_BYTES = 1 << 16
SPELT_BYTES = 1 << 14
FALLBACK = "cp1252"
"""Windows-1252: what spreadsheets of the western world still save."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
MOST_GUESSES = 8

_ALL_NULLS = 0.9
_MANY_NULLS = 0.3
_FEW_NULLS = 0.05
_FEW_BROKEN = 0.1
_ISO_2022_JP = re.compile(rb"\x1b\$[@B]")
_FOREIGN_LINE = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")


class _Salvaged(threading.local):
    """How many bytes this thread has read as Windows-1252 instead."""

    count = 0


_salvaged = _Salvaged()


def _salvage(error: UnicodeError) -> tuple[str, int]:
    """Read what is no UTF-8 as Windows-1252, as an error handler of the codecs."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    torn = error.object[error.start : error.end]
    text = torn.decode(FALLBACK, errors="replace")
    _salvaged.count += len(text) - text.count("\ufffd")
    return text, error.end


codecs.register_error("leads.salvage", _salvage)


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding by its Python name, and whether it is only a guess the user should confirm."""

    name: str
    guessed: bool = False
    ranked: tuple[Guess, ...] = field(default=(), compare=False)
    """The likeliest encodings if it is a guess, the best first."""


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
    if _ISO_2022_JP.search(head):
        return Encoding("iso2022_jp")
    if _is_utf8(path):
        return Encoding("utf-8")
    ranked = tuple(rank_encodings(_foreign_lines(path)))[:MOST_GUESSES]
    if _is_nearly_utf8(path):
        return Encoding("utf-8", guessed=True, ranked=(Guess("utf-8", 1.0), *ranked))
    name = ranked[0].name if ranked else FALLBACK
    return Encoding(name, guessed=True, ranked=ranked)


def transcode(source: Path, target: Path, encoding: str) -> Transcoded:
    """Copy a file into UTF-8 without byte order mark, in constant memory.

    Bytes without meaning in the encoding are counted. They become U+FFFD, save in UTF-8, where
    they are read as Windows-1252: two files glued together lose no name.

    Raises:
        UnreadableFile: there is no such encoding.
    """
    require_encoding(encoding)
    size = undecodable = 0
    _salvaged.count = 0
    errors = "leads.salvage" if codecs.lookup(encoding).name.startswith("utf-8") else "replace"
    with target.open("wb") as out:
        for text in _decoded(source, encoding, errors):
            undecodable += text.count("\ufffd")
            size += out.write(text.encode("utf-8", errors="replace"))
    return Transcoded(size, undecodable + _salvaged.count)


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
    quarters = [head[place::4].count(0) * 4 / max(4, len(head)) for place in range(4)]
    if min(quarters[2:]) > _ALL_NULLS and quarters[0] < _MANY_NULLS:
        return Encoding("utf-32-le")
    if min(quarters[:2]) > _ALL_NULLS and quarters[3] < _MANY_NULLS:
        return Encoding("utf-32-be")
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    if (odd / half > _MANY_NULLS and even / half < _FEW_NULLS) or (
        odd > even == 0 and _is_utf16(head, "utf-16-le")
    ):
        return Encoding("utf-16-le")
    if (even / half > _MANY_NULLS and odd / half < _FEW_NULLS) or (
        even > odd == 0 and _is_utf16(head, "utf-16-be")
    ):
        return Encoding("utf-16-be")
    return None


def _is_utf16(head: bytes, encoding: str) -> bool:
    """Whether bytes with few nulls, as of a text in another script, are lines of UTF-16."""
    try:
        return "\n" in codecs.getincrementaldecoder(encoding)("strict").decode(head)
    except UnicodeDecodeError:
        return False


def _foreign_lines(path: Path) -> list[bytes]:
    """Find the first different lines that hold bytes beyond ASCII, some thousand bytes of them."""
    found: dict[bytes, None] = {}
    size = 0
    with path.open("rb") as file:
        while size < SPELT_BYTES and (chunk := file.read(CHUNK_BYTES)):
            for line in _FOREIGN_LINE.finditer(chunk):
                if line[0] not in found:
                    found[line[0][:SPELT_BYTES]] = None
                    size += len(line[0])
                if size >= SPELT_BYTES:
                    break
    return list(found)


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
