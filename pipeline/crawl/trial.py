"""A live test of a source: what it reads from some pages, before anything lands."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.crawl.requesting import TRIAL
from pipeline.crawl.staging import read_staged
from pipeline.records import RawRecord
from pipeline.runs.crawl_models import FrontierPage, StagedPage
from pipeline.runs.service import require_run


@dataclass(frozen=True, slots=True)
class TriedPage:
    """A page of a trial, and what the source read from it."""

    url: str
    state: str
    error: str | None
    records: Sequence[RawRecord]


def read_trial(db: Session, run_id: int) -> list[TriedPage]:
    """Give the pages that a trial has visited so far, in the order it met them.

    Raises:
        RunNotFound: there is no such trial.
    """
    require_run(db, run_id, kind=TRIAL)
    page = FrontierPage
    visited = select(page, StagedPage.records).outerjoin(
        StagedPage, (StagedPage.run_id == page.run_id) & (StagedPage.page_id == page.id)
    )
    query = visited.where(page.run_id == run_id, page.state.in_(("done", "failed", "skipped")))
    return [
        TriedPage(one.url, one.state, one.error, read_staged(staged)[1] if staged else ())
        for one, staged in db.execute(query.where(page.fetched_at.is_not(None)).order_by(page.id))
    ]
