"""A page before and after: what an alarm means, shown by two pages that can be compared.

The pages are read again from the bodies that were kept. Where the earlier page does not show the
field either when it is read today, it is not the page that has changed but the way it is read.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from pipeline.bodies.store import read_page
from pipeline.catalog.service import require_source
from pipeline.errors import LeadEngineError
from pipeline.pages import Page
from pipeline.records import EMPTY, RawRecord
from pipeline.runs.crawl_models import FrontierPage
from pipeline.runs.models import Run
from pipeline.runs.service import require_run
from pipeline.settings import Settings
from pipeline.sources import Source
from pipeline.watching.excerpts import cut_alike, cut_around, without_controls
from pipeline.watching.history import ALL, find_good_runs
from pipeline.watching.models import Alarm

PAIRS = 12
"""So many pairs of pages are read at most in search of one that shows the change."""

SEARCH_SECONDS = 1.0
_SHOWN_RECORDS = 10
_LOOKED_BACK = 3


@dataclass(frozen=True, slots=True)
class PageView:
    """A page as it was fetched, and what is read in it today.

    ``values`` are the field's, ``records`` the first few by name of field; ``excerpt`` is a piece
    of the page's source, plain text that nobody must take for markup.
    """

    page_id: int
    run_id: int
    url: str
    fetched_at: datetime | None
    found: int
    records: Sequence[Mapping[str, str]]
    values: Sequence[str]
    excerpt: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A page of an earlier run and one of the alarm's; None where none is kept.

    ``is_told`` says that they show the change: the earlier one has what the later one lacks.
    """

    before: PageView | None
    after: PageView | None
    is_told: bool

    @property
    def is_same_page(self) -> bool:
        """Whether both are the same address."""
        return bool(self.before and self.after and self.before.url == self.after.url)


@dataclass(frozen=True, slots=True)
class _Read:
    """A kept page and what its source reads in it today."""

    page: FrontierPage
    text: str
    records: Sequence[RawRecord]


def choose_pages(
    db: Session, run_id: int, earlier: Sequence[int], field: str
) -> tuple[int | None, int | None]:
    """Give the pages that probably show a change best, before and after, without reading any."""
    pair = next(_find_pairs(db, run_id, earlier, field), None)
    return (pair[0].id, pair[1].id) if pair else (None, None)


def show_evidence(db: Session, settings: Settings, alarm: Alarm) -> Evidence:
    """Find two pages that show what an alarm means."""
    run = require_run(db, alarm.run_id)
    earlier = find_good_runs(db, run)
    reader = _Reader(db, settings, run)
    fallback: tuple[_Read, _Read] | None = None
    deadline = time.monotonic() + SEARCH_SECONDS
    for before, after in _find_pairs(db, run.id, earlier, alarm.field):
        pair = reader.read(before), reader.read(after)
        if pair[0] is None or pair[1] is None:
            continue
        if _tells(pair[0], pair[1], alarm):
            return _compare(pair[0], pair[1], alarm.field, is_told=True)
        fallback = fallback or (pair[0], pair[1])
        if time.monotonic() > deadline:
            break
    if fallback is None:
        return Evidence(None, None, is_told=False)
    return _compare(*fallback, alarm.field, is_told=False)


class _Reader:
    """Reads kept pages with the run's source."""

    def __init__(self, db: Session, settings: Settings, run: Run) -> None:
        self._settings = settings
        self._source: Source[Any] | None = None
        try:
            self._source = require_source(db, run.source)
            self._params = self._source.read_params(run.params)
        except LeadEngineError:
            self._source = None

    def read(self, page: FrontierPage) -> _Read | None:
        """Read a page; None where it is not kept any more."""
        if page.body_file is None or page.body_at is None:
            return None
        kept = read_page(self._settings, page.body_file, page.body_at)
        if kept is None:
            return None
        response, sitemaps = kept
        if self._source is None:
            return _Read(page, response.text, ())
        shown: Page[Any] = Page(
            response,
            self._params,
            depth=page.depth,
            sitemaps=sitemaps,
            carried=page.carried or EMPTY,
            default_region=self._settings.default_region,
        )
        try:
            items = list(self._source.parse(shown))
        except Exception:  # noqa: BLE001 - a page that cannot be read is evidence, too
            items = []
        return _Read(page, response.text, [one for one in items if isinstance(one, RawRecord)])


def _find_pairs(
    db: Session, run_id: int, earlier: Sequence[int], field: str
) -> Iterator[tuple[FrontierPage, FrontierPage]]:
    """Give pages of the same address first, then any two of the newest good run and this."""
    before, after = aliased(FrontierPage), aliased(FrontierPage)
    same = and_(after.url_key == before.url_key, after.run_id == run_id)
    kept = before.found > 0, before.body_file.is_not(None), after.body_file.is_not(None)
    # A count changes where a page shows another number; a field where there still are records.
    likely = (before.found == after.found) if field == ALL else (after.found == 0)
    for then in reversed(earlier[-_LOOKED_BACK:]):
        query = select(before, after).join(after, same).where(before.run_id == then, *kept)
        pairs = db.execute(query.order_by(likely, before.id).limit(PAIRS)).all()
        yield from ((one[0], one[1]) for one in pairs)
        if pairs:
            return
    if not earlier:
        return
    page = FrontierPage
    any_kept = select(page).where(page.body_file.is_not(None)).order_by(page.found.desc(), page.id)
    usual = db.scalars(any_kept.where(page.run_id == earlier[-1]).limit(PAIRS)).all()
    now = db.scalars(any_kept.where(page.run_id == run_id).limit(PAIRS)).all()
    yield from zip(usual, now, strict=False)


def _tells(before: _Read, after: _Read, alarm: Alarm) -> bool:
    """Whether two pages show the change that an alarm is about."""
    if alarm.field == ALL:
        fewer, more = len(after.records), len(before.records)
    else:
        fewer, more = len(_values(after, alarm.field)), len(_values(before, alarm.field))
        if not before.records:
            return False
    return fewer < more if alarm.value < alarm.low else fewer > more


def _compare(before: _Read, after: _Read, field: str, *, is_told: bool) -> Evidence:
    here, there = _values(before, field), _values(after, field)
    if here or not there:
        earlier = cut_around(before.text, here[0] if here else "")
        later = cut_alike(after.text, before.text, here[0] if here else "")
    else:
        later = cut_around(after.text, there[0])
        earlier = cut_alike(before.text, after.text, there[0])
    return Evidence(_view(before, field, earlier), _view(after, field, later), is_told)


def _view(read: _Read, field: str, excerpt: str) -> PageView:
    page = read.page
    return PageView(
        page_id=page.id,
        run_id=page.run_id,
        url=page.url,
        fetched_at=page.fetched_at,
        found=len(read.records),
        records=[_shown(_flat(one)) for one in read.records[:_SHOWN_RECORDS]],
        values=[without_controls(one) for one in _values(read, field)[:_SHOWN_RECORDS]],
        excerpt=excerpt,
    )


def _values(read: _Read, field: str) -> list[str]:
    """Give a field's values in a page; of the count, what tells the records apart."""
    flat = [_flat(one) for one in read.records]
    if field == ALL:
        return [next(iter(one.values())) for one in flat if one]
    return [one[field] for one in flat if one.get(field)]


def _shown(values: Mapping[str, str]) -> Mapping[str, str]:
    return {name: without_controls(value) for name, value in values.items()}


def _flat(record: RawRecord) -> Mapping[str, str]:
    values = {
        **record.fields,
        "email": "; ".join(record.emails),
        "phone": "; ".join(record.phones),
    }
    return {name: value for name, value in values.items() if value}
