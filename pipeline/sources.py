"""The kit a scraper is written against, and the register of all sources.

A scraper is one function: it is given a :class:`Page` and yields records as published and links
to follow. It fetches nothing itself, so politeness, resuming and tests come with the kit.
"""

import functools
import importlib
import pkgutil
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType
from typing import Any, Generic

from pydantic import ValidationError

from pipeline.errors import FetchRefused, InvalidInput, SourceBroken, SourceNotFound
from pipeline.fetch.urls import parse_url
from pipeline.pages import Link, Node, P, Page, Params, check_css
from pipeline.records import RawRecord

__all__ = [
    "BrokenSource",
    "Link",
    "Node",
    "Page",
    "Params",
    "Register",
    "Source",
    "check_css",
    "load_sources",
    "source",
]

GROUP = "lead_engine.sources"
"""The entry point group: each entry names a package, every module of which is imported."""

_SLUG = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")


Parse = Callable[[Page[P]], Iterable[RawRecord | Link]]


@dataclass(frozen=True, slots=True)
class Source(Generic[P]):
    """A place on the web that leads come from: its data sheet, and the function that reads it.

    ``expects`` is the least and the most records that a run should bring. ``may_miss`` says of
    which URLs it is no failure that the site does not have them.
    """

    slug: str
    title: str
    params: type[P]
    starts: Callable[[P], Iterable[str]]
    parse: Parse[P]
    module: str
    homepage: str = ""
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
    params: type[P],
    start: Callable[[P], Iterable[str]],
    homepage: str = "",
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

    What is installed is looked for once, as long as Python looks for packages in the same places.

    Raises:
        SourceBroken: two sources bear the same slug.
    """
    return _load_installed(tuple(sys.path)) if entries is None else _load(entries)


@functools.lru_cache(maxsize=1)
def _load_installed(_: tuple[str, ...]) -> Register:
    return _load(entry_points(group=GROUP))


def _load(entries: Iterable[EntryPoint]) -> Register:
    sources: dict[str, Source[Any]] = {}
    broken: list[BrokenSource] = []
    for entry in entries:
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
