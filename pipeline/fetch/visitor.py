"""Visits pages as a guest should: robots.txt first, in turn, slower when asked to."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from pipeline.errors import FetchFailed
from pipeline.fetch.client import Fetcher
from pipeline.fetch.failures import TRANSIENT, TROUBLE
from pipeline.fetch.politeness import Politeness
from pipeline.fetch.redirects import follow_redirects
from pipeline.fetch.requests import ROBOTS_TXT, RequestLog, RequestRecord
from pipeline.fetch.response import NOT_MODIFIED, Response, Validators
from pipeline.fetch.retry_after import retry_after
from pipeline.fetch.robots import ROBOTS_HOPS, Robots, RobotsCache
from pipeline.fetch.robots_text import MAX_ROBOTS_BYTES
from pipeline.fetch.urls import Target, parse_url
from pipeline.records import EMPTY

TRIES = 3
_SLOW_DOWN = frozenset({429, 503})
_STRAINED = frozenset({502, 504, *range(520, 525), 529})
"""What gateways say of a server behind them that does not keep up: no answer to ask again for."""

_TROUBLED_SECONDS = 0.2
"""The least slowness that a connection which breaks or hangs earns a host."""


@dataclass(frozen=True, slots=True)
class _Errand:
    """On what terms something is asked for."""

    delay: float
    concurrency: int = 1
    until: float | None = None
    log: RequestLog | None = None
    max_bytes: int | None = None
    is_robots: bool = False
    stay: bool = False


class Visitor:
    """A fetcher with manners. Times are in seconds.

    ``delay`` is the least time between two requests, ``back_off`` how long a host that calls
    itself overloaded is left alone at first when it does not say for how long.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        delay: float,
        back_off: float = 5.0,
        politeness: Politeness | None = None,
    ) -> None:
        self.politeness = politeness or Politeness()
        self._fetcher = fetcher
        self._delay = delay
        self._back_off = back_off
        self._robots = RobotsCache()

    async def visit(
        self,
        url: str,
        *,
        delay: float = 0.0,
        concurrency: int = 1,
        validators: Validators | None = None,
        max_bytes: int | None = None,
        until: float | None = None,
        log: RequestLog | None = None,
        stay: bool = False,
    ) -> Response:
        """Fetch a page if its site allows it, waiting for its turn.

        ``delay`` can only slow down: the largest of it, the visitor's own, the site's Crawl-delay
        and what the host's troubles earned it counts. With ``validators`` the answer may be a 304
        without a body. With ``stay`` a redirect to another host is an answer, too; see
        ``Response.location``. A host that says 429 or 503 is left alone for as long as it asks,
        and asked again. ``until`` is a moment on the event loop's clock: what would have to wait
        for longer is not asked (again); see :meth:`next_turn`.

        Raises:
            FetchRefused: robots.txt (code ``robots``, ``robots_unreachable``) or the address
                forbids it.
            FetchFailed: no whole answer; ``code`` says why: ``host_busy`` if its turn lies
                beyond ``until``, or two minutes away.
        """
        errand = _Errand(
            max(delay, self._delay), concurrency, until, log, max_bytes=max_bytes, stay=stay
        )
        return await self._patiently(url, validators.to_headers() if validators else EMPTY, errand)

    async def find_sitemaps(self, url: str, *, log: RequestLog | None = None) -> list[str]:
        """Find the sitemaps that the robots.txt of a page's site names."""
        errand = _Errand(self._delay, log=log)
        return (await self._robots_of(parse_url(url).origin, errand)).sitemaps

    def next_turn(self, host: str) -> float:
        """Give the seconds from now until a host may be asked again."""
        return self.politeness.next_turn(host)

    async def _patiently(
        self, url: str, headers: Mapping[str, str], errand: _Errand, *, hops: int | None = None
    ) -> Response:
        """Ask for a page, and again if that may help and the time is not too long."""

        async def ask(
            target: Target, headers: Mapping[str, str], budget: float
        ) -> tuple[Response, float]:
            return await self._ask(target, headers, budget, errand)

        for tries_left in reversed(range(TRIES)):
            try:
                response = await follow_redirects(
                    ask,
                    url,
                    headers,
                    budget=self._fetcher.seconds,
                    hops=self._fetcher.hops if hops is None else hops,
                    stay=errand.stay,
                )
            except FetchFailed as error:
                if error.code not in TRANSIENT or not self._may_wait(url, errand, tries_left):
                    raise
                continue
            if response.status not in _SLOW_DOWN or not self._may_wait(
                response.final_url, errand, tries_left
            ):
                break
        return response

    def _may_wait(self, url: str, errand: _Errand, tries_left: int) -> bool:
        if not tries_left or errand.until is None:
            return bool(tries_left)
        wait = self.next_turn(parse_url(url).host)
        return asyncio.get_running_loop().time() + wait <= errand.until

    async def _ask(
        self, target: Target, headers: Mapping[str, str], budget: float, errand: _Errand
    ) -> tuple[Response, float]:
        permission, crawl_delay = await self._permission(target, errand)
        async with self.politeness.turn(
            target.host,
            errand.delay,
            crawl_delay=crawl_delay,
            concurrency=errand.concurrency,
            until=errand.until,
        ) as owed:
            record = RequestRecord(
                target.host, target.url, time.time(), owed, permission, errand.concurrency
            )
            async with self._recorded(record, errand.log):
                response = await self._fetcher.ask(
                    target, headers, budget, max_bytes=errand.max_bytes, cut=errand.is_robots
                )
                record.status = response.status
                record.bytes = response.wire_bytes
                record.not_modified = response.status == NOT_MODIFIED
            self._heed(target.host, response)
            return response, record.seconds

    async def _permission(self, target: Target, errand: _Errand) -> tuple[str, float | None]:
        """Give what permits a request, and the Crawl-delay that its site asks for."""
        if errand.is_robots:
            return ROBOTS_TXT, None
        robots = self._robots.get(target.origin) or await self._robots_of(target.origin, errand)
        return robots.require_allowed(target.url), robots.delay

    @asynccontextmanager
    async def _recorded(self, record: RequestRecord, log: RequestLog | None) -> AsyncIterator[None]:
        if log:
            log.asked(record)
        began = time.monotonic()
        try:
            yield
        except FetchFailed as error:
            record.error = error.code
            if error.code in TROUBLE:
                self.politeness.slow_down(record.host, least=_TROUBLED_SECONDS)
            raise
        except asyncio.CancelledError:
            record.error = "cancelled"
            raise
        finally:
            record.seconds = time.monotonic() - began
            if log:
                log.answered(record)

    def _heed(self, host: str, response: Response) -> None:
        if response.status in _SLOW_DOWN:
            asked = retry_after(response.headers.get("retry-after"))
            self.politeness.slow_down(host, least=self._back_off, pause=asked)
        elif response.status in _STRAINED:
            self.politeness.slow_down(host, least=_TROUBLED_SECONDS)
        else:
            self.politeness.recover(host)

    async def _robots_of(self, origin: str, errand: _Errand) -> Robots:
        async def fetch(url: str) -> Response:
            own = _Errand(
                errand.delay, 1, errand.until, errand.log, MAX_ROBOTS_BYTES, is_robots=True
            )
            return await self._patiently(url, EMPTY, own, hops=ROBOTS_HOPS)

        return await self._robots.require(origin, fetch)
