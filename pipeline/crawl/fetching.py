"""The first stage of a crawl: batches that visit pages and stage what these show."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from pipeline.bodies.journal import Journal
from pipeline.bodies.store import bodies_folder, journal_name
from pipeline.catalog.service import require_source
from pipeline.crawl.frontier import READY, add_links, is_any_ready, skip_rest
from pipeline.crawl.landing import add_batch, land_if_due
from pipeline.crawl.leasing import (
    OPEN,
    TURN_SECONDS,
    Leased,
    find_free,
    give_back,
    lease_hosts,
    next_moment,
    note_requests,
)
from pipeline.crawl.memory import Recollection
from pipeline.crawl.staging import ALL
from pipeline.crawl.versions import find_versions, note_versions
from pipeline.crawl.visits import Crew, Known, Visit, Visits
from pipeline.database.base import utc_now
from pipeline.database.dialects import (
    bulk_insert,
    bulk_replace,
    bulk_update,
    count_updated,
    driver_moment,
    epoch_now,
    serialize_writers,
    table_of,
)
from pipeline.errors import Fenced
from pipeline.fetch.loop import fetch_loop
from pipeline.fetch.requests import RequestRecord
from pipeline.pages import Link, Params
from pipeline.records import Outcome
from pipeline.runs.crawl_models import CrawlHost, FieldCount, FrontierPage, StagedPage
from pipeline.runs.ledger import Claim
from pipeline.runs.models import Batch, Run
from pipeline.settings import Settings
from pipeline.steps import Commit, Work

FRONTIER_FACTOR = 20
_RECOLLECTION = Recollection()


def prepare_pages(work: Work) -> Commit:
    """Lease hosts, visit their next pages, and read them."""
    run, claim, settings = work.run, work.claim, work.settings
    with work.database.read() as db:
        source = require_source(db, run.source)
    params = source.read_params(run.params)
    leased = work.database.transact(lambda db: lease_hosts(db, run, claim, params, settings))
    keys = [page.url_key for pages in leased.pages.values() for page in pages]
    with work.database.read() as db:
        memory = _RECOLLECTION.open(db, claim)
        known = Known(memory, find_versions(db, settings, run.source, keys))
    name = journal_name(run.id, claim.batch_id, claim.attempt)
    with Journal(bodies_folder(settings), name) as journal:
        crew = Crew(work, source, params, journal, known)
        visits = fetch_loop(settings).run(lambda visitor: crew.visit_all(visitor, leased))
    if work.is_lost():
        raise Fenced(f"Batch {claim.batch_id} belongs to another worker.")
    return _Parting(work, params, leased, visits, journal.records).write


def let_hosts_go(db: Session, run: Run, claim: Claim, settings: Settings) -> None:
    """Give the hosts of a batch back that ended without its worker: its run was cancelled.

    Who takes them next keeps its distance from what the worker asked last.
    """
    delay = max(float(run.params.get("delay_seconds", 0)), settings.fetch_delay_seconds)
    is_open = select(Batch.id).where(Batch.id == claim.batch_id, Batch.state.in_(OPEN)).exists()
    left = update(CrawlHost).where(CrawlHost.batch_id == claim.batch_id, ~is_open)
    next_at = epoch_now() + max(delay, TURN_SECONDS)
    count_updated(db, left.values(batch_id=None, next_at=next_at))


def abandon_pages(work: Work) -> Commit:
    """Let a batch that killed too many workers go; what it died of is given up."""

    def write(db: Session, run: Run) -> Mapping[Outcome, int]:
        serialize_writers(db)
        mine = select(CrawlHost.host).where(CrawlHost.batch_id == work.claim.batch_id)
        taken = (
            (FrontierPage.run_id == run.id)
            & (FrontierPage.state == "taken")
            & FrontierPage.host.in_(mine)
        )
        fatal = update(FrontierPage).where(taken, FrontierPage.suspected > 0)
        lost = count_updated(db, fatal.values(state="failed", error="killed_worker"))
        count_updated(db, update(FrontierPage).where(taken).values(state=READY))
        failed = Run.pages_failed + lost
        count_updated(db, update(Run).where(Run.id == run.id).values(pages_failed=failed))
        give_back(db, work.claim, {})
        _go_on(db, run, work.claim, work.settings.workers)
        return {}

    return write


@dataclass(frozen=True, slots=True)
class _Parting:
    """Writes what came of a batch; may be called again after a rollback."""

    work: Work
    params: Params
    leased: Leased
    visits: Visits
    requests: Sequence[RequestRecord]

    def write(self, db: Session, run: Run) -> Mapping[Outcome, int]:
        """Write pages, records to land, links, requests, hosts; then see how the run goes on."""
        serialize_writers(db)
        note_requests(db, run.id, self.requests)
        self._write_pages(db)
        self._stage(db, run)
        found = [visit for visit in self.visits.visits if visit.version is not None]
        versions = [(visit.page.url_key, visit.version) for visit in found if visit.version]
        note_versions(db, run.source, run.id, versions)
        done, failed = self._count("done"), self._count("failed")
        added = {"pages": Run.pages + done, "pages_failed": Run.pages_failed + failed}
        count_updated(db, update(Run).where(Run.id == run.id).values(added))
        give_back(db, self.work.claim, self.visits.states)
        current = db.get_one(Run, run.id, populate_existing=True)
        self._add_links(db, current)
        _go_on(db, current, self.work.claim, self.work.settings.workers)
        return {}

    def _count(self, state: str) -> int:
        return sum(visit.state == state for visit in self.visits.visits)

    def _write_pages(self, db: Session) -> None:
        now = driver_moment(db, utc_now())
        columns = (
            *("state", "error", "fetched_at", "status", "tries", "found"),
            *("body_file", "body_at"),
        )
        rows = [_page_row(visit, now) for visit in self.visits.visits]
        visited = {visit.page.id for visit in self.visits.visits}
        bulk_update(db, table_of(FrontierPage), columns, rows)
        left = [
            (READY, page.id)
            for pages in self.leased.pages.values()
            for page in pages
            if page.id not in visited
        ]
        bulk_update(db, table_of(FrontierPage), ("state",), left)

    def _stage(self, db: Session, run: Run) -> None:
        rows = [
            (run.id, visit.page.id, visit.staged) for visit in self.visits.visits if visit.staged
        ]
        columns = ("run_id", "page_id", "records")
        bulk_insert(db, table_of(StagedPage), columns, rows)
        counts: Counter[str] = Counter()
        for visit in self.visits.visits:
            counts.update(visit.fields)
        known = select(FieldCount.field, FieldCount.count).where(FieldCount.run_id == run.id)
        for field, count in db.execute(known):
            counts[field] += count
        totals = [(run.id, field, count) for field, count in sorted(counts.items())]
        names = ("run_id", "field", "count")
        bulk_replace(db, table_of(FieldCount), names[:2], names, totals)

    def _add_links(self, db: Session, run: Run) -> None:
        if run.replays:
            return
        known = select(func.count()).where(FrontierPage.run_id == run.id)
        room = self.params.max_pages * FRONTIER_FACTOR - (db.scalar(known) or 0)
        found: list[tuple[Link, int]] = [
            (link, visit.page.depth + visit.further)
            for visit in sorted(self.visits.visits, key=lambda visit: visit.page.id)
            for link in visit.links
        ]
        add_links(db, run.id, found[: max(room, 0)])
        if run.pages + run.pages_failed >= self.params.max_pages:
            skip_rest(db, run.id, "max_pages")


def _go_on(db: Session, run: Run, claim: Claim, workers: int) -> None:
    """Put the next batches into the ledger: as many as workers can share the waiting hosts."""
    others = _count_others(db, run.id, claim)
    if is_any_ready(db, run.id):
        due = 0.0
        free = len(find_free(db, run.id))
        if not free or next_moment(db, run.id) > _now(db) + TURN_SECONDS:
            due = max(next_moment(db, run.id) - TURN_SECONDS / 2, _now(db) + 1.0)
        wanted = max(min(workers, free), 1) - others
        for _ in range(wanted):
            add_batch(db, run.id, "pages", due=due)
        return
    if not others:
        land_if_due(db, run, is_last=True)
        return
    land_if_due(db, run, is_last=False)


def _count_others(db: Session, run_id: int, claim: Claim) -> int:
    query = select(func.count()).where(
        Batch.run_id == run_id,
        Batch.kind == "pages",
        Batch.state.in_(OPEN),
        Batch.id != claim.batch_id,
    )
    return db.scalar(query) or 0


def _now(db: Session) -> float:
    return db.scalar(select(epoch_now())) or 0.0


def _page_row(visit: Visit, now: object) -> tuple[object, ...]:
    page = visit.page
    tries = page.tries + (visit.state == READY)
    file, at = visit.body or (page.body_file, page.body_at)
    found = visit.fields.get(ALL, 0)
    return (visit.state, visit.error, now, visit.status, tries, found, file, at, page.id)
