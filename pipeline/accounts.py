"""Accounting for every row: what became of it, and what is wrong with it."""

from collections.abc import Sequence
from itertools import compress
from typing import Any

import orjson
from sqlalchemy.orm import Session

from pipeline.database.dialects import bulk_insert, table_of
from pipeline.outcomes import Decisions
from pipeline.records import Outcome, Severity
from pipeline.runs.models import RowIssue, RowOutcome, Run

MAX_SHOWN = 1_000


def insert_accounts(db: Session, run: Run, decisions: Decisions, fresh_ids: Sequence[int]) -> None:
    """Write the outcome and the issues of each row; ``fresh_ids`` are the leads of fresh rows."""
    table = decisions.table
    fresh = compress(table.row, decisions.fresh)
    created = Outcome.CREATED.value
    rows: list[tuple[Any, ...]] = [
        (run.id, row, created, lead_id) for row, lead_id in zip(fresh, fresh_ids, strict=True)
    ]
    rows += [
        (run.id, one.row, one.outcome.value, one.lead.id if one.lead else None)
        for one in decisions.others
    ]
    rows.sort()
    bulk_insert(db, table_of(RowOutcome), ("run_id", "row", "outcome", "lead_id"), rows)
    _insert_issues(db, run, decisions)


def _insert_issues(db: Session, run: Run, decisions: Decisions) -> None:
    columns = ("run_id", "row", "severity", "code", "field", "value", "expected", "raw", "url")
    values: list[tuple[Any, ...]] = []
    for one in decisions.others:
        record = one.record
        if record is None or one.outcome is Outcome.SUPPRESSED:
            continue
        raw = None
        if one.outcome is Outcome.REJECTED:
            raw = orjson.dumps(dict(record.raw)).decode()
        for issue in record.issues:
            place = (run.id, record.row, issue.severity.value, issue.code, issue.field)
            shown = raw if issue.severity is Severity.ERROR else None
            value = _printable(issue.value)
            values.append((*place, value, _printable(issue.expected), shown, record.url))
    bulk_insert(db, table_of(RowIssue), columns, values)


def _printable(text: str) -> str:
    # PostgreSQL stores no NUL; a value shown to a person may be cut.
    return text[:MAX_SHOWN].replace("\x00", "␀").encode("utf-8", "replace").decode()
