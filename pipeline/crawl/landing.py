"""The second stage of a crawl: what pages showed goes the one straight way to the leads.

A watched source lands once all pages are read and its records look as they usually do; any other
lands as it goes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from pipeline.catalog.service import require_source
from pipeline.crawl.staging import read_staged
from pipeline.database.base import utc_now
from pipeline.database.dialects import bulk_delete, count_updated, table_of
from pipeline.errors import Conflict
from pipeline.ingest import write_records
from pipeline.prepare import Prepared, prepare_records
from pipeline.records import Outcome
from pipeline.runs.crawl_models import StagedPage
from pipeline.runs.models import Batch, Run
from pipeline.runs.service import SEQ_STEP, require_run
from pipeline.steps import Commit, Work
from pipeline.watching.limits import is_watched, judge_run

LAND = "land"
QUARANTINED = "quarantined"
PAGES_A_LANDING = 500
_OPEN = ("ready", "running")


def land_if_due(db: Session, run: Run, *, is_last: bool) -> None:
    """Put the landing of what is staged into the ledger, unless it has to wait or be judged."""
    if run.kind != "scrape":
        return
    if is_watched(db, run):
        if not is_last:
            return
        if not judge_run(db, run):
            run.state = QUARANTINED
            run.error = "What it found is unlike what its source usually brings: see its alarms."
            db.flush()
            return
    _add_landing(db, run.id)


def release(db: Session, run_id: int) -> Run:
    """Let the records of a quarantined run land.

    Raises:
        RunNotFound: there is none.
        Conflict: it is not in quarantine.
    """
    run = _require_quarantined(db, run_id)
    run.state, run.error = "running", None
    db.flush()
    _add_landing(db, run.id)
    if not _is_staged(db, run.id):
        run.state, run.finished_at = "finished", utc_now()
        db.flush()
    return run


def drop(db: Session, run_id: int) -> Run:
    """Throw the records of a quarantined run away; nothing of it has landed.

    Raises:
        RunNotFound: there is none.
        Conflict: it is not in quarantine.
    """
    run = _require_quarantined(db, run_id)
    run.state, run.finished_at = "cancelled", utc_now()
    count_updated(db, delete(StagedPage).where(StagedPage.run_id == run_id))
    db.flush()
    return run


def prepare_landing(work: Work) -> Commit:
    """Clean the records of the next staged pages."""
    with work.database.read() as db:
        title = require_source(db, work.run.source).title
        query = select(StagedPage).where(StagedPage.run_id == work.run.id)
        pages = list(db.scalars(query.order_by(StagedPage.page_id).limit(PAGES_A_LANDING)))
    records = _prepare(pages, title, first=work.run.read + 1)
    return lambda db, run: _land(db, run, pages, records)


def add_batch(db: Session, run_id: int, kind: str, *, due: float = 0.0) -> None:
    """Put a batch at the end of a run's; ``due`` is a moment on the database's clock."""
    last = db.scalar(select(func.max(Batch.seq)).where(Batch.run_id == run_id)) or 0
    db.add(Batch(run_id=run_id, seq=last + SEQ_STEP, kind=kind, next_attempt_at=due))
    db.flush()


def _prepare(pages: Sequence[StagedPage], title: str, *, first: int) -> list[Prepared]:
    rows = count(first)
    records: list[Prepared] = []
    for page in pages:
        region, raws = read_staged(page.records)
        numbered = [replace(raw, row=next(rows)) for raw in raws]
        records += prepare_records(numbered, source=title, region=region)
    return records


def _land(
    db: Session, run: Run, pages: Sequence[StagedPage], records: Sequence[Prepared]
) -> Mapping[Outcome, int]:
    counts = write_records(db, run, records)
    landed = [(run.id, page.page_id) for page in pages]
    bulk_delete(db, table_of(StagedPage), ("run_id", "page_id"), landed)
    if _is_staged(db, run.id):
        add_batch(db, run.id, LAND)
    return counts


def _add_landing(db: Session, run_id: int) -> None:
    if not _is_staged(db, run_id):
        return
    query = select(Batch.id).where(
        Batch.run_id == run_id, Batch.kind == LAND, Batch.state.in_(_OPEN)
    )
    if db.scalar(query.limit(1)) is None:
        add_batch(db, run_id, LAND)


def _is_staged(db: Session, run_id: int) -> bool:
    query = select(StagedPage.page_id).where(StagedPage.run_id == run_id)
    return db.scalar(query.limit(1)) is not None


def _require_quarantined(db: Session, run_id: int) -> Run:
    run = require_run(db, run_id)
    this = update(Run).where(Run.id == run_id, Run.state == QUARANTINED)
    if count_updated(db, this.values(error=run.error)) != 1:
        raise Conflict(f"Run {run_id} is not in quarantine: it is {run.state}.")
    db.refresh(run)
    return run
