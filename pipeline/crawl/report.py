"""What a crawl did out there: requests, their outcomes, and the proof that it was polite."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.compliance import ComplianceReport, check_compliance
from pipeline.runs.crawl_models import FrontierPage, PageRequest


@dataclass(frozen=True, slots=True)
class CrawlReport:
    """A crawl in numbers. ``errors`` counts the pages that brought nothing, by host and reason.

    ``not_modified`` requests were answered without a body. ``compliance`` looks at all requests
    to the crawl's hosts while it ran, those of other runs among them.
    """

    requests: int
    not_modified: int
    bytes: int
    records: int
    errors: Mapping[tuple[str, str], int]
    compliance: ComplianceReport


def report_crawl(db: Session, run_id: int) -> CrawlReport:
    """Give what a crawl did so far."""
    request = PageRequest
    query = select(
        func.count(),
        func.count().filter(request.not_modified),
        func.coalesce(func.sum(request.bytes), 0),
    ).where(request.run_id == run_id)
    requests, not_modified, size = db.execute(query).one()
    found = select(func.sum(FrontierPage.found)).where(FrontierPage.run_id == run_id)
    return CrawlReport(
        requests,
        not_modified,
        size,
        db.scalar(found) or 0,
        _count_errors(db, run_id),
        check_compliance(_find_requests(db, run_id)),
    )


def _count_errors(db: Session, run_id: int) -> Mapping[tuple[str, str], int]:
    page = FrontierPage
    query = (
        select(page.host, page.error, func.count())
        .where(page.run_id == run_id, page.state == "failed")
        .group_by(page.host, page.error)
        .order_by(func.count().desc(), page.host)
    )
    return {(host, error or ""): count for host, error, count in db.execute(query)}


def _find_requests(db: Session, run_id: int) -> Sequence[PageRequest]:
    """Give all requests to a run's hosts from its first request to its last."""
    request = PageRequest
    mine = select(request.host).where(request.run_id == run_id).distinct()
    span = select(func.min(request.asked_at), func.max(request.asked_at)).where(
        request.run_id == run_id
    )
    first, last = db.execute(span).one()
    if first is None:
        return ()
    query = select(request).where(
        request.host.in_(mine), request.asked_at >= first, request.asked_at <= last
    )
    return list(db.scalars(query.order_by(request.asked_at)))
