"""Visits pages as a guest should: robots.txt first, one at a time, slower when asked to."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pipeline.errors import FetchFailed, FetchRefused
from pipeline.fetch.client import Around, Fetcher, Response
from pipeline.fetch.failures import TRANSIENT
from pipeline.fetch.politeness import Politeness, retry_after
from pipeline.fetch.robots import MAX_ROBOTS_BYTES, RobotsCache
from pipeline.fetch.urls import Target, parse_url

TRIES = 3
_SLOW_DOWN = frozenset({429, 503})


class Visitor:
    """A fetcher with manners. Times are in seconds.

    ``delay`` is the least time between two requests, ``back_off`` how long a host that calls
    itself overloaded is left alone when it does not say for how long.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        delay: float,
        back_off: float = 5.0,
        politeness: Politeness | None = None,
    ) -> None:
        self._fetcher = fetcher
        self._delay = delay
        self._back_off = back_off
        self._politeness = politeness or Politeness()
        self._robots = RobotsCache(self._fetch_robots)

    async def visit(self, url: str, *, delay: float = 0.0) -> Response:
        """Fetch a page if its site allows it, waiting for its turn.

        ``delay`` can only slow down: the largest of it, the visitor's own and the site's
        Crawl-delay counts. A host that says 429 or 503 is left alone for as long as it asks,
        and asked again.

        Raises:
            FetchRefused: robots.txt (code ``robots``, ``robots_unreachable``) or the address
                forbids it.
            FetchFailed: no whole answer; ``code`` says why.
        """

        @asynccontextmanager
        async def manners(target: Target) -> AsyncIterator[None]:
            wanted = await self._require_allowed(target)
            async with self._politeness.turn(target.host, max(delay, wanted, self._delay)):
                yield

        return await self._patiently(url, manners)

    async def find_sitemaps(self, url: str) -> list[str]:
        """Find the sitemaps that the robots.txt of a page's site names."""
        return (await self._robots.get(parse_url(url).origin)).sitemaps

    async def _require_allowed(self, target: Target) -> float:
        robots = await self._robots.get(target.origin)
        if robots.reason:
            raise FetchRefused("robots_unreachable", f"No robots.txt for now ({robots.reason}).")
        if not robots.allows(target.url):
            raise FetchRefused("robots", "The site's robots.txt forbids this page.")
        return robots.delay

    async def _fetch_robots(self, url: str) -> Response:
        @asynccontextmanager
        async def manners(target: Target) -> AsyncIterator[None]:
            async with self._politeness.turn(target.host, self._delay):
                yield

        return await self._patiently(url, manners, max_bytes=MAX_ROBOTS_BYTES, cut=True)

    async def _patiently(
        self, url: str, around: Around, *, max_bytes: int | None = None, cut: bool = False
    ) -> Response:
        for tries_left in reversed(range(TRIES)):
            try:
                response = await self._fetcher.fetch(
                    url, around=around, max_bytes=max_bytes, cut=cut
                )
            except FetchFailed as error:
                if error.code not in TRANSIENT or not tries_left:
                    raise
                self._politeness.slow_down(parse_url(url).host, self._delay)
                continue
            if response.status not in _SLOW_DOWN:
                break
            asked = retry_after(response.headers.get("retry-after"))
            pause = max(self._back_off if asked is None else asked, self._delay)
            self._politeness.slow_down(parse_url(response.final_url).host, pause)
        return response
