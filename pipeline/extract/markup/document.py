"""A parsed page with what every reader of markup asks of it."""

from functools import cached_property
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

_MAX_TEXT = 25_000
_MAX_BASE = 2_000
_CHARACTERS_A_PART = 64


class Document:
    """A parsed page and the address it was read from (none: addresses stay as published)."""

    def __init__(self, html: LexborHTMLParser, url: str = "") -> None:
        self.html = html
        self.url = url
        self._text_left = _MAX_TEXT

    def spend(self, characters: int) -> bool:
        """Take note that a part of the page is read once more; false when it has been enough.

        Values within values would else be read as often as they are nested.
        """
        self._text_left -= 1 + characters // _CHARACTERS_A_PART
        return self._text_left > 0

    def find(self, selector: str) -> list[LexborNode]:
        """Give the elements that match in document order, each once."""
        found = self.html.css(selector)
        if "," not in selector:
            return found
        last = 0  # who matches twice comes twice in a row
        unique = []
        for node in found:
            key = node.mem_id
            if key != last:
                unique.append(node)
                last = key
        return unique

    def mentions(self, *marks: bytes) -> bool:
        """Whether the page's source has any of these marks, which are in small letters."""
        source = self._source
        return any(mark in source for mark in marks)

    def join(self, link: str) -> str:
        """Make an address absolute; one that is none stays as it is."""
        link = link.strip()
        if link.startswith(("https://", "http://")):
            return link
        try:
            return urljoin(self.base, link)
        except ValueError:
            return link

    @cached_property
    def base(self) -> str:
        """The address that links are relative to."""
        base = self.html.css_first("base[href]")
        link = (base.attributes.get("href") or "").strip() if base else ""
        if len(link) > _MAX_BASE:
            return self.url
        try:
            return urljoin(self.url, link)
        except ValueError:
            return self.url

    @cached_property
    def _source(self) -> bytes:
        source = self.html.raw_html
        if not isinstance(source, bytes):
            source = (self.html.html or "").encode()
        return source.lower()
