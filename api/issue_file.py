"""Rejected rows as CSV: what stood in the file, and what is wrong with it."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from pipeline.database.engine import Database
from pipeline.normalize.formulas import guard_formula
from pipeline.runs.findings import RejectedRow, find_rejected_rows

ABOUT = ("row", "field", "value", "code", "expected")
SEPARATOR = " | "
PAGE = 1_000


def write_issue_file(database: Database, run_id: int, columns: Sequence[str]) -> Iterator[str]:
    """Give the file in chunks, a line per row; no cell of it can run as a formula.

    Each chunk is a short read of its own, so a slow download holds no transaction open.
    """
    yield _lines([[*columns, *ABOUT]])
    last = -1
    while True:
        with database.read() as db:
            rows = find_rejected_rows(db, run_id, after_row=last, limit=PAGE)
        if not rows:
            return
        last = rows[-1].row
        yield _lines(_cells(row, columns) for row in rows)


def _cells(row: RejectedRow, columns: Sequence[str]) -> list[str]:
    own = [str(row.raw.get(column, "")) for column in columns]
    told = [
        SEPARATOR.join(getattr(issue, name) for issue in row.issues)
        for name in ("field", "value", "code", "expected")
    ]
    return [*own, str(row.row), *told]


def _lines(rows: Iterable[Sequence[str]]) -> str:
    buffer = StringIO()
    csv.writer(buffer).writerows([guard_formula(cell) for cell in row] for row in rows)
    return buffer.getvalue()
