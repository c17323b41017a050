"""Visiting the pages of a batch: hundreds of hosts at once, each in its own time.

The event loop's timers are the schedule: one errand a host sleeps until its turn.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.bodies.journal import Journal
from pipeline.bodies.store import read_page
from pipeline.crawl.leasing import BATCH_SECONDS, TURN_SECONDS, Leased
from pipeline.crawl.memory import Memory
from pipeline.crawl.staging import count_fields, stage_records
from pipeline.crawl.versions import Version, Versions
from pipeline.errors import FetchFailed
from pipeline.fetch.politeness import HostState
from pipeline.fetch.response import REDIRECTS, Response, Validators
from pipeline.fetch.visitor import Visitor
from pipeline.pages import Link, Page, Params
from pipeline.records import EMPTY, RawRecord
from pipeline.runs.crawl_models import FrontierPage
from pipeline.sources import Source
from pipeline.steps import Work

OK_STATUS = range(200, 300)
NOT_MODIFIED = 304
MISSING = frozenset({404, 410})
SLOW_DOWN = frozenset({429, 503})
FORBIDDEN = "robots"
"""The code of pages that their site's robots.txt forbids: no failure, only left out."""
BUSY = "host_busy"
MAX_TRIES = 5
"""So often a host may put us off before a page is given up."""
Place = tuple[str, int]
"""A journal, and where in it an answer begins."""
DEATHS = 2
"""After so many workers died at a page it is given up."""


@dataclass(slots=True)
class Visit:
    """What came of one page: what it shows and where it leads, or the reason why not.

    ``fields`` counts its records and their fields; see :func:`count_fields`.
    """

    page: FrontierPage
    state: str
    error: str | None = None
    status: int | None = None
    fields: Mapping[str, int] = field(default_factory=dict)
    staged: bytes = b""
    links: Sequence[Link] = ()
    body: Place | None = None
    version: Version | None = None
    further: int = 1
    """How much deeper its links lead: 0 where they take its place."""


@dataclass(slots=True)
class Visits:
    """What came of a batch, and when its hosts may be asked again."""

    visits: list[Visit] = field(default_factory=list)
    states: dict[str, HostState] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before a batch begins: the links met, and how pages looked the last time."""

    memory: Memory
    versions: Versions


class Crew:
    """Visits the pages of a batch and lets the source read them."""

    def __init__(
        self, work: Work, source: Source[Any], params: Params, journal: Journal, known: Known
    ) -> None:
        self._work = work
        self._source = source
        self._params = params
        self._journal = journal
        self._memory = known.memory
        self._versions = known.versions
        self._visits: list[Visit] = []
        self._until = 0.0

    async def visit_all(self, visitor: Visitor, leased: Leased) -> Visits:
        """Visit each host's pages in turn, all hosts at once, until the batch's time is over."""
        self._until = asyncio.get_running_loop().time() + BATCH_SECONDS
        for host, state in leased.states.items():
            visitor.politeness.load(host, state)
        async with asyncio.TaskGroup() as group:
            for pages in leased.pages.values():
                turn = iter(pages)
                for _ in range(min(self._params.concurrency, len(pages))):
                    group.create_task(self._visit_host(visitor, turn))
        states = {host: visitor.politeness.state(host) for host in leased.pages}
        return Visits(self._visits, states)

    async def _visit_host(self, visitor: Visitor, pages: Iterable[FrontierPage]) -> None:
        loop = asyncio.get_running_loop()
        for page in pages:
            if loop.time() > self._until or self._work.is_lost():
                return
            visit = await self._visit(visitor, page)
            if visit is None:
                return
            self._visits.append(visit)

    async def _visit(self, visitor: Visitor, page: FrontierPage) -> Visit | None:
        """Visit a page; gives None where its host must be left alone for now."""
        if page.suspected >= DEATHS:
            return Visit(page, "failed", "killed_worker")
        if page.body_file is not None and page.body_at is not None:
            kept = read_page(self._work.settings, page.body_file, page.body_at)
            if kept is not None:
                return self._judge(page, *kept, (page.body_file, page.body_at))
        if self._work.run.replays:
            return Visit(page, "failed", "not_kept")
        return await self._ask(visitor, page)

    async def _ask(self, visitor: Visitor, page: FrontierPage) -> Visit | None:
        """Ask for a page, and keep the answer before anything comes of it."""
        try:
            response, sitemaps = await self._fetch(visitor, page)
        except FetchFailed as error:
            if error.code == BUSY:
                return None
            return Visit(page, "skipped" if error.code == FORBIDDEN else "failed", error.code)
        if response.status in SLOW_DOWN and page.tries + 1 < MAX_TRIES:
            return Visit(page, "ready", status=response.status)
        if response.status == NOT_MODIFIED:
            kept_version = self._versions.restore(page.url_key, response)
            if kept_version is None:  # thrown away meanwhile: ask in full
                return Visit(page, "ready", status=response.status)
            response = kept_version
        place = self._journal.name, self._journal.keep(page.id, response, sitemaps)
        return self._judge(page, response, sitemaps, place)

    async def _fetch(self, visitor: Visitor, page: FrontierPage) -> tuple[Response, list[str]]:
        known = self._versions.get(page.url_key)
        params = self._params
        response = await visitor.visit(
            page.url,
            delay=params.delay_seconds,
            concurrency=params.concurrency,
            validators=Validators(known.etag, known.last_modified) if known else None,
            max_bytes=params.max_bytes or None,
            until=min(self._until, asyncio.get_running_loop().time() + TURN_SECONDS),
            log=self._journal,
            stay=True,
        )
        sitemaps = []
        if page.depth == 0 and response.status not in REDIRECTS:
            sitemaps = await visitor.find_sitemaps(page.url, log=self._journal)
        return response, sitemaps

    def _judge(
        self, page: FrontierPage, response: Response, sitemaps: list[str], place: Place
    ) -> Visit:
        """Decide by its status what an answer is worth."""
        status = response.status
        if status in OK_STATUS:
            return self._read(page, response, sitemaps, place)
        if status in REDIRECTS:
            return self._redirected(page, response)
        missing = status in MISSING and self._source.may_miss(page.url)
        return Visit(page, "skipped" if missing else "failed", f"status_{status}", status)

    def _redirected(self, page: FrontierPage, response: Response) -> Visit:
        """Take a redirect to another host for a link in the page's place."""
        try:
            location = response.location
        except FetchFailed as error:
            return Visit(page, "failed", error.code, response.status)
        links = [Link(location, page.priority, page.carried or EMPTY)] if location else []
        return Visit(page, "skipped", "redirected", response.status, links=links, further=0)

    def _read(
        self, page: FrontierPage, response: Response, sitemaps: list[str], place: Place
    ) -> Visit:
        """Let the source read a page. It may even die of it: the journal will tell."""
        is_last = page.depth >= self._params.max_depth
        found: Page[Any] = Page(
            response,
            self._params,
            depth=page.depth,
            sitemaps=sitemaps,
            carried=page.carried or EMPTY,
            default_region=self._work.settings.default_region,
            memory=None if is_last else self._memory,
        )
        self._journal.begin(page.id)
        self._memory.begin_page()
        try:
            records, links = self._parse(found, may_follow=not is_last)
            staged = stage_records(records, found.region) if records else b""
        except Exception as error:  # noqa: BLE001 - one bad page never stops a run
            self._memory.forget_page()
            reason = f"unreadable: {type(error).__name__}"
            return Visit(page, "failed", reason, response.status, body=place)
        finally:
            self._journal.end(page.id)
        version = Version.of(response, staged, place)
        fields = count_fields(records)
        return Visit(page, "done", None, response.status, fields, staged, links, place, version)

    def _parse(
        self, found: Page[Any], *, may_follow: bool
    ) -> tuple[Sequence[RawRecord], Sequence[Link]]:
        """Let the source read a page; what its owner wants no robot to keep or follow, is not."""
        items = list(self._source.parse(found))
        records = [one for one in items if isinstance(one, RawRecord)] if found.may_index else []
        if not may_follow:
            return records, []
        if not found.may_follow:
            self._memory.forget_page()  # the same links may be followed from elsewhere
            return records, []
        return records, [one for one in items if isinstance(one, Link)]
