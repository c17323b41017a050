"""The health of sources as its page shows it: lines over the last runs, and what is to decide."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from api.pages.sparkline import Sparkline, draw
from pipeline.records import FIELDS
from pipeline.runs.models import Run
from pipeline.runs.service import find_runs, require_run
from pipeline.watching.alarms import OPEN, find_alarms, tell_alarm
from pipeline.watching.health import SourceHealth, find_health
from pipeline.watching.history import ALL
from pipeline.watching.models import Alarm

SHOWN_FIELDS = 6
_MOST_ALARMS = 200
_TELLING = ("email", "phone", "name", "company", "title", "website")
"""The fields that a lead is worth most by come first."""


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field of a source's records: how many had it in the last run, and before."""

    name: str
    percent: int | None
    line: Sparkline


@dataclass(frozen=True, slots=True)
class HealthView:
    """A source's line in the list."""

    health: SourceHealth
    records: Sparkline
    fields: Sequence[FieldView]

    @property
    def is_used(self) -> bool:
        """Whether it has run, or will by itself."""
        return self.health.last_run is not None or self.health.due_at is not None


@dataclass(frozen=True, slots=True)
class AlarmView:
    """An alarm, in words."""

    alarm: Alarm
    name: str
    message: str


@dataclass(frozen=True, slots=True)
class HeldRun:
    """A run in quarantine, and all that is unusual about it."""

    run: Run
    alarms: Sequence[AlarmView]


def view_health(db: Session) -> list[HealthView]:
    """Show the health of all sources, the worst first."""
    return [_view(one) for one in find_health(db)]


def view_held(db: Session) -> list[HeldRun]:
    """Show the runs that wait for a decision, the newest first."""
    open_alarms = find_alarms(db, state=OPEN, limit=_MOST_ALARMS)
    run_ids = list(dict.fromkeys(one.run_id for one in open_alarms))
    return [
        HeldRun(
            require_run(db, run_id),
            [view_alarm(one) for one in open_alarms if one.run_id == run_id],
        )
        for run_id in run_ids
    ]


def view_alarm(alarm: Alarm) -> AlarmView:
    """Show an alarm in words."""
    return AlarmView(alarm, name_of(alarm.field), tell_alarm(alarm))


def find_recent(db: Session, limit: int = 10) -> list[Run]:
    """Give the newest scrapes."""
    return find_runs(db, kind="scrape", limit=limit)


def name_of(field: str) -> str:
    """Name a field to a reader."""
    return "records" if field == ALL else field.replace("_", " ")


def _view(health: SourceHealth) -> HealthView:
    records, runs = list(health.records), len(health.records)
    label = f"Records found by the last {runs} runs: {', '.join(map(str, records))}"
    names = sorted(health.rates, key=_rank)[:SHOWN_FIELDS]
    return HealthView(
        health,
        draw(records, most=max(records, default=0), label=label),
        [_view_field(name, health.rates[name]) for name in names],
    )


def _view_field(name: str, rates: Sequence[float | None]) -> FieldView:
    percents = [None if rate is None else round(100 * rate) for rate in rates]
    said = ", ".join("none" if one is None else f"{one} %" for one in percents)
    line = draw(rates, most=1.0, label=f"{name_of(name)} in the last {len(rates)} runs: {said}")
    return FieldView(name_of(name), percents[-1] if percents else None, line)


def _rank(name: str) -> tuple[int, int, str]:
    first = _TELLING.index(name) if name in _TELLING else len(_TELLING)
    return first, FIELDS.index(name) if name in FIELDS else len(FIELDS), name
