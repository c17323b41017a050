"""Reading how far a crawl is: its pages by state, and those that failed."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.runs.crawl_models import FrontierPage
from pipeline.runs.ledger import OPEN_STATES
from pipeline.runs.models import Run


def count_pages(db: Session, run_id: int) -> Mapping[str, int]:
    """Give how many pages of a crawl are in each state: ready, done, failed, skipped."""
    query = (
        select(FrontierPage.state, func.count())
        .where(FrontierPage.run_id == run_id)
        .group_by(FrontierPage.state)
    )
    return {state: count for state, count in db.execute(query)}  # noqa: C416 - typed pairs


def find_crawls_at_work(db: Session) -> set[int]:
    """Give the runs whose kept pages are still needed: those that have not ended."""
    return set(db.scalars(select(Run.id).where(Run.state.in_((*OPEN_STATES, "quarantined")))))


def find_pages(
    db: Session, run_id: int, state: str, *, after_id: int = 0, limit: int = 50
) -> list[FrontierPage]:
    """Give the pages of a crawl that are in a state, in the order they were met."""
    query = select(FrontierPage).where(
        FrontierPage.run_id == run_id, FrontierPage.state == state, FrontierPage.id > after_id
    )
    return list(db.scalars(query.order_by(FrontierPage.id).limit(limit)))
