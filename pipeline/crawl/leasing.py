"""Leasing hosts: each belongs to one batch at a time, over all runs and workers.

So whoever holds a host knows when it was asked last, and politeness holds across processes. What
a dead worker had done already is taken over from its journal.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from pipeline.bodies.journal import Legacy, read_legacy
from pipeline.bodies.store import bodies_folder, journal_name
from pipeline.crawl.frontier import DONE, READY, TAKEN, count_in_work, find_next, in_state, take
from pipeline.database.dialects import (
    bulk_insert_new,
    bulk_replace,
    bulk_update,
    count_updated,
    epoch_now,
    in_values,
    serialize_writers,
    table_of,
)
from pipeline.errors import Fenced
from pipeline.fetch.politeness import HostState
from pipeline.fetch.requests import RequestRecord
from pipeline.pages import Params
from pipeline.runs.crawl_models import CrawlHost, FrontierPage, PageRequest
from pipeline.runs.ledger import Claim, renew_lease
from pipeline.runs.models import Batch, Run
from pipeline.settings import Settings

HOSTS_A_BATCH = 256
PAGES_A_BATCH = 2_560
BATCH_SECONDS = 10.0
"""After so long no further page of a batch is begun; the rest waits for the next one."""
TURN_SECONDS = 2.0
"""A host whose turn is further away gives its place up, so that nobody waits for it."""
FIRST_PAGES = 10
"""So many pages of a host are visited at first, later as many as were: what is found meanwhile
may be more promising than what is known."""
STALE_SECONDS = 60.0
"""How long a host is left alone whose batch ended without giving it back."""
OPEN = ("ready", "running")


@dataclass(slots=True)
class Leased:
    """The hosts of a batch with their pages to visit, and what is known of both."""

    pages: dict[str, Sequence[FrontierPage]] = field(default_factory=dict)
    states: dict[str, HostState] = field(default_factory=dict)

    def __len__(self) -> int:
        return sum(map(len, self.pages.values()))


def lease_hosts(db: Session, run: Run, claim: Claim, params: Params, settings: Settings) -> Leased:
    """Take hosts and their next pages for a batch, in a transaction of its own.

    Raises:
        Fenced: the batch is another's by now.
    """
    serialize_writers(db)
    if not renew_lease(db, claim, settings.lease_seconds):
        raise Fenced(f"Batch {claim.batch_id} belongs to another worker.")
    asked = _take_over(db, run, claim, settings) if claim.attempt > 1 else {}
    now = db.scalar(select(epoch_now())) or 0.0
    held = list(db.scalars(select(CrawlHost).where(CrawlHost.batch_id == claim.batch_id)))
    if not held:
        held = _lease_free(db, run, claim, now)
    leased = Leased()
    room = _room(db, run.id, params)
    for place, host in enumerate(held):
        share = min(-(-room // (len(held) - place)), _share(db, run.id, host.host))
        pages = find_next(db, run.id, host.host, share)
        room -= len(pages)
        leased.pages[host.host] = pages
        next_at = max(host.next_at, asked.get(host.host, 0.0))
        leased.states[host.host] = HostState(max(next_at - now, 0.0), host.slowness)
        host.next_at = max(host.next_at, now)
    take(db, [page for pages in leased.pages.values() for page in pages])
    return leased


def give_back(db: Session, claim: Claim, states: Mapping[str, HostState]) -> None:
    """Let others have a batch's hosts, and know when these may be asked again."""
    now = db.scalar(select(epoch_now())) or 0.0
    rows = [(host, None, now + state.next_in, state.slowness) for host, state in states.items()]
    columns = ("host", "batch_id", "next_at", "slowness")
    bulk_replace(db, table_of(CrawlHost), ("host",), columns, sorted(rows))
    left = update(CrawlHost).where(CrawlHost.batch_id == claim.batch_id)
    count_updated(db, left.values(batch_id=None))


def note_requests(db: Session, run_id: int, records: Iterable[RequestRecord]) -> None:
    """Write requests into the politeness ledger."""
    columns = (
        *("run_id", "host", "url", "asked_at", "delay", "seconds", "concurrency"),
        *("permission", "status", "error", "bytes", "not_modified"),
    )
    rows = [(run_id, *(getattr(record, name) for name in columns[1:])) for record in records]
    bulk_insert_new(db, table_of(PageRequest), columns, rows)


def find_free(db: Session, run_id: int, *, soon: float | None = None) -> Sequence[str]:
    """Give hosts with pages that wait, and that nobody holds; those due first.

    ``soon`` is a moment on the database's clock: those due later are left out.
    """
    waiting = select(FrontierPage.host).where(in_state(run_id, READY)).distinct().subquery()
    query = (
        select(waiting.c.host)
        .outerjoin(CrawlHost, CrawlHost.host == waiting.c.host)
        .where(_is_free())
        .order_by(func.coalesce(CrawlHost.next_at, 0.0), waiting.c.host)
        .limit(4 * HOSTS_A_BATCH)
    )
    if soon is not None:
        query = query.where(func.coalesce(CrawlHost.next_at, 0.0) <= soon)
    return list(db.scalars(query))


def next_moment(db: Session, run_id: int) -> float:
    """Give when the first host with pages that wait may be asked, on the database's clock."""
    waiting = select(FrontierPage.host).where(in_state(run_id, READY)).distinct().subquery()
    query = select(func.min(func.coalesce(CrawlHost.next_at, 0.0))).select_from(
        waiting.outerjoin(CrawlHost, CrawlHost.host == waiting.c.host)
    )
    return db.scalar(query) or 0.0


def _lease_free(db: Session, run: Run, claim: Claim, now: float) -> list[CrawlHost]:
    """Take this batch's share of the hosts that wait."""
    free = find_free(db, run.id, soon=now + TURN_SECONDS)
    batches = select(func.count()).where(
        Batch.run_id == run.id, Batch.kind == "pages", Batch.state == "ready"
    )
    sharers = 1 + (db.scalar(batches) or 0)
    share = free[: min(-(-len(free) // sharers), HOSTS_A_BATCH)]
    known = {
        host.host: host
        for host in db.scalars(select(CrawlHost).where(in_values(db, CrawlHost.host, share)))
    }
    for name in share:
        if name not in known:
            known[name] = CrawlHost(host=name, next_at=0.0, slowness=0.0)
            db.add(known[name])
        known[name].batch_id = claim.batch_id
    db.flush()
    return [known[name] for name in share]


def _is_free() -> ColumnElement[bool]:
    """Say that a host is nobody's; or was left behind by a batch, and long enough ago."""
    held = select(Batch.id).where(Batch.id == CrawlHost.batch_id, Batch.state.in_(OPEN)).exists()
    stale = and_(~held, CrawlHost.next_at < epoch_now() - STALE_SECONDS)
    return or_(CrawlHost.host.is_(None), CrawlHost.batch_id.is_(None), stale)


def _share(db: Session, run_id: int, host: str) -> int:
    query = select(func.count()).where(in_state(run_id, DONE), FrontierPage.host == host)
    return max(FIRST_PAGES, db.scalar(query) or 0)


def _room(db: Session, run_id: int, params: Params) -> int:
    visited = db.scalar(select(Run.pages + Run.pages_failed).where(Run.id == run_id)) or 0
    used = visited + count_in_work(db, run_id)
    return max(min(params.max_pages - used, PAGES_A_BATCH), 0)


def _take_over(db: Session, run: Run, claim: Claim, settings: Settings) -> Mapping[str, float]:
    """Take over what dead workers did for this batch; give when each host may be asked again.

    The batch's ``rows`` counts the attempts whose journals are taken over already.
    """
    known = db.scalar(select(Batch.rows).where(Batch.id == claim.batch_id)) or 0
    asked: dict[str, float] = {}
    for attempt in range(1, claim.attempt):
        name = journal_name(run.id, claim.batch_id, attempt)
        legacy = read_legacy(bodies_folder(settings), name)
        for record in legacy.requests:
            due = record.asked_at + record.delay
            asked[record.host] = max(asked.get(record.host, 0.0), due)
        if attempt > known:
            note_requests(db, run.id, legacy.requests)
            _take_over_pages(db, run.id, name, legacy)
    db.execute(update(Batch).where(Batch.id == claim.batch_id).values(rows=claim.attempt - 1))
    _put_back(db, run.id, claim)
    return asked


def _take_over_pages(db: Session, run_id: int, name: str, legacy: Legacy) -> None:
    kept: list[tuple[Any, ...]] = [(name, at, page_id) for page_id, at in legacy.pages.items()]
    bulk_update(db, table_of(FrontierPage), ("body_file", "body_at"), kept)
    if legacy.suspect is not None:
        this = update(FrontierPage).where(
            FrontierPage.id == legacy.suspect, FrontierPage.run_id == run_id
        )
        count_updated(db, this.values(suspected=FrontierPage.suspected + 1))


def _put_back(db: Session, run_id: int, claim: Claim) -> None:
    """Let the pages of a batch wait again; they are chosen anew."""
    mine = select(CrawlHost.host).where(CrawlHost.batch_id == claim.batch_id)
    taken = update(FrontierPage).where(in_state(run_id, TAKEN), FrontierPage.host.in_(mine))
    count_updated(db, taken.values(state=READY))
