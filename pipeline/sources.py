"""The kit a scraper is written against, and the register of all sources.

A scraper is one function: it is given a :class:`Page` and yields records as published and links
to follow. It fetches nothing itself, so politeness, resuming and tests come with the kit.
"""

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType
from typing import Any, Generic, TypeVar
from urllib.parse import urljoin

import phonenumbers
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.errors import FetchRefused, InvalidInput, SourceBroken, SourceNotFound, UnexpectedPage
from pipeline.fetch.client import Response
from pipeline.fetch.urls import join_url, parse_url
from pipeline.records import EMPTY, FIELDS, RawRecord

GROUP = "lead_engine.sources"
"""The entry point group: each entry names a package, every module of which is imported."""

_SLUG = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
# Country codes that mostly serve as generic names.
_GENERIC = frozenset({"ac", "ag", "ai", "cc", "co", "fm", "gg", "io", "la", "ly", "me", "tv", "ws"})


class Params(BaseModel):
    """What every source can be told. A source's own model adds to it and sets its defaults."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    max_pages: int = Field(default=100, ge=1, le=100_000)
    max_depth: int = Field(default=5, ge=0, le=1_000)
    delay_seconds: float = Field(default=0.0, ge=0, le=3_600)
    region: str = Field(default="", pattern="^(?:[A-Z]{2})?$")


P = TypeVar("P", bound=Params)
Node = LexborHTMLParser | LexborNode


@dataclass(frozen=True, slots=True)
class Link:
    """A page to fetch later; the lower ``priority`` is fetched sooner."""

    url: str
    priority: int = 0


class Page(Generic[P]):
    """A fetched page, and the ways to read it. Reading is lazy; nothing here fetches."""

    def __init__(
        self,
        response: Response,
        params: P,
        *,
        depth: int = 0,
        sitemaps: Sequence[str] = (),
        default_region: str = "US",
    ) -> None:
        self.response = response
        self.params = params
        self.depth = depth
        self.sitemaps = sitemaps
        self._default_region = default_region

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

    @cached_property
    def markup(self) -> str:
        """The page's source text."""
        return self.response.text

    @cached_property
    def html(self) -> LexborHTMLParser:
        """The page, parsed."""
        return LexborHTMLParser(self.markup)

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
        *,
        emails: Iterable[str] = (),
        phones: Iterable[str] = (),
        custom: Mapping[str, str] = EMPTY,
        raw: Mapping[str, str] | None = None,
        **fields: str | None,
    ) -> RawRecord:
        """Make a record of values as published. Empty ones are left out.

        ``raw`` is what is kept as proof; without it, all values given.

        Raises:
            InvalidInput: a field bears a name outside :data:`pipeline.records.FIELDS`.
        """
        unknown = sorted(fields.keys() - set(FIELDS))
        if unknown:
            raise InvalidInput(f"A record has no field {', '.join(unknown)}; see custom=.")
        given = {name: value for name, value in fields.items() if value}
        emails = [*filter(None, [given.pop("email", ""), *emails])]
        phones = [*filter(None, [given.pop("phone", ""), *phones])]
        proof = {**given, **custom}
        proof |= {"emails": " ; ".join(emails)} if emails else {}
        proof |= {"phones": " ; ".join(phones)} if phones else {}
        return RawRecord(
            fields=given,
            emails=emails,
            phones=phones,
            custom=custom,
            raw=proof if raw is None else raw,
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

    def links(self, css: str = "a[href]") -> Iterator[tuple[Link, LexborNode]]:
        """Give the links of all matching elements, each target once, leaving out what is none."""
        seen: set[str] = set()
        for node in self.html.css(css):
            try:
                link = self.follow(node.attributes.get("href") or "")
            except UnexpectedPage:
                continue
            if link.url not in seen:
                seen.add(link.url)
                yield link, node

    def text(self, node: Node, css: str, *, optional: bool = False) -> str:
        """Give the text of the one element that matches; empty if it may be missing and is.

        Raises:
            UnexpectedPage: no element matches, or several do.
        """
        found = self._one(node, css, optional=optional)
        return " ".join(found.text(separator=" ").split()) if found else ""

    def attribute(self, node: Node, css: str, name: str, *, optional: bool = False) -> str:
        """Give an attribute of the one element that matches, as :meth:`text` does."""
        found = self._one(node, css, optional=optional)
        return (found.attributes.get(name) or "").strip() if found else ""

    def href(self, node: Node, css: str, *, optional: bool = False) -> str:
        """Give the absolute target of the one link that matches, as :meth:`text` does."""
        value = self.attribute(node, css, "href", optional=optional)
        return self.follow(value).url if value else ""

    def _one(self, node: Node, css: str, *, optional: bool) -> LexborNode | None:
        found = node.css(css)
        if len(found) == 1 or (optional and not found):
            return found[0] if found else None
        raise UnexpectedPage(f"{css!r} matches {len(found)} elements of this page, not one.")


Parse = Callable[[Page[P]], Iterable[RawRecord | Link]]


@dataclass(frozen=True, slots=True)
class Source(Generic[P]):
    """A place on the web that leads come from: its data sheet, and the function that reads it.

    ``expects`` is the least and the most records that a run should bring. ``may_miss`` says of
    which URLs it is no failure that the site does not have them.
    """

    slug: str
    title: str
    homepage: str
    params: type[P]
    starts: Callable[[P], Iterable[str]]
    parse: Parse[P]
    module: str
    expects: tuple[int, int] | None = None
    may_miss: Callable[[str], bool] = field(default=lambda _: False)

    def read_params(self, values: Mapping[str, Any]) -> P:
        """Check what a run of this source is told.

        Raises:
            InvalidInput: a value is unknown, missing or unusable, named in the text.
        """
        try:
            return self.params.model_validate(dict(values))
        except ValidationError as error:
            problems = "; ".join(
                f"{'.'.join(map(str, one['loc'])) or 'params'}: {one['msg']}"
                for one in error.errors()
            )
            raise InvalidInput(f"Source {self.slug}: {problems}.") from None

    def start(self, params: P) -> list[Link]:
        """Give the pages to begin with.

        Raises:
            InvalidInput: one of them is no http or https URL.
        """
        try:
            return [Link(parse_url(url).url) for url in self.starts(params)]
        except FetchRefused as error:
            raise InvalidInput(f"Source {self.slug}: {error}") from None


def source(
    *,
    slug: str,
    title: str,
    homepage: str,
    params: type[P],
    start: Callable[[P], Iterable[str]],
    expects: tuple[int, int] | None = None,
    may_miss: Callable[[str], bool] = lambda _: False,
) -> Callable[[Parse[P]], Source[P]]:
    """Make a source of a function that reads one page.

    Raises:
        SourceBroken: the slug is not snake_case.
    """
    if not _SLUG.match(slug):
        raise SourceBroken(f"The slug {slug!r} is not snake_case.")

    def make(parse: Parse[P]) -> Source[P]:
        return Source(
            slug=slug,
            title=title,
            homepage=homepage,
            params=params,
            starts=start,
            parse=parse,
            module=parse.__module__,
            expects=expects,
            may_miss=may_miss,
        )

    return make


@dataclass(frozen=True, slots=True)
class BrokenSource:
    """A module of sources that cannot be loaded, and why. The others still run."""

    module: str
    reason: str


@dataclass(frozen=True, slots=True)
class Register:
    """All sources by slug, and the modules that are broken."""

    sources: Mapping[str, Source[Any]]
    broken: tuple[BrokenSource, ...] = ()

    def require(self, slug: str) -> Source[Any]:
        """Give a source.

        Raises:
            SourceNotFound: there is none of this slug.
        """
        if slug not in self.sources:
            known = ", ".join(sorted(self.sources)) or "none"
            raise SourceNotFound(f"There is no source {slug!r}. Known: {known}.")
        return self.sources[slug]


def load_sources(entries: Iterable[EntryPoint] | None = None) -> Register:
    """Find all sources: in every module of each package that an entry point names.

    Raises:
        SourceBroken: two sources bear the same slug.
    """
    sources: dict[str, Source[Any]] = {}
    broken: list[BrokenSource] = []
    for entry in entry_points(group=GROUP) if entries is None else entries:
        for name in _module_names(entry.value, broken):
            for found in _sources_of(_import(name, broken)):
                known = sources.setdefault(found.slug, found)
                if known is not found:
                    places = f"{known.module} and {found.module}"
                    raise SourceBroken(f"Two sources bear the slug {found.slug!r}: {places}.")
    return Register(dict(sorted(sources.items())), tuple(broken))


def _module_names(package: str, broken: list[BrokenSource]) -> list[str]:
    module = _import(package, broken)
    paths = getattr(module, "__path__", ())
    return [package, *(f"{package}.{info.name}" for info in pkgutil.iter_modules(paths))]


def _import(name: str, broken: list[BrokenSource]) -> ModuleType | None:
    try:
        return importlib.import_module(name)
    except Exception as error:  # noqa: BLE001 - whatever a foreign module does wrong
        problem = BrokenSource(name, f"{type(error).__name__}: {error}")
        if problem not in broken:
            broken.append(problem)
        return None


def _sources_of(module: ModuleType | None) -> list[Source[Any]]:
    return [value for value in vars(module).values() if isinstance(value, Source)] if module else []


def _region_of(host: str) -> str:
    ending = host.rpartition(".")[2]
    if ending in _GENERIC:
        return ""
    region = "GB" if ending == "uk" else ending.upper()
    return region if region in phonenumbers.SUPPORTED_REGIONS else ""
