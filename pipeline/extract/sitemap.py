"""Sitemaps: lists of a site's pages, read without a parser so that broken ones serve as well."""

import zlib
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

MAX_UNPACKED = 50 << 20
MAX_LOCATIONS = 50_000
_OPEN, _CLOSE = b"<loc>", b"</loc>"
_HEAD = 2_000


def is_sitemap_url(url: str) -> bool:
    """Whether a URL looks like a sitemap's."""
    path = urlsplit(url).path.lower()
    return "sitemap" in path and path.endswith((".xml", ".xml.gz", ".txt"))


def is_sitemap(body: bytes) -> bool:
    """Whether a fetched body is a sitemap or an index of sitemaps, packed or not."""
    head = _unpack(body, _HEAD).lower()
    return b"<urlset" in head or b"<sitemapindex" in head


def find_locations(body: bytes, limit: int = MAX_LOCATIONS) -> Iterator[str]:
    """Give the URLs that a sitemap or an index lists, at most ``limit``."""
    text = _unpack(body, MAX_UNPACKED)
    end = 0
    for _ in range(limit):
        begin = text.find(_OPEN, end)
        end = text.find(_CLOSE, begin) if begin != -1 else -1
        if end == -1:
            return
        raw = text[begin + len(_OPEN) : end].strip()
        raw = raw.removeprefix(b"<![CDATA[").removesuffix(b"]]>").strip()
        yield unescape(raw.decode("utf-8", "replace"))


def _unpack(body: bytes, limit: int) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body[:limit]
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(body, limit)
    except zlib.error:
        return b""
