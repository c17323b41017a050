"""The health of all sources: what each brought lately, whether it was polite, what comes next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.catalog.service import find_sources
from pipeline.compliance import ComplianceReport, check_compliance
from pipeline.database.base import utc_now
from pipeline.records import FIELDS
from pipeline.runs.crawl_models import PageRequest
from pipeline.runs.ledger import OPEN_STATES
from pipeline.runs.models import Run, Schedule
from pipeline.watching.alarms import OPEN
from pipeline.watching.history import ALL, HISTORY_RUNS, Counts, count_found
from pipeline.watching.models import Alarm

HEALTHY, QUARANTINED, FAILING, SILENT, UNTRIED = (
    *("healthy", "quarantined", "failing", "silent"),
    "untried",
)
STATES = (QUARANTINED, FAILING, SILENT, HEALTHY, UNTRIED)
"""The worst first."""

CHECKED_REQUESTS = 500
"""So many of a source's newest requests are checked here; a run's own report checks them all."""

_ENDED = ("finished", "failed", "inconsistent")
_OVERDUE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """A source, how it is and why.

    ``records`` is how many each of its newest runs found, those in quarantine among them, the
    oldest first, and ``rates`` which share of them had a field. ``due_at`` is when it runs next by
    itself.
    """

    slug: str
    title: str
    state: str
    reason: str
    last_run: Run | None
    records: Sequence[int]
    rates: Mapping[str, Sequence[float | None]]
    due_at: datetime | None
    open_alarms: int
    compliance: ComplianceReport | None


def find_health(db: Session) -> list[SourceHealth]:
    """Give the health of every source that runs, has run or could run; the worst first."""
    titles = {one.slug: one.title for one in find_sources(db) if one.source or one.declared}
    run_before = select(Run.source).where(Run.kind == "scrape").distinct()
    schedules = list(db.scalars(select(Schedule).where(Schedule.enabled)))
    slugs = {*titles, *db.scalars(run_before), *(one.source for one in schedules)}
    alarms = list(db.scalars(select(Alarm.source).where(Alarm.state == OPEN)))
    found = [
        _look_at(
            db,
            slug,
            titles.get(slug),
            [one for one in schedules if one.source == slug],
            alarms.count(slug),
        )
        for slug in slugs
    ]
    return sorted(found, key=lambda one: (STATES.index(one.state), one.title.lower(), one.slug))


def _look_at(
    db: Session, slug: str, title: str | None, schedules: Sequence[Schedule], open_alarms: int
) -> SourceHealth:
    newest = _find_newest(db, slug)
    shown = [run for run in newest if run.state in (*_ENDED, QUARANTINED)][::-1]
    counts = count_found(db, [run.id for run in shown])
    found = [counts[run.id] for run in shown]
    state, reason = _judge(title, newest, counts, schedules)
    return SourceHealth(
        slug=slug,
        title=title or slug,
        state=state,
        reason=reason,
        last_run=newest[0] if newest else None,
        records=[one[ALL] for one in found],
        rates=_rates(found),
        due_at=min((one.next_due_at for one in schedules), default=None),
        open_alarms=open_alarms,
        compliance=_check_politeness(db, newest[0].id) if newest else None,
    )


def _find_newest(db: Session, slug: str) -> Sequence[Run]:
    query = select(Run).where(Run.kind == "scrape", Run.source == slug)
    return db.scalars(query.order_by(Run.id.desc()).limit(HISTORY_RUNS)).all()


def _judge(
    title: str | None,
    newest: Sequence[Run],
    counts: Mapping[int, Counts],
    schedules: Sequence[Schedule],
) -> tuple[str, str]:
    """Give a source's state, and in words why."""
    held = next((run for run in newest if run.state == "quarantined"), None)
    if held is not None:
        return QUARANTINED, f"Run {held.id} waits for a decision."
    if title is None and schedules:
        return FAILING, "It is scheduled, but there is no such source any more."
    if _is_overdue(newest, schedules):
        return SILENT, "A run is overdue: is the engine running?"
    last = next((run for run in newest if run.state in _ENDED), None)
    if last is None:
        return UNTRIED, "No run of it has ended yet."
    return _judge_last(last, counts[last.id][ALL])


def _judge_last(last: Run, records: int) -> tuple[str, str]:
    if last.state != "finished":
        return FAILING, f"Run {last.id} {last.state.replace('inconsistent', 'is inconsistent')}."
    if last.pages_failed > last.pages:
        return FAILING, f"{last.pages_failed} pages failed, only {last.pages} could be read."
    if records == 0:
        return SILENT, f"Run {last.id} found nothing."
    return HEALTHY, f"Run {last.id} found {records:,} records."


def _is_overdue(newest: Sequence[Run], schedules: Sequence[Schedule]) -> bool:
    """Whether a run should long have begun, and none that it would have to wait for goes on."""
    if any(run.state in OPEN_STATES for run in newest):
        return False
    return any(utc_now() - one.next_due_at > _OVERDUE for one in schedules)


def _rates(found: Sequence[Counts]) -> Mapping[str, Sequence[float | None]]:
    names = {name for one in found for name, count in one.items() if count and name != ALL}
    ordered = sorted(names, key=lambda name: FIELDS.index(name) if name in FIELDS else len(FIELDS))
    return {
        name: [one.get(name, 0) / one[ALL] if one[ALL] else None for one in found]
        for name in ordered
    }


def _check_politeness(db: Session, run_id: int) -> ComplianceReport:
    """Check a run's newest requests, and whatever else was asked of the same hosts meanwhile."""
    request = PageRequest
    mine = db.execute(
        select(request.host, request.asked_at)
        .where(request.run_id == run_id)
        .order_by(request.id.desc())
        .limit(CHECKED_REQUESTS)
    ).all()
    if not mine:
        return ComplianceReport(0, 0, [])
    moments = [asked_at for _, asked_at in mine]
    since = (request.asked_at >= min(moments)) & (request.asked_at <= max(moments))
    asked = select(request).where(request.host.in_({host for host, _ in mine}), since)
    return check_compliance(db.scalars(asked.order_by(request.asked_at)))
