"""What a site's robots.txt allows (RFC 9309), read once an hour for each origin."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

from protego import Protego

from pipeline.errors import FetchFailed, FetchRefused
from pipeline.fetch.client import PRODUCT
from pipeline.fetch.requests import ALLOWED, NO_RULES
from pipeline.fetch.response import Response
from pipeline.fetch.robots_text import simplify_robots

MAX_CRAWL_DELAY = 30 * 86_400.0
ROBOTS_HOPS = 5
"""How many redirects of a robots.txt are followed, to other hosts too, as the RFC wants."""

_KEPT_SECONDS = 3_600.0
_KEPT_UNREACHABLE_SECONDS = 300.0
_MANY_ORIGINS = 10_000
_TOO_MANY_REQUESTS = 429
_SERVER_ERROR = 500
_CLIENT_ERROR = 400


@dataclass(frozen=True)
class Robots:
    """The rules of one origin for this engine; or the ``reason`` why they cannot be had.

    ``code`` is that of the refusal that follows from there being a reason.
    """

    rules: Protego | None = None
    reason: str = ""
    code: str = "robots_unreachable"

    @classmethod
    def read(cls, response: Response) -> Self:
        """Judge the answer to the request for robots.txt.

        Rules that do not exist (4xx) forbid nothing, rules that cannot be had forbid everything.
        """
        if response.status >= _SERVER_ERROR or response.status == _TOO_MANY_REQUESTS:
            return cls(reason=f"http_{response.status}")
        if response.status >= _CLIENT_ERROR:
            return cls()
        return cls(Protego.parse(simplify_robots(response.body, PRODUCT)))

    def require_allowed(self, url: str) -> str:
        """Give what permits a page to be fetched.

        Raises:
            FetchRefused: nothing does; with code ``robots`` or ``robots_unreachable``, or that
                of the refusal to ask its origin for anything.
        """
        if self.reason:
            raise FetchRefused(self.code, f"No robots.txt for now ({self.reason}).")
        if self.rules is None:
            return NO_RULES
        if not self.rules.can_fetch(url, PRODUCT):
            raise FetchRefused("robots", "The site's robots.txt forbids this page.")
        return ALLOWED

    @cached_property
    def delay(self) -> float:
        """The seconds between two pages that the site asks for; 0 if it asks for none."""
        if self.rules is None:
            return 0.0
        rate = self.rules.request_rate(PRODUCT)
        by_rate = rate.seconds / rate.requests if rate else 0.0
        return min(max(self.rules.crawl_delay(PRODUCT) or 0.0, by_rate), MAX_CRAWL_DELAY)

    @property
    def sitemaps(self) -> list[str]:
        """The sitemaps that the site names, as written."""
        return list(self.rules.sitemaps) if self.rules else []


@dataclass(slots=True)
class _Entry:
    robots: Robots | None = None
    until: float = 0.0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class RobotsCache:
    """Keeps each origin's rules, asking for them when they are not known or too old."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._entries: dict[str, _Entry] = {}

    def get(self, origin: str) -> Robots | None:
        """Give the rules of an origin, such as ``https://example.com``, if they are known."""
        entry = self._entries.get(origin)
        return entry.robots if entry and self._clock() < entry.until else None

    async def require(self, origin: str, fetch: Callable[[str], Awaitable[Response]]) -> Robots:
        """Give the rules of an origin, asking for them once if they are not known.

        Raises:
            FetchFailed: with code ``host_busy``: not before the moment up to which it may wait.
        """
        entry = self._entry(origin)
        async with entry.lock:
            known = self.get(origin)
            if known is not None:
                return known
            entry.robots = await _ask(origin, fetch)
            kept = _KEPT_UNREACHABLE_SECONDS if entry.robots.reason else _KEPT_SECONDS
            entry.until = self._clock() + kept
            return entry.robots

    def _entry(self, origin: str) -> _Entry:
        entry = self._entries.get(origin)
        if entry is None:
            if len(self._entries) >= _MANY_ORIGINS:
                del self._entries[next(iter(self._entries))]
            entry = self._entries[origin] = _Entry()
        return entry


async def _ask(origin: str, fetch: Callable[[str], Awaitable[Response]]) -> Robots:
    try:
        return Robots.read(await fetch(f"{origin}/robots.txt"))
    except FetchRefused as error:
        return Robots(reason=error.code, code=error.code)
    except FetchFailed as error:
        if error.code == "host_busy":
            raise
        return Robots(reason=error.code)
