"""Reads the XML of sitemaps by its tags alone: broken ones serve as well, and nothing expands."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from itertools import islice

MAX_TAGS = 1_000_000
"""Twice as many as fifty thousand pages need; of what has more, the beginning is read."""

_MAX_PIECE = 64 << 10
_MAX_TEXTS = 100
_MAX_URL = 4_096
_ROOTS = frozenset({"urlset", "sitemapindex"})
_ENTRIES = frozenset({"url", "sitemap"})
_FIELDS = frozenset({"loc", "lastmod"})
_PART_OF_DATE = re.compile(r"\d{4}(?:-\d\d)?\Z")


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """A page, or another sitemap, that a sitemap lists; and when it changed, if that is said."""

    url: str
    last_modified: datetime | None = None
    is_sitemap: bool = False


@dataclass(slots=True)
class _State:
    """What is open while the tags go by."""

    prefix: str = ""
    is_index: bool = False
    skipping: bytes = b""
    inside: str = ""
    texts: list[bytes] = field(default_factory=list)
    found: dict[str, str] = field(default_factory=dict)

    def take(self) -> Iterator[SitemapEntry]:
        """Give the entry that is complete, if one is."""
        url = self.found.pop("loc", "")
        if url and len(url) <= _MAX_URL:
            moment = parse_moment(self.found.get("lastmod", ""))
            yield SitemapEntry(url, moment, is_sitemap=self.is_index)
        self.found.clear()


def scan_entries(chunks: Iterable[bytes]) -> Iterator[SitemapEntry]:
    """Give the entries of a sitemap in XML, in time linear in its size."""
    state = _State()
    for piece in islice(_cut(chunks), MAX_TAGS):
        yield from _step(state, piece)
    yield from state.take()


def parse_moment(text: str) -> datetime | None:
    """Read a date in any of the W3C's forms (a year, a month, a day, a moment), in UTC.

    Source: https://www.w3.org/TR/NOTE-datetime
    """
    text = text.strip()
    if _PART_OF_DATE.match(text):
        text = f"{text}-01-01"[:10]
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _cut(chunks: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        *pieces, rest = (rest + chunk).split(b"<")
        yield from pieces
        rest = rest[:_MAX_PIECE]
    yield rest


def _step(state: _State, piece: bytes) -> Iterator[SitemapEntry]:
    """Take what stands between two ``<``: a tag and the text behind it."""
    if not state.skipping and piece.startswith(b"!--"):
        state.skipping = b"-->"
    elif not state.skipping and piece.startswith(b"![CDATA["):
        state.skipping = b"]]>"
        piece = piece[len(b"![CDATA[") :]
    if state.skipping:
        _skip(state, piece)
        return
    tag, _, text = piece.partition(b">")
    words = tag.split(None, 1)
    if not words:
        return
    prefix, _, name = words[0].decode("ascii", "replace").lower().rpartition(":")
    is_end = (prefix or name).startswith("/")
    prefix, name = prefix.removeprefix("/"), name.strip("/")
    if name in _ROOTS:
        state.prefix, state.is_index = prefix, name == "sitemapindex"
    elif prefix == state.prefix and name in _ENTRIES:
        yield from state.take()
        state.is_index = name == "sitemap"
    elif prefix == state.prefix and name in _FIELDS:
        yield from _field(state, name, text, is_end=is_end)
    else:
        state.inside = ""


def _skip(state: _State, piece: bytes) -> None:
    """Pass over a comment, or take the text of a CDATA section."""
    inside, end, after = piece.partition(state.skipping)
    text = inside + after if state.skipping == b"]]>" else after
    if text and state.inside and len(state.texts) < _MAX_TEXTS:
        state.texts.append(text)
    if end:
        state.skipping = b""


def _field(state: _State, name: str, text: bytes, *, is_end: bool) -> Iterator[SitemapEntry]:
    if not is_end:
        if name == "loc" and "loc" in state.found:
            yield from state.take()
        state.inside, state.texts = name, [text]
    elif state.inside == name:
        raw = b"".join(state.texts).strip()[: 2 * _MAX_URL]
        state.found[name] = unescape(raw.decode("utf-8", "replace"))
        state.inside = ""
