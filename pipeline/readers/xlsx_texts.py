"""The texts of XLSX: XML pieces as spreadsheets write them, and the table of shared strings."""

import re
from array import array
from collections.abc import Iterator, Sequence
from html import escape, unescape
from typing import IO, overload

from pipeline.errors import UnreadableFile

CHUNK_BYTES = 1 << 19
MAX_PIECE = 64 << 20
COMPACT_BYTES = 64 << 20
"""Beyond this size of their XML, shared strings are kept as UTF-8, at a third of the memory."""
MAX_SHARED_BYTES = 2 << 30

_STRINGS = re.compile(r"<si>(?:<t(?: [^>]*)?>([^<]*)</t>|(.*?))</si>|<si/>", re.DOTALL)
_TEXT = re.compile(r"<t(?: [^>]*)?>([^<]*)</t>")
_PHONETIC = re.compile(r"<rPh .*?</rPh>", re.DOTALL)
_RAW = re.compile(r"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class UnusualXml(Exception):
    """The XML is not as spreadsheets write it; a full parser may still understand it."""


def iter_pieces(file: IO[bytes], end: str) -> Iterator[str]:
    """Give an XML text in pieces that end with the tag ``end``, and at last what is behind it.

    Raises:
        UnusualXml: it is no UTF-8, holds declarations, or a piece without end.
    """
    rest = b""
    tag = end.encode()
    while chunk := file.read(CHUNK_BYTES):
        rest += chunk
        cut = rest.rfind(tag) + len(tag)
        if cut >= len(tag):
            yield _decode(rest[:cut])
            rest = rest[cut:]
        elif len(rest) > MAX_PIECE:
            raise UnusualXml(end)
    yield _decode(rest)


def plain_text(text: str) -> str:
    """Give the characters that an XML text of a workbook stands for."""
    if "&" in text:
        text = unescape(text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "_x" in text:
        # A carriage return, or any other control character, stands as _x000D_.
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text


def rich_text(xml: str) -> str:
    """Give the characters of a formatted string, without how they are pronounced."""
    return plain_text("".join(_TEXT.findall(_PHONETIC.sub("", xml))))


def read_shared_strings(file: IO[bytes]) -> Sequence[str]:
    """Read the table of shared strings.

    Raises:
        UnusualXml: it is not as spreadsheets write it.
        UnreadableFile: it is larger than a workbook's can be.
    """
    strings: list[str] | _CompactStrings = []
    size = 0
    for piece in iter_pieces(file, "</si>"):
        found = _STRINGS.findall(piece)
        if len(found) != piece.count("<si>") + piece.count("<si/>") + piece.count("<si "):
            raise UnusualXml("si")
        strings.extend([rich_text(rich) if rich else plain_text(plain) for plain, rich in found])
        size += len(piece)
        if size > MAX_SHARED_BYTES:
            raise UnreadableFile(
                f"The workbook holds more than {MAX_SHARED_BYTES:,} bytes of text: save it as CSV."
            )
        if size > COMPACT_BYTES and isinstance(strings, list):
            strings = _CompactStrings(strings)
    return strings


class _CompactStrings(Sequence[str]):
    """Strings kept as UTF-8 one behind the other."""

    def __init__(self, strings: list[str]) -> None:
        self._bytes = bytearray()
        self._ends = array("Q", [0])
        self.extend(strings)

    def extend(self, strings: list[str]) -> None:
        for text in strings:
            self._bytes += text.encode("utf-8", errors="replace")
            self._ends.append(len(self._bytes))

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self[index] for index in range(*place.indices(len(self)))]
        return self._bytes[self._ends[place] : self._ends[place + 1]].decode()


def _decode(xml: bytes) -> str:
    try:
        text = xml.decode()
    except UnicodeDecodeError:
        raise UnusualXml("encoding") from None
    if "<!" in text:
        text = _RAW.sub(lambda found: escape(found[1] or ""), text)
        if "<!" in text:
            raise UnusualXml("raw section")
    return text
