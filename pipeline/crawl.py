"""The web in: a crawl's frontier is rows, and some pages at a time are a batch of its run."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from pipeline.database.base import utc_now
from pipeline.database.dialects import count_updated, in_values, serialize_writers
from pipeline.errors import FetchFailed
from pipeline.fetch.loop import fetch_loop
from pipeline.fetch.visitor import Visitor
from pipeline.ingest import write_records
from pipeline.leads.keys import hash_text
from pipeline.prepare import Prepared, prepare_records
from pipeline.records import Outcome, RawRecord
from pipeline.runs.crawl_models import FrontierPage
from pipeline.runs.models import Batch, Run
from pipeline.runs.service import SEQ_STEP, request_run
from pipeline.sources import Link, Page, Params, Source, load_sources
from pipeline.steps import Commit, Work

PAGES_A_BATCH = 10
BATCH_SECONDS = 60.0
"""After so long no further page of a batch is begun; the rest waits for the next one."""
CAREFUL_ATTEMPT = 3
"""From this attempt on a batch is one page: the one that may kill its worker stands alone."""
FRONTIER_FACTOR = 20
OK_STATUS = range(200, 300)
MISSING = frozenset({404, 410})
FORBIDDEN = "robots"
"""The code of pages that their site's robots.txt forbids: no failure, only left out."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of one page: records and links, or the reason why not."""

    page_id: int
    depth: int
    state: str
    error: str | None = None
    records: Sequence[Prepared] = ()
    links: Sequence[Link] = ()


def request_scrape(
    db: Session, slug: str, params: Mapping[str, Any], *, request_key: str | None = None
) -> Run:
    """Write down that a source shall be scraped, with the pages to begin with.

    Raises:
        SourceNotFound: no source bears this slug.
        InvalidInput: the source cannot do with these params.
    """
    checked, links = check_params(slug, params)
    run = request_run(
        db,
        "scrape",
        slug,
        first_batch="pages",
        request_key=request_key,
        params=checked.model_dump(mode="json"),
    )
    _add_to_frontier(db, run.id, [(link, 0) for link in links], room=len(links))
    return run


def check_params(slug: str, params: Mapping[str, Any]) -> tuple[Params, list[Link]]:
    """Check what a source is told; give that, completed, and the pages to begin with.

    Raises:
        SourceNotFound: no source bears this slug.
        InvalidInput: the source cannot do with these params.
    """
    source = load_sources().require(slug)
    checked = source.read_params(params)
    return checked, source.start(checked)


def prepare_pages(work: Work) -> Commit:
    """Fetch and read the next pages of a crawl."""
    source = load_sources().require(work.run.source)
    params = source.read_params(work.run.params)
    with work.database.read() as db:
        pages = _next_pages(db, work.run, params, careful=work.claim.attempt >= CAREFUL_ATTEMPT)
    reader = _Reader(source, params, work)
    visits = fetch_loop(work.settings).run(lambda visitor: reader.visit_all(visitor, pages))
    return lambda db, run: _write_visits(db, run, params, visits, work.claim.seq)


def abandon_page(work: Work) -> Commit:
    """Give up the page that kills its workers, and go on with the crawl."""
    params = load_sources().require(work.run.source).read_params(work.run.params)
    with work.database.read() as db:
        pages = _next_pages(db, work.run, params, careful=True)
    visits = [Visit(page.id, page.depth, "failed", "killed_worker") for page in pages]
    return lambda db, run: _write_visits(db, run, params, visits, work.claim.seq)


class _Reader:
    """Fetches pages one after another and lets the source read them."""

    def __init__(self, source: Source[Any], params: Params, work: Work) -> None:
        self._source = source
        self._params = params
        self._work = work
        self._row = work.run.read

    async def visit_all(self, visitor: Visitor, pages: Iterable[FrontierPage]) -> list[Visit]:
        visits: list[Visit] = []
        began = time.monotonic()
        for page in pages:
            late = visits and time.monotonic() - began > BATCH_SECONDS
            if late or self._work.is_lost():
                break
            visits.append(await self._visit(visitor, page))
        return visits

    async def _visit(self, visitor: Visitor, page: FrontierPage) -> Visit:
        try:
            response = await visitor.visit(page.url, delay=self._params.delay_seconds)
            sitemaps = await visitor.find_sitemaps(page.url) if page.depth == 0 else []
        except FetchFailed as error:
            state = "skipped" if error.code == FORBIDDEN else "failed"
            return Visit(page.id, page.depth, state, error.code)
        if response.status not in OK_STATUS:
            missing = response.status in MISSING and self._source.may_miss(page.url)
            state = "skipped" if missing else "failed"
            return Visit(page.id, page.depth, state, f"status_{response.status}")
        region = self._work.settings.default_region
        found: Page[Any] = Page(
            response, self._params, depth=page.depth, sitemaps=sitemaps, default_region=region
        )
        return self._read(found, page)

    def _read(self, found: Page[Any], page: FrontierPage) -> Visit:
        try:
            items = list(self._source.parse(found))
        except Exception as error:  # noqa: BLE001 - one bad page never stops a run
            return Visit(page.id, page.depth, "failed", f"unreadable: {type(error).__name__}")
        raws = [item for item in items if isinstance(item, RawRecord)]
        numbered = [replace(raw, row=self._row + n) for n, raw in enumerate(raws, start=1)]
        self._row += len(raws)
        records = prepare_records(numbered, source=self._source.title, region=found.region)
        links = [item for item in items if isinstance(item, Link)]
        return Visit(page.id, page.depth, "done", None, records, links)


def _next_pages(db: Session, run: Run, params: Params, *, careful: bool) -> list[FrontierPage]:
    left = params.max_pages - run.pages - run.pages_failed
    limit = min(1 if careful else PAGES_A_BATCH, left)
    query = select(FrontierPage).where(_is_ready(run.id))
    order = (FrontierPage.priority, FrontierPage.depth, FrontierPage.id)
    return list(db.scalars(query.order_by(*order).limit(max(limit, 0))))


def _write_visits(
    db: Session, run: Run, params: Params, visits: Sequence[Visit], seq: int
) -> Mapping[Outcome, int]:
    serialize_writers(db)
    records = [record for visit in visits for record in visit.records]
    counts = write_records(db, run, records)
    now = utc_now()
    for visit in visits:
        values = {"state": visit.state, "error": visit.error, "fetched_at": now}
        this = update(FrontierPage).where(FrontierPage.id == visit.page_id)
        count_updated(db, this.values(values))
    done = sum(visit.state == "done" for visit in visits)
    failed = sum(visit.state == "failed" for visit in visits)
    added = {"pages": Run.pages + done, "pages_failed": Run.pages_failed + failed}
    count_updated(db, update(Run).where(Run.id == run.id).values(added))
    fetched = run.pages + done + run.pages_failed + failed
    _go_on(db, run, params, visits, seq, is_full=fetched >= params.max_pages)
    return counts


def _go_on(
    db: Session, run: Run, params: Params, visits: Sequence[Visit], seq: int, *, is_full: bool
) -> None:
    """Put what was found into the frontier, and the next batch into the ledger."""
    if is_full:
        rest = update(FrontierPage).where(_is_ready(run.id))
        count_updated(db, rest.values(state="skipped", error="max_pages"))
        return
    found = [
        (link, visit.depth + 1)
        for visit in visits
        if visit.depth < params.max_depth
        for link in visit.links
    ]
    known = db.scalar(
        select(func.count()).select_from(FrontierPage).where(FrontierPage.run_id == run.id)
    )
    _add_to_frontier(db, run.id, found, room=params.max_pages * FRONTIER_FACTOR - (known or 0))
    if db.scalar(select(FrontierPage.id).where(_is_ready(run.id)).limit(1)) is not None:
        db.add(Batch(run_id=run.id, seq=seq + SEQ_STEP, kind="pages"))
        db.flush()


def _add_to_frontier(
    db: Session, run_id: int, found: Iterable[tuple[Link, int]], *, room: int
) -> None:
    by_key: dict[int, tuple[Link, int]] = {}
    for link, depth in found:
        by_key.setdefault(hash_text(link.url), (link, depth))
    known = set(
        db.scalars(
            select(FrontierPage.url_key).where(
                FrontierPage.run_id == run_id, in_values(db, FrontierPage.url_key, by_key)
            )
        )
    )
    fresh = [(key, value) for key, value in by_key.items() if key not in known]
    db.add_all(
        FrontierPage(run_id=run_id, url=link.url, url_key=key, depth=depth, priority=link.priority)
        for key, (link, depth) in fresh[: max(room, 0)]
    )
    db.flush()


def _is_ready(run_id: int) -> Any:
    return (FrontierPage.run_id == run_id) & (FrontierPage.state == "ready")
