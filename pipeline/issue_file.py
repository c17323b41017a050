"""Rejected rows as CSV: what stood in the file, what is wrong with it, and what would do.

Corrected, the file is imported like any other: :mod:`pipeline.readers.own_issues` leaves out what
stands here behind the rows' own columns.
"""

import csv
from collections.abc import Generator, Iterable, Mapping, Sequence
from io import StringIO

from pipeline.database.engine import Database
from pipeline.normalize.formulas import guard_formula
from pipeline.readers.own_issues import COLUMNS
from pipeline.runs.findings import (
    RejectedRow,
    find_rejected_rows,
    find_surplus_columns,
    read_columns,
)
from pipeline.runs.models import RowIssue, Run
from pipeline.runs.remedies import describe_remedy

SEPARATOR = " | "
PAGE = 1_000

_ALSO: Mapping[str, Sequence[str]] = {
    "name": ("given_name", "surname", "company"),
    "email": ("contact",),
    "phone": ("contact",),
}


def write_issue_file(database: Database, run: Run) -> Generator[bytes, None, None]:
    """Give the file in chunks, a line per row; no cell of it can run as a formula.

    ``row`` is the row's number in its file, the first below the header being 1. What is wrong
    with a row stands in one line, several issues with ``|`` between them.
    Each chunk is a short read of its own, so a slow download holds no transaction open.
    """
    with database.read() as db:
        columns = [*read_columns(run), *find_surplus_columns(db, run.id)]
    places = _find_places(run)
    yield _lines([[*columns, *COLUMNS]])
    last = -1
    while True:
        with database.read() as db:
            rows = find_rejected_rows(db, run.id, after_row=last, limit=PAGE)
        if not rows:
            return
        last = rows[-1].row
        yield _lines(_cells(row, columns, places) for row in rows)


def _find_places(run: Run) -> dict[str, list[str]]:
    """Give the file's own columns for each kind of value."""
    mapping = run.params.get("mapping") or {}
    places: dict[str, list[str]] = {}
    for name, kind in zip(mapping.get("header", ()), mapping.get("kinds", ()), strict=False):
        places.setdefault(kind, []).append(name)
    return places


def _cells(row: RejectedRow, columns: Sequence[str], places: Mapping[str, list[str]]) -> list[str]:
    own = [str(row.raw.get(column, "")) for column in columns]
    # What has a value is the cause, what has none mostly follows from it.
    issues = sorted(row.issues, key=lambda issue: not issue.value)
    return [
        *own,
        str(row.row),
        SEPARATOR.join(_describe_place(issue, row, places) for issue in issues),
        SEPARATOR.join(issue.value for issue in issues),
        SEPARATOR.join(issue.expected for issue in issues),
        " ".join(dict.fromkeys(describe_remedy(issue.code) for issue in issues)),
    ]


def _describe_place(issue: RowIssue, row: RejectedRow, places: Mapping[str, list[str]]) -> str:
    """Name the file's own columns that an issue is about, or else our field."""
    fields = [field for field in issue.field.split(", ") if field]
    named = [name for field in fields for name in _find_columns(field, places) or [field]]
    holding = [name for name in named if issue.value and issue.value in str(row.raw.get(name, ""))]
    return ", ".join(dict.fromkeys(holding or named))


def _find_columns(field: str, places: Mapping[str, list[str]]) -> list[str]:
    return [name for kind in (field, *_ALSO.get(field, ())) for name in places.get(kind, ())]


def _lines(rows: Iterable[Sequence[str]]) -> bytes:
    buffer = StringIO()
    csv.writer(buffer).writerows([guard_formula(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8", "replace")
