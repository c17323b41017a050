"""Why rows are rejected or doubted: issues grouped by cause, with a fix offered for each value."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, Select, and_, case, distinct, func, select
from sqlalchemy.orm import Session

from pipeline.plans.models import PlannedLead
from pipeline.plans.offers import Offer, offer_fix
from pipeline.plans.regions import MAX_TRIED, likely_regions, region_hints
from pipeline.records import Outcome
from pipeline.runs.models import RowIssue, RowOutcome, Run

MAX_GROUPS = 50
MAX_REGIONS = 3
SAMPLE = 200
_CAUSE = (RowIssue.code, RowIssue.field, RowIssue.severity)


@dataclass(frozen=True, slots=True)
class IssueValue:
    """One value that could not be used, in how many rows, and what is offered for it."""

    value: str
    rows: int
    expected: str
    offer: Offer | None = None


@dataclass(frozen=True, slots=True)
class IssueGroup:
    """All issues of one cause, with its most frequent values first.

    ``rejected`` are those of its rows that become no lead. ``distinct`` counts all its values,
    also those not listed. ``regions`` are countries that make many of its phones valid, each with
    how many of the values looked at.
    """

    code: str
    field: str
    severity: str
    rows: int
    rejected: int
    distinct: int
    expected: str
    values: Sequence[IssueValue]
    regions: Sequence[tuple[str, int]]


def group_issues(db: Session, run: Run, *, limit: int = 20) -> list[IssueGroup]:
    """Give a run's issues by cause, the most frequent first, each with ``limit`` of its values.

    It takes three statements at most, however many rows there are.
    """
    found: dict[tuple[str, ...], list[IssueValue]] = defaultdict(list)
    for row in db.execute(_most_frequent(run.id, max(limit, MAX_TRIED))):
        values = found[row.code, row.field, row.severity]
        values.append(IssueValue(row.value, row.rows, row.expected))
    home, totals = str(run.params.get("region", "")), db.execute(_totals(run.id)).all()
    has_phones = any(row.field == "phone" for row in totals)
    hints = region_hints(_sample(db, run.id)) if has_phones else Counter()
    return [
        _group(row, found[row.code, row.field, row.severity], home, hints, limit) for row in totals
    ]


def _group(
    row: Row[Any], values: list[IssueValue], home: str, hints: Counter[str], limit: int
) -> IssueGroup:
    regions = _regions(values, home, hints) if row.field == "phone" else []
    likely = [region for region, _ in regions]
    return IssueGroup(
        code=row.code,
        field=row.field,
        severity=row.severity,
        rows=row.rows,
        rejected=row.rejected,
        distinct=row.distinct,
        expected=values[0].expected,
        values=[
            replace(one, offer=offer_fix(row.field, one.value, home=home, regions=likely))
            for one in values[:limit]
        ],
        regions=regions,
    )


def _regions(values: Sequence[IssueValue], home: str, hints: Counter[str]) -> list[tuple[str, int]]:
    likely = likely_regions((one.value for one in values), hints)
    return [(region, count) for region, count in likely if region != home][:MAX_REGIONS]


def _sample(db: Session, run_id: int) -> Sequence[Mapping[str, Any]]:
    # Those with a negative id would be created; of others there may be no values.
    query = select(PlannedLead.values).where(PlannedLead.run_id == run_id, PlannedLead.lead_id < 0)
    return db.scalars(query.limit(SAMPLE)).all()


def _totals(run_id: int) -> Select[*tuple[Any, ...]]:
    outcome = and_(RowOutcome.run_id == RowIssue.run_id, RowOutcome.row == RowIssue.row)
    rejected = case((RowOutcome.outcome == Outcome.REJECTED, RowIssue.row))
    rows = func.count(distinct(RowIssue.row)).label("rows")
    return (
        select(
            *_CAUSE,
            rows,
            func.count(distinct(rejected)).label("rejected"),
            func.count(distinct(RowIssue.value)).label("distinct"),
        )
        .join(RowOutcome, outcome)
        .where(RowIssue.run_id == run_id)
        .group_by(*_CAUSE)
        .order_by(rows.desc(), *_CAUSE)
        .limit(MAX_GROUPS)
    )


def _most_frequent(run_id: int, limit: int) -> Select[*tuple[Any, ...]]:
    rows = func.count(distinct(RowIssue.row))
    rank = func.row_number().over(partition_by=_CAUSE, order_by=(rows.desc(), RowIssue.value))
    ranked = (
        select(
            *_CAUSE,
            RowIssue.value,
            rows.label("rows"),
            func.min(RowIssue.expected).label("expected"),
            rank.label("rank"),
        )
        .where(RowIssue.run_id == run_id)
        .group_by(*_CAUSE, RowIssue.value)
        .subquery()
    )
    return select(ranked).where(ranked.c.rank <= limit).order_by(ranked.c.rank)
