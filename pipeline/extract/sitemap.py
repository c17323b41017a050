"""Sitemaps: lists of a site's pages, read as they unpack, so that none takes more than a moment.

The format is that of https://www.sitemaps.org/protocol.html, and its limits are those set there.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import urlsplit

from pipeline.extract.sitemap_xml import SitemapEntry, scan_entries

__all__ = ["SitemapEntry", "find_entries", "find_locations", "is_sitemap", "is_sitemap_url"]

MAX_UNPACKED = 50 << 20
MAX_LOCATIONS = 50_000
_MAX_PACKED = 2
_HEAD = 8_192
_CHUNK = 64 << 10
_MAX_LINE = 4_096
_MAX_LINES = 4 * MAX_LOCATIONS
_GZIP = b"\x1f\x8b"
_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_ROOT = re.compile(rb"<(?:[\w.-]{1,40}:)?(?:urlset|sitemapindex)[\s>]", re.IGNORECASE)
_LINE = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,99}https?://\S{1,4096}(?:[ \t]{0,9}[\r\n]|\Z)")


def is_sitemap_url(url: str) -> bool:
    """Whether a URL looks like a sitemap's."""
    path = urlsplit(url).path.lower()
    return "sitemap" in path and path.endswith((".xml", ".xml.gz", ".txt", ".txt.gz"))


def is_sitemap(body: bytes) -> bool:
    """Whether a fetched body is a sitemap or an index of sitemaps, packed or not."""
    head = next(_chunks(body[:_HEAD]), b"")[:_HEAD]
    return bool(_ROOT.search(head) or _LINE.match(head))


def find_locations(body: bytes, limit: int = MAX_LOCATIONS) -> Iterator[str]:
    """Give the URLs that a sitemap or an index lists, as written, at most ``limit``."""
    return (entry.url for entry in find_entries(body, limit))


def find_entries(body: bytes, limit: int = MAX_LOCATIONS) -> Iterator[SitemapEntry]:
    """Give what a sitemap or an index lists, at most ``limit``; garbage in between is left out.

    It is unpacked and read piece by piece, so what is not asked for costs nothing.
    """
    chunks = _chunks(body)
    first = next(chunks, b"")
    entries = _read_lines if _LINE.match(first) else scan_entries
    return islice(entries(_all(first, chunks)), limit)


def _all(first: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from chunks


def _read_lines(chunks: Iterable[bytes]) -> Iterator[SitemapEntry]:
    for line in islice(_lines(chunks), _MAX_LINES):
        text = line.decode("utf-8-sig", "replace").strip()
        if text.startswith(("http://", "https://")) and len(text) <= _MAX_LINE:
            yield SitemapEntry(text)


def _lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        *lines, rest = (rest + chunk).split(b"\n")
        yield from lines
        rest = rest[: _CHUNK + 1]
    yield rest


def _chunks(body: bytes) -> Iterator[bytes]:
    """Give a body piece by piece: unpacked, in UTF-8, and no more than a sitemap may have."""
    pieces: Iterator[bytes] = (body[at : at + _CHUNK] for at in range(0, len(body), _CHUNK))
    for _ in range(_MAX_PACKED):
        pieces = _unpack(pieces)
    left = MAX_UNPACKED
    for piece in _to_utf8(pieces):
        yield piece[:left]
        left -= len(piece)
        if left <= 0:
            return


def _unpack(pieces: Iterator[bytes]) -> Iterator[bytes]:
    first = next(pieces, b"")
    if not first.startswith(_GZIP):
        yield from _all(first, pieces)
        return
    inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
    for piece in _all(first, pieces):
        packed = piece
        while packed and not inflate.eof:
            try:
                yield inflate.decompress(packed, _CHUNK)
            except zlib.error:
                return
            packed = inflate.unconsumed_tail


def _to_utf8(pieces: Iterator[bytes]) -> Iterator[bytes]:
    first = next(pieces, b"")
    codec = _UTF16.get(first[:2])
    if codec is None:
        yield from _all(first, pieces)
        return
    text = b"".join(islice(_all(first[2:], pieces), MAX_UNPACKED // _CHUNK))
    yield text.decode(codec, "replace").encode("utf-8", "replace")
