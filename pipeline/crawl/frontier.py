"""The frontier: the pages that a crawl has met, each once, and which of them come next."""

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

import orjson
from sqlalchemy import ColumnElement, func, insert, literal, select, update
from sqlalchemy.orm import Session

from pipeline.database.dialects import (
    bulk_insert_new,
    bulk_update,
    count_updated,
    table_of,
)
from pipeline.leads.keys import hash_text
from pipeline.pages import Link
from pipeline.runs.crawl_models import FrontierPage

READY, TAKEN, DONE, FAILED, SKIPPED = "ready", "taken", "done", "failed", "skipped"

_COLUMNS = (
    "run_id",
    "url",
    "url_key",
    "host",
    "depth",
    "priority",
    "state",
    *("tries", "suspected", "found", "carried"),
)


def add_links(db: Session, run_id: int, found: Iterable[tuple[Link, int]]) -> None:
    """Add pages with their depths; those that the run has met already stay as they are."""
    rows: dict[int, tuple[object, ...]] = {}
    for link, depth in found:
        key = hash_text(link.url)
        host = urlsplit(link.url).hostname or ""
        rows.setdefault(
            key, (run_id, link.url, key, host, depth, link.priority, READY, 0, 0, 0, _carried(link))
        )
    bulk_insert_new(db, table_of(FrontierPage), _COLUMNS, list(rows.values()))


def copy_pages(db: Session, from_run: int, to_run: int) -> None:
    """Take over the pages that an earlier run keeps, to be read again as they were."""
    page = FrontierPage
    names = ("url", "url_key", "host", "depth", "priority", "carried", "body_file", "body_at")
    kept = (
        select(
            literal(to_run),
            literal(READY),
            *(getattr(page, name) for name in names),
            literal(0),
            literal(0),
            literal(0),
        )
        .where(page.run_id == from_run, page.body_file.is_not(None))
        .order_by(page.id)
    )
    columns = ["run_id", "state", *names, "tries", "suspected", "found"]
    db.execute(insert(page).from_select(columns, kept))


def count_in_work(db: Session, run_id: int) -> int:
    """Give how many pages of a run are taken by batches."""
    query = select(func.count()).where(in_state(run_id, TAKEN))
    return db.scalar(query) or 0


def is_any_ready(db: Session, run_id: int) -> bool:
    """Whether a page of a run waits for a batch."""
    return db.scalar(select(FrontierPage.id).where(in_state(run_id, READY)).limit(1)) is not None


def find_next(db: Session, run_id: int, host: str, limit: int) -> Sequence[FrontierPage]:
    """Give the pages of a host to be visited next: the most promising first.

    A page that may have killed its reader comes last, and alone.
    """
    if limit < 1:
        return ()
    page = FrontierPage
    query = select(page).where(in_state(run_id, READY), page.host == host)
    order = (page.priority, page.depth, page.id)
    sound = db.scalars(query.where(page.suspected == 0).order_by(*order).limit(limit)).all()
    return sound or db.scalars(query.order_by(*order).limit(1)).all()


def take(db: Session, pages: Iterable[FrontierPage]) -> None:
    """Let pages belong to a batch."""
    rows = [(TAKEN, page.id) for page in pages]
    bulk_update(db, table_of(FrontierPage), ("state",), rows)


def skip_rest(db: Session, run_id: int, reason: str) -> None:
    """Leave out all that nobody has visited."""
    rest = update(FrontierPage).where(in_state(run_id, READY))
    count_updated(db, rest.values(state=SKIPPED, error=reason))


def in_state(run_id: int, state: str) -> ColumnElement[bool]:
    """Say that a page belongs to a run and is in a state."""
    return (FrontierPage.run_id == run_id) & (FrontierPage.state == state)


def _carried(link: Link) -> str | None:
    return orjson.dumps(dict(link.carried)).decode() if link.carried else None
