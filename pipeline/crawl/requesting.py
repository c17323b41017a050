"""Writing down that a source shall be scraped, tried out, or read again from what was kept."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.catalog.service import require_source
from pipeline.crawl.frontier import add_links, copy_pages
from pipeline.errors import Conflict
from pipeline.extract import check_decoders
from pipeline.pages import Link, Params
from pipeline.runs.crawl_models import FrontierPage
from pipeline.runs.models import Run
from pipeline.runs.service import request_run, require_run

SCRAPE, TRIAL = "scrape", "trial"
TRIAL_PAGES = 5


def request_scrape(
    db: Session, slug: str, params: Mapping[str, Any], *, request_key: str | None = None
) -> Run:
    """Write down that a source shall be scraped, with the pages to begin with.

    Raises:
        SourceNotFound: no source bears this slug.
        InvalidInput: the source cannot do with these params.
    """
    return _request(db, SCRAPE, slug, params, request_key=request_key)


def request_trial(
    db: Session, slug: str, params: Mapping[str, Any], *, pages: int = TRIAL_PAGES
) -> Run:
    """Write down that some pages of a source shall be read and shown; nothing of them lands.

    Raises:
        SourceNotFound: no source bears this slug.
        InvalidInput: the source cannot do with these params.
    """
    return _request(db, TRIAL, slug, {**params, "max_pages": pages})


def request_replay(db: Session, run_id: int) -> Run:
    """Write down that the kept pages of a scrape shall be read once more, without fetching any.

    Raises:
        RunNotFound: there is no such scrape.
        Conflict: none of its pages is kept any more.
        SourceNotFound: its source is gone.
    """
    earlier = require_run(db, run_id, kind=SCRAPE)
    kept = select(func.count()).where(
        FrontierPage.run_id == run_id, FrontierPage.body_file.is_not(None)
    )
    if not db.scalar(kept):
        raise Conflict(f"No page of run {run_id} is kept; LEADS_KEEP_PAGES_DAYS says how long.")
    require_source(db, earlier.source).read_params(earlier.params)
    run = request_run(db, SCRAPE, earlier.source, first_batch="pages", params={**earlier.params})
    run.replays = run_id
    copy_pages(db, earlier.id, run.id)
    return run


def check_params(db: Session, slug: str, params: Mapping[str, Any]) -> tuple[Params, list[Link]]:
    """Check what a source is told; give that, completed, and the pages to begin with.

    Raises:
        SourceNotFound: no source bears this slug.
        InvalidInput: the source cannot do with these params.
    """
    source = require_source(db, slug)
    checked = source.read_params(params)
    check_decoders(checked.decoders)
    return checked, source.start(checked)


def _request(
    db: Session,
    kind: str,
    slug: str,
    params: Mapping[str, Any],
    *,
    request_key: str | None = None,
) -> Run:
    checked, links = check_params(db, slug, params)
    run = request_run(
        db,
        kind,
        slug,
        first_batch="pages",
        request_key=request_key,
        params=checked.model_dump(mode="json"),
    )
    if run.state == "requested":  # else the same request was made before
        add_links(db, run.id, [(link, 0) for link in links])
    return run
