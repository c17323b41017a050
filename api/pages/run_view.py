"""A run as its page shows it: how far, whether its accounting balances, what its rows became."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from api.run_out import RunOut
from pipeline.crawl.report import CrawlReport, report_crawl
from pipeline.leads.search import find_by_ids
from pipeline.operations.ledger import require_operation
from pipeline.operations.models import KeptLead, Operation
from pipeline.operations.reversals import Reversal, find_kept
from pipeline.records import Outcome
from pipeline.runs.crawl_models import FrontierPage
from pipeline.runs.findings import RejectedRow, find_rejected_rows, find_run_issues
from pipeline.runs.frontier import count_pages, find_pages
from pipeline.runs.ledger import OPEN_STATES
from pipeline.runs.models import RowIssue, Run
from pipeline.runs.service import count_issues, find_outcomes
from pipeline.undo.service import get_undo_run

ROWS = 100
EXAMPLES = 3
_SKIPPED = 20


@dataclass(frozen=True, slots=True)
class Slice:
    """One outcome's part of the bar: where it begins and how wide it is, in thousandths."""

    outcome: str
    count: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class RowView:
    """What became of one row: the lead it belongs to, or why there is none."""

    row: int
    outcome: str
    lead_id: int | None
    name: str
    rejected: RejectedRow | None


@dataclass(frozen=True, slots=True)
class Cause:
    """A kind of issue, how often it occurred, and the first few."""

    code: str
    count: int
    examples: Sequence[RowIssue]

    @property
    def words(self) -> str:
        """The code in words."""
        return self.code.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class RunView:
    """A run and what its page says about it."""

    run: Run
    shown: RunOut
    is_open: bool
    undoable: bool
    undone_by: int | None
    undo_run: int | None
    kept: Sequence[KeptLead]
    slices: Sequence[Slice]
    causes: Sequence[Cause]
    pages: Mapping[str, int]
    troubled: Sequence[FrontierPage]
    crawled: bool
    crawl: CrawlReport | None


def view_run(db: Session, run: Run) -> RunView:
    """Gather what a run's page says, its rows apart."""
    operation = require_operation(db, run.operation_id)
    undoing = get_undo_run(db, operation.id)
    is_open = run.state in OPEN_STATES
    crawled = run.kind in {"scrape", "trial"}
    skipped = find_pages(db, run.id, "skipped", limit=_SKIPPED) if crawled else []
    return RunView(
        run=run,
        shown=RunOut.of(run),
        is_open=is_open,
        undoable=not is_open and undoing is None and _is_standing(operation),
        undone_by=operation.undone_by,
        undo_run=undoing.id if undoing else None,
        kept=find_kept(db, operation.id, limit=ROWS) if run.kind == "undo" else (),
        slices=slice_counts(run),
        causes=_find_causes(db, run.id),
        pages=count_pages(db, run.id) if crawled else {},
        troubled=[*find_pages(db, run.id, "failed"), *skipped] if crawled else [],
        crawled=crawled,
        crawl=report_crawl(db, run.id) if crawled and not is_open else None,
    )


def slice_counts(run: Run) -> list[Slice]:
    """Cut the bar among the outcomes that occurred; of an undo, among what it did with leads."""
    slices: list[Slice] = []
    start = 0.0
    for outcome in Reversal if run.kind == "undo" else Outcome:
        count = getattr(run, outcome.value)
        width = 1_000 * count / run.read if run.read else 0.0
        slices.append(Slice(outcome.value, count, round(start, 2), round(width, 2)))
        start += width
    return slices


def view_rows(db: Session, run: Run, *, outcome: str | None, after: int) -> list[RowView]:
    """Give some of a run's rows, one more than a page holds if there are more."""
    rows = find_outcomes(db, run.id, outcome=outcome, after_row=after, limit=ROWS + 1)
    names = {
        lead.id: lead.name
        for lead in find_by_ids(db, [row.lead_id for row in rows if row.lead_id is not None])
    }
    rejected = {
        one.row: one for one in find_rejected_rows(db, run.id, after_row=after, limit=ROWS + 1)
    }
    return [
        RowView(
            row.row,
            row.outcome,
            row.lead_id,
            names.get(row.lead_id or 0, ""),
            rejected.get(row.row),
        )
        for row in rows
    ]


def _is_standing(operation: Operation) -> bool:
    return operation.undone_by is None and operation.changes > 0


def _find_causes(db: Session, run_id: int) -> list[Cause]:
    return [
        Cause(code, count, find_run_issues(db, run_id, code=code, limit=EXAMPLES))
        for code, count in count_issues(db, run_id).items()
    ]
