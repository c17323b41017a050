"""Reads a response's body under caps: on the wire and unpacked."""

import zlib
from collections.abc import AsyncIterable
from typing import Protocol

from pipeline.errors import FetchFailed

_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
_RAW_DEFLATE = -zlib.MAX_WBITS
_MANY_MEMBERS = 1_000


class _Unpacker(Protocol):
    def feed(self, chunk: bytes, room: int) -> bytes: ...

    def finish(self) -> None: ...


async def read_body(
    chunks: AsyncIterable[bytes], encoding: str, max_bytes: int, *, cut: bool = False
) -> tuple[bytes, int]:
    """Read and unpack a body of at most ``max_bytes``; with ``cut`` drop what exceeds them.

    Gives its size on the wire, too.

    Raises:
        FetchFailed: with code ``too_large``, ``bad_encoding`` or ``truncated``.
    """
    unpacker = _unpacker(encoding)
    body = bytearray()
    on_wire = 0
    async for chunk in chunks:
        on_wire += len(chunk)
        body += unpacker.feed(chunk, max_bytes + 1 - len(body))
        if max(on_wire, len(body)) > max_bytes:
            if cut:
                return bytes(body[:max_bytes]), on_wire
            raise FetchFailed("too_large", f"The page is larger than {max_bytes:,} bytes.")
    unpacker.finish()
    return bytes(body), on_wire


def _unpacker(encoding: str) -> _Unpacker:
    name = encoding.strip().lower()
    if name in {"", "identity"}:
        return _Plain()
    if name in {"gzip", "x-gzip", "deflate"}:
        return _Inflater()
    raise FetchFailed("bad_encoding", "The page is packed in a way that was not offered.")


class _Plain:
    def feed(self, chunk: bytes, room: int) -> bytes:
        return chunk[:room]

    def finish(self) -> None:
        pass


class _Inflater:
    """Unpacks gzip, zlib and headless deflate, never more than there is room for."""

    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(_GZIP_OR_ZLIB)
        self._begun = False
        self._members = 1

    def feed(self, chunk: bytes, room: int) -> bytes:
        out = self._unpack(chunk, room)
        while self._inflate.eof and self._inflate.unused_data and len(out) < room:
            rest = self._inflate.unused_data
            if not rest.startswith(b"\x1f\x8b"):  # padding after the last member
                break
            self._members += 1
            if self._members > _MANY_MEMBERS:
                raise FetchFailed("bad_encoding", "The page is packed in countless pieces.")
            self._inflate = zlib.decompressobj(_GZIP_OR_ZLIB)
            out += self._unpack(rest, room - len(out))
        return out

    def finish(self) -> None:
        if self._begun and not self._inflate.eof:
            raise FetchFailed("truncated", "The page ends in the middle.")

    def _unpack(self, chunk: bytes, room: int) -> bytes:
        first, self._begun = not self._begun, True
        try:
            return self._inflate.decompress(chunk, room)
        except zlib.error:
            if not first:
                raise FetchFailed("bad_encoding", "The page cannot be unpacked.") from None
        self._inflate = zlib.decompressobj(_RAW_DEFLATE)
        try:
            return self._inflate.decompress(chunk, room)
        except zlib.error:
            raise FetchFailed("bad_encoding", "The page cannot be unpacked.") from None
