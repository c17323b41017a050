"""How a journal's entries lie in its file: kind, lengths, meta data as JSON, a packed body."""

import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, BinaryIO

import orjson

if sys.version_info >= (3, 14):  # pragma: no cover - the interpreter's own from there on
    from compression import zstd
else:
    from backports import zstd

_HEAD = struct.Struct("<BII")
_LEVEL = 1
_UNPACKED = "n"
"""The name under which an entry's meta data keeps the length of the unpacked body."""
MAX_BODY = 1 << 30


class Kind(IntEnum):
    """What an entry says. A page that is begun and not ended was being read as its worker died."""

    ASKED = 1
    ANSWERED = 2
    PAGE = 3
    BEGUN = 4
    ENDED = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, and the place in its file where it begins."""

    kind: Kind
    meta: Any
    at: int
    packed: bytes = b""

    @property
    def body(self) -> bytes:
        """The body as it was fetched."""
        return unpack(self.packed, self.meta[_UNPACKED]) if self.packed else b""


def encode_entry(kind: Kind, meta: Any, packed: bytes = b"") -> bytes:
    """Write an entry."""
    text = orjson.dumps(meta)
    return _HEAD.pack(kind, len(text), len(packed)) + text + packed


def pack_body(meta: dict[str, Any], body: bytes) -> bytes:
    """Pack a body, and note its length in its meta data."""
    meta[_UNPACKED] = len(body)
    return zstd.compress(body, _LEVEL) if body else b""


def read_entries(file: BinaryIO) -> Iterator[Entry]:
    """Read entries up to the end, or to the one that a death has left unfinished."""
    while (entry := read_entry(file)) is not None:
        yield entry


def read_entry(file: BinaryIO) -> Entry | None:
    """Read the entry that begins here; None where no whole one does."""
    at = file.tell()
    head = file.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    kind, meta_length, body_length = _HEAD.unpack(head)
    rest = file.read(meta_length + body_length)
    if len(rest) < meta_length + body_length:
        return None
    try:
        return Entry(Kind(kind), orjson.loads(rest[:meta_length]), at, rest[meta_length:])
    except ValueError:
        return None


def unpack(packed: bytes, length: int) -> bytes:
    """Unpack a body, never to more than the length that was noted."""
    unpacked: bytes = zstd.ZstdDecompressor().decompress(packed, max_length=min(length, MAX_BODY))
    return unpacked
