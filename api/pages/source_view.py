"""What the pages of sources show: a trial as a table with its gaps, a source with its last run."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from pipeline.catalog.service import Listed, find_last_runs, find_sources
from pipeline.catalog.showing import columns_of, filled, values_of, wanted_fields
from pipeline.crawl.trial import TriedPage, read_trial
from pipeline.runs.ledger import WORKING_STATES
from pipeline.runs.models import Run
from pipeline.runs.service import require_run

SHOWN = 40


@dataclass(frozen=True, slots=True)
class TrialColumn:
    """A column of a trial's table, and how many of the records have a value there."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class TrialView:
    """A trial as it stands: its pages, and the first records in rows of equal columns."""

    run: Run
    is_open: bool
    pages: Sequence[TriedPage]
    columns: Sequence[TrialColumn]
    rows: Sequence[Sequence[str]]
    records: int


def view_trial(db: Session, run_id: int) -> TrialView:
    """Give a trial.

    Raises:
        RunNotFound: there is no such trial.
    """
    pages = read_trial(db, run_id)
    run = require_run(db, run_id)
    records = [record for page in pages for record in page.records]
    names = columns_of(records, wanted_fields(run.params))
    counts = filled(records, names)
    rows = [values_of(record) for record in records[:SHOWN]]
    return TrialView(
        run=run,
        is_open=run.state in WORKING_STATES,
        pages=pages,
        columns=[TrialColumn(name, counts[name]) for name in names],
        rows=[[row.get(name, "") for name in names] for row in rows],
        records=len(records),
    )


def view_sources(db: Session) -> list[tuple[Listed, Run | None]]:
    """Give all sources, each with its last run."""
    last = find_last_runs(db)
    return [(one, last.get(one.slug)) for one in find_sources(db)]
