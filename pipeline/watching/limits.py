"""Whether a run is watched, and whether what it found lies within its limits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from pipeline.catalog.service import require_source
from pipeline.errors import LeadEngineError
from pipeline.runs.models import Run
from pipeline.watching.charts import ALPHA, Limits, count_limits, fill_limits
from pipeline.watching.evidence import choose_pages
from pipeline.watching.history import ALL, Counts, count_found, find_changes, find_good_runs
from pipeline.watching.models import Alarm

ENOUGH_RUNS = 4
"""From so many good runs on, the next one is measured by them."""


@dataclass(frozen=True, slots=True)
class Outlier:
    """A field whose value lies outside its limits; :data:`ALL` is the number of records."""

    field: str
    value: float
    limits: Limits


@dataclass(frozen=True, slots=True)
class Measure:
    """What a run is held against: its source's own expectation, and the runs before it.

    ``changes`` says since how many of these a field is what a person has accepted it to be.
    """

    expects: tuple[int, int] | None = None
    history: Sequence[Counts] = ()
    changes: Mapping[str, int] = field(default_factory=dict)


def is_watched(db: Session, run: Run) -> bool:
    """Whether a run's records must wait until all pages are read, so that it can be judged."""
    if _expectation(db, run) is not None:
        return True
    return len(find_good_runs(db, run)) >= ENOUGH_RUNS


def judge_run(db: Session, run: Run) -> bool:
    """Compare what a run found with its source's limits; give whether it may land, else alarm.

    Belongs into the transaction that writes the run's last page.
    """
    db.flush()
    earlier = find_good_runs(db, run)
    found = count_found(db, [*earlier, run.id])
    history = [found[one] for one in earlier] if len(earlier) >= ENOUGH_RUNS else []
    expects = _widen(_expectation(db, run), db, earlier, found)
    measure = Measure(expects, history, find_changes(db, earlier))
    outliers = find_outliers(found[run.id], measure)
    for one in outliers:
        before, after = choose_pages(db, run.id, earlier, one.field)
        db.add(
            Alarm(
                run_id=run.id,
                source=run.source,
                field=one.field,
                value=one.value,
                low=one.limits.low,
                high=one.limits.high,
                before_page=before,
                after_page=after,
            )
        )
    db.flush()
    return not outliers


def find_outliers(found: Counts, measure: Measure) -> list[Outlier]:
    """Give all that is unlike the measure: the number of records, and fields' fill rates.

    A field that no earlier run has filled raises no alarm: it is news, no loss.
    """
    return [*_judge_count(found[ALL], measure), *_judge_fields(found, measure)]


def _judge_count(records: int, measure: Measure) -> Iterator[Outlier]:
    expects, history = measure.expects, [one[ALL] for one in measure.history]
    if expects is not None and not expects[0] <= records <= expects[1]:
        yield Outlier(ALL, records, Limits(sum(expects) / 2, *map(float, expects)))
    elif any(history):
        since = measure.changes.get(ALL)
        limits = count_limits(history, alpha=_alpha(measure), since=since)
        if not limits.hold(records):
            yield Outlier(ALL, records, limits)


def _judge_fields(found: Counts, measure: Measure) -> Iterator[Outlier]:
    total = found[ALL]
    for name in _find_fields(measure) if total else ():
        since = measure.changes.get(name)
        # A run without records says nothing of a fill rate.
        told = [one[ALL] > 0 for one in measure.history]
        pairs = [(one.get(name, 0), one[ALL]) for one in measure.history if one[ALL]]
        kept = None if since is None else sum(told[-since:]) or None
        limits = fill_limits(pairs, total, alpha=_alpha(measure), since=kept)
        value = found.get(name, 0) / total
        if not limits.hold(value):
            yield Outlier(name, value, limits)


def _find_fields(measure: Measure) -> list[str]:
    return sorted({name for one in measure.history for name, n in one.items() if n and name != ALL})


def _alpha(measure: Measure) -> float:
    """Share the chance of a false alarm among all that is judged (Bonferroni)."""
    return ALPHA / (len(_find_fields(measure)) + 1)


def _expectation(db: Session, run: Run) -> tuple[int, int] | None:
    try:
        return require_source(db, run.source).expects
    except LeadEngineError:
        return None


def _widen(
    expects: tuple[int, int] | None,
    db: Session,
    earlier: Sequence[int],
    found: Mapping[int, Counts],
) -> tuple[int, int] | None:
    """Let an expectation hold what a person has accepted although it did not."""
    since = find_changes(db, earlier).get(ALL)
    if expects is None or since is None:
        return expects
    accepted = [found[one][ALL] for one in earlier[-since:]]
    return min(expects[0], *accepted), max(expects[1], *accepted)
