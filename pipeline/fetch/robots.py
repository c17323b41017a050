"""What a site's robots.txt allows (RFC 9309), read once an hour for each origin."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Self

from protego import Protego

from pipeline.errors import FetchFailed, FetchRefused
from pipeline.fetch.client import PRODUCT, Response

MAX_ROBOTS_BYTES = 500 << 10
_KEPT_SECONDS = 3_600.0
_KEPT_UNREACHABLE_SECONDS = 300.0
_MANY_ORIGINS = 10_000
_TOO_MANY_REQUESTS = 429
_SERVER_ERROR = 500
_CLIENT_ERROR = 400


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one origin for this engine; or the ``reason`` why they cannot be had."""

    rules: Protego | None = None
    reason: str = ""

    @classmethod
    def read(cls, response: Response) -> Self:
        """Judge the answer to the request for robots.txt.

        Rules that do not exist (4xx) forbid nothing, rules that cannot be had forbid everything.
        """
        if response.status >= _SERVER_ERROR or response.status == _TOO_MANY_REQUESTS:
            return cls(reason=f"http_{response.status}")
        if response.status >= _CLIENT_ERROR:
            return cls()
        text = response.body[:MAX_ROBOTS_BYTES].decode("utf-8-sig", "replace")
        return cls(Protego.parse(text))

    def allows(self, url: str) -> bool:
        """Whether a page may be fetched."""
        return not self.reason and (self.rules is None or self.rules.can_fetch(url, PRODUCT))

    @property
    def delay(self) -> float:
        """The seconds between two requests that the site asks for; 0 if it asks for none."""
        return (self.rules and self.rules.crawl_delay(PRODUCT)) or 0.0

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
    """Gives each origin's rules, asking for them when they are not known or too old."""

    def __init__(
        self,
        fetch: Callable[[str], Awaitable[Response]],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._fetch = fetch
        self._clock = clock
        self._entries: dict[str, _Entry] = {}

    async def get(self, origin: str) -> Robots:
        """Give the rules of an origin, such as ``https://example.com``.

        Raises:
            FetchRefused: the origin must not be asked for anything.
        """
        if len(self._entries) > _MANY_ORIGINS:
            self._entries.clear()
        entry = self._entries.setdefault(origin, _Entry())
        async with entry.lock:
            if entry.robots is None or self._clock() >= entry.until:
                entry.robots = await self._ask(origin)
                kept = _KEPT_UNREACHABLE_SECONDS if entry.robots.reason else _KEPT_SECONDS
                entry.until = self._clock() + kept
            return entry.robots

    async def _ask(self, origin: str) -> Robots:
        try:
            return Robots.read(await self._fetch(f"{origin}/robots.txt"))
        except FetchRefused:
            raise
        except FetchFailed as error:
            return Robots(reason=error.code)
