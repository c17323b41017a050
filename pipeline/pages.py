"""A fetched page as a scraper sees it: what to read it with, and what to yield of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, Protocol, TypeVar
from urllib.parse import urljoin

import phonenumbers
from pydantic import BaseModel, ConfigDict, Field
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from pipeline.errors import FetchRefused, InvalidInput, UnexpectedPage
from pipeline.fetch.response import Response
from pipeline.fetch.urls import join_url, parse_url
from pipeline.normalize.markup import bound_markup
from pipeline.records import EMPTY, FIELDS, RawRecord

# Country codes that mostly serve as generic names.
_GENERIC = frozenset({"ac", "ag", "ai", "cc", "co", "fm", "gg", "io", "la", "ly", "me", "tv", "ws"})
_HTML = frozenset({"text/html", "application/xhtml+xml", ""})
_LINKING = frozenset({"href", "src"})
_MAX_LINK_TEXT = 200
_NO_PAGES = ("#", "mailto:", "tel:", "javascript:", "data:")
_ABSOLUTE = ("https://", "http://")
_EMPTY = LexborHTMLParser("")


class Params(BaseModel):
    """What every source can be told. A source's own model adds to it and sets its defaults.

    ``concurrency`` is how many requests at once a host may get, ``max_bytes`` the largest page (the
    engine's own limit where it is 0). ``decoders`` are the ways of hiding an e-mail address that
    may be undone; the records so found are marked.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    max_pages: int = Field(default=100, ge=1, le=100_000)
    max_depth: int = Field(default=5, ge=0, le=1_000)
    delay_seconds: float = Field(default=0.0, ge=0, le=3_600)
    region: str = Field(default="", pattern="^(?:[A-Z]{2})?$")
    concurrency: int = Field(default=1, ge=1, le=16)
    max_bytes: int = Field(default=0, ge=0, le=1 << 30)
    decoders: tuple[str, ...] = ()


P = TypeVar("P", bound=Params)
Node = LexborHTMLParser | LexborNode


@dataclass(frozen=True, slots=True)
class Link:
    """A page to fetch later; the lower ``priority`` is fetched sooner.

    ``carried`` is what the linking page says of the one behind the link: its ``page.carried``.
    """

    url: str
    priority: int = 0
    carried: Mapping[str, str] = field(default_factory=lambda: EMPTY, hash=False)


class LinkMemory(Protocol):
    """What a crawl has met already."""

    def knows_reference(self, origin: str, href: str) -> bool:
        """Whether a reference that means the same all over its site was met."""

    def meet(self, url: str, reference: tuple[str, str] | None) -> bool:
        """Remember a link, and the reference to it; gives whether it is new."""


class Page(Generic[P]):
    """A fetched page, and the ways to read it. Reading is lazy; nothing here fetches."""

    def __init__(
        self,
        response: Response,
        params: P,
        *,
        depth: int = 0,
        sitemaps: Sequence[str] = (),
        carried: Mapping[str, str] = EMPTY,
        default_region: str = "US",
        memory: "LinkMemory | None" = None,
    ) -> None:
        self.response = response
        self.params = params
        self.depth = depth
        self.sitemaps = sitemaps
        self.carried = carried
        self._default_region = default_region
        self._memory = memory

    @property
    def url(self) -> str:
        """The URL that was asked for."""
        return self.response.url

    @property
    def final_url(self) -> str:
        """The URL that answered, after all redirects."""
        return self.response.final_url

    @property
    def host(self) -> str:
        """The host that answered."""
        return parse_url(self.final_url).host

    @property
    def is_html(self) -> bool:
        """Whether this is a page to read rather than a file."""
        return self.response.content_type in _HTML

    @cached_property
    def may_index(self) -> bool:
        """Whether the owner lets robots keep what the page says (no ``noindex``)."""
        return not self._orders & {"noindex", "none"}

    @cached_property
    def may_follow(self) -> bool:
        """Whether the owner lets robots follow the page's links (no ``nofollow``)."""
        return not self._orders & {"nofollow", "none"}

    @cached_property
    def markup(self) -> str:
        """The page's source text."""
        return self.response.text

    @cached_property
    def html(self) -> LexborHTMLParser:
        """The page, parsed; cut where it is deeper than a parser can bear."""
        return LexborHTMLParser(bound_markup(self.markup))

    @cached_property
    def base(self) -> str:
        """What the page's links are relative to."""
        node = self.html.css_first("base[href]")
        href = (node.attributes.get("href") or "") if node else ""
        return urljoin(self.final_url, href) if href else self.final_url

    @cached_property
    def region(self) -> str:
        """The country of phone numbers without a country code: given, the host's, the default."""
        return self.params.region or _region_of(self.host) or self._default_region

    def record(
        self,
        fields: Mapping[str, str] = EMPTY,
        /,
        *,
        emails: Iterable[str] = (),
        phones: Iterable[str] = (),
        custom: Mapping[str, str] = EMPTY,
        **more: str | None,
    ) -> RawRecord:
        """Make a record of values as published; all of them are kept as its proof.

        Fields are given by name or as a mapping. Empty values are left out.

        Raises:
            InvalidInput: a field bears a name outside :data:`pipeline.records.FIELDS`.
        """
        given = {name: value for name, value in {**fields, **more}.items() if value}
        unknown = sorted({*fields, *more} - set(FIELDS))
        if unknown:
            raise InvalidInput(f"A record has no field {', '.join(unknown)}; see custom=.")
        emails = [*filter(None, [given.pop("email", ""), *emails])]
        phones = [*filter(None, [given.pop("phone", ""), *phones])]
        raw = {**given, "emails": " ; ".join(emails), "phones": " ; ".join(phones), **custom}
        return RawRecord(
            fields=given,
            emails=emails,
            phones=phones,
            custom=custom,
            raw={name: value for name, value in raw.items() if value},
            url=self.final_url,
        )

    def follow(self, href: str, *, priority: int = 0) -> Link:
        """Make a link of a reference found on this page: absolute, canonical, no fragment.

        Raises:
            UnexpectedPage: it does not lead to an http or https page.
        """
        try:
            return Link(join_url(self.base, href), priority)
        except FetchRefused:
            raise UnexpectedPage("A link on this page leads to no page.") from None

    def follow_all(self, hrefs: Iterable[str], *, priority: int = 0) -> Iterator[Link]:
        """Make links of all references that lead to a page, each target once."""
        seen: set[str] = set()
        for href in hrefs:
            try:
                link = self.follow(href, priority=priority)
            except UnexpectedPage:
                continue
            if link.url not in seen:
                seen.add(link.url)
                yield link

    def links(self, css: str = "a[href]") -> Iterator[tuple[Link, str]]:
        """Give where all matching elements lead, each target once, and what the link reads."""
        texts: dict[str, str] = {}
        for node in self.html.css(css):
            texts.setdefault(node.attributes.get("href") or "", node.text()[:_MAX_LINK_TEXT])
        seen: set[str] = set()
        for href, text in texts.items():
            for link in self.follow_all([href]):
                if link.url not in seen:
                    seen.add(link.url)
                    yield link, " ".join(text.split())

    def new_links(self, css: str = "a[href]") -> Iterator[tuple[Link, str]]:
        """Give what :meth:`links` gives, less what the crawl has met already: much cheaper."""
        memory = self._memory
        if memory is None:
            yield from self.links(css)
            return
        origin = parse_url(self.final_url).origin if self.base == self.final_url else None
        for node in self.html.css(css):
            href = node.attributes.get("href") or ""
            if href.startswith(_NO_PAGES):
                continue
            reference = _reference(href, origin)
            if reference is not None and memory.knows_reference(*reference):
                continue
            for link in self.follow_all([href]):
                if memory.meet(link.url, reference):
                    yield link, " ".join(node.text()[:_MAX_LINK_TEXT].split())

    def require(self, css: str) -> list[LexborNode]:
        """Give all elements that match.

        Raises:
            UnexpectedPage: none does.
        """
        found = self.html.css(css)
        if not found:
            raise UnexpectedPage(f"{css!r} matches nothing on this page.")
        return found

    def values(self, node: Node, css: str, attribute: str = "") -> list[str]:
        """Give the texts of all matches, or one attribute of each; links are made absolute.

        An empty selector means the element itself.
        """
        nodes = node.css(css) if css else [node]
        if not attribute:
            return [text for one in nodes if (text := _text(one))]
        found = [(one.attributes.get(attribute) or "").strip() for one in nodes]  # type: ignore[union-attr]
        if attribute not in _LINKING:
            return [value for value in found if value]
        return [self._absolute(value) for value in found if value]

    def text(self, node: Node, css: str, *, optional: bool = False) -> str:
        """Give the text of the one element that matches; empty if it may be missing and is.

        Raises:
            UnexpectedPage: no element matches, or several do.
        """
        found = self._one(node, css, optional=optional)
        return _text(found) if found else ""

    def attribute(self, node: Node, css: str, name: str, *, optional: bool = False) -> str:
        """Give an attribute of the one element that matches, as :meth:`text` does."""
        found = self._one(node, css, optional=optional)
        return (found.attributes.get(name) or "").strip() if found else ""

    def href(self, node: Node, css: str, *, optional: bool = False) -> str:
        """Give the absolute target of the one link that matches, as :meth:`text` does."""
        value = self.attribute(node, css, "href", optional=optional)
        return self.follow(value).url if value else ""

    @cached_property
    def _orders(self) -> frozenset[str]:
        stated = [self.response.headers.get("x-robots-tag", "")]
        source = self.markup.lower()
        if "robots" in source or "lead-engine" in source:
            nodes = self.html.css('meta[name="robots" i], meta[name="lead-engine" i]')
            stated += [node.attributes.get("content") or "" for node in nodes]
        return frozenset(",".join(stated).lower().replace(" ", "").split(","))

    def _absolute(self, href: str) -> str:
        return next((link.url for link in self.follow_all([href])), href)

    def _one(self, node: Node, css: str, *, optional: bool) -> LexborNode | None:
        found = node.css(css)
        if len(found) == 1 or (optional and not found):
            return found[0] if found else None
        raise UnexpectedPage(f"{css!r} matches {len(found)} elements of this page, not one.")


def check_css(css: str) -> str:
    """Give a selector back if it can be used.

    Raises:
        ValueError: it cannot.
    """
    if css:
        try:
            _EMPTY.css(css)
        except SelectolaxError:
            raise ValueError(f"{css!r} is no CSS selector") from None
    return css


def _reference(href: str, origin: str | None) -> tuple[str, str] | None:
    """Give what names a link wherever on a site it stands; None where that hangs on the page."""
    if href.startswith(_ABSOLUTE):
        return "", href
    if origin is not None and href[:1] == "/" and href[:2] != "//":
        return origin, href
    return None


def _text(node: Node) -> str:
    return " ".join(node.text(separator=" ").split())


def _region_of(host: str) -> str:
    ending = host.rpartition(".")[2]
    if ending in _GENERIC:
        return ""
    region = "GB" if ending == "uk" else ending.upper()
    return region if region in phonenumbers.SUPPORTED_REGIONS else ""
