"""Receipts: what became of every row of a file, in figures that anyone can check on the data."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, cast, func, select
from sqlalchemy.orm import Session

from pipeline.database.engine import Database
from pipeline.errors import Conflict
from pipeline.records import Outcome
from pipeline.runs.ledger import OPEN_STATES
from pipeline.runs.models import RowOutcome, Run
from pipeline.runs.service import is_balanced, require_run

PROOF = "proof"
"""Under this name a run's params keep what :func:`prove_outcomes` found when it had ended."""

_PAGE = 50_000
_NOT_SHOWN = {PROOF, "text_path"}
_SAME = (
    *("state", "error", "file_name", "bytes", "sha256", "read"),
    *("requested_by", "requested_at", "started_at", "finished_at"),
)


@dataclass(frozen=True, slots=True)
class Proof:
    """What the rows of a run's outcomes say by themselves: how many of each, and their hash."""

    counts: Mapping[str, int]
    sha256: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an import did. ``read`` and the six counts are the run's own.

    ``balanced`` tells that they add up, that the rows' outcomes give the very same counts, and,
    where the run is finished, that the file has as many rows. ``reading`` is how the file was
    read: encoding, dialect, columns and their kinds, and what the person chose.
    """

    run: int
    operation: int
    plan: bool
    state: str
    error: str | None
    file_name: str | None
    bytes: int | None
    sha256: str | None
    rows: int | None
    read: int
    created: int
    updated: int
    unchanged: int
    duplicate: int
    suppressed: int
    rejected: int
    balanced: bool
    outcome_sha256: str
    requested_by: str
    requested_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    reading: Mapping[str, Any]


def issue_receipt(database: Database, run_id: int) -> Receipt:
    """Give the receipt of an import that has ended, as often as asked and always the same.

    The outcomes are read through once, at the first time.

    Raises:
        RunNotFound: there is no such import.
        Conflict: it has not ended.
    """
    with database.read() as db:
        run = require_run(db, run_id, kind="import")
    if run.state in OPEN_STATES or run.finished_at is None:
        raise Conflict(f"Import {run_id} is {run.state}; its receipt is given when it has ended.")
    ended = run.finished_at.isoformat()
    kept = run.params.get(PROOF, {})
    if kept.get("ended") == ended:
        return _write_receipt(run, Proof(kept["counts"], kept["sha256"]))
    proof = prove_outcomes(database, run_id)
    document = {"ended": ended, "counts": proof.counts, "sha256": proof.sha256}
    database.transact(lambda db: _keep(db, run, document))
    return _write_receipt(run, proof)


def prove_outcomes(database: Database, run_id: int) -> Proof:
    """Count and hash the outcomes of a run's rows.

    The hash is SHA-256 over one line ``row,outcome`` for each row, in order of row, each ended by
    a line feed. So it hangs on nothing but what became of which row: not on ids, batches, workers
    or kills. A plan and the import that does as planned have the same.
    """
    digest, counts = hashlib.sha256(), dict.fromkeys(map(str, Outcome), 0)
    for lines in _read_lines(database, run_id):
        digest.update(lines)
        for outcome in counts:
            counts[outcome] += lines.count(f",{outcome}\n".encode())
    return Proof(counts, digest.hexdigest())


def _read_lines(database: Database, run_id: int) -> Iterator[bytes]:
    """Give a run's lines, some thousand at a time, each time by a short read of its own."""
    row, mine = RowOutcome.row, RowOutcome.run_id == run_id
    with database.read() as db:
        highest = db.scalar(select(func.max(row)).where(mine))
    line = cast(row, String) + "," + RowOutcome.outcome + "\n"
    for low in range(0, (highest or 0) + 1, _PAGE):
        with database.read() as db:
            page = select(line).where(mine, row >= low, row < low + _PAGE).order_by(row)
            yield "".join(_fetch(db, page)).encode()


def _fetch(db: Session, query: Select[str]) -> list[str]:
    # The driver's own cursor: a result of SQLAlchemy's takes four times as long.
    cursor = db.connection().connection.cursor()
    cursor.execute(str(query.compile(db.get_bind(), compile_kwargs={"literal_binds": True})))
    return [text for (text,) in cursor.fetchall()]


def _keep(db: Session, run: Run, document: dict[str, Any]) -> None:
    now = require_run(db, run.id)
    if now.finished_at == run.finished_at:
        now.params = {**now.params, PROOF: document}


def _write_receipt(run: Run, proof: Proof) -> Receipt:
    counts = {outcome.value: getattr(run, outcome.value) for outcome in Outcome}
    complete = run.state != "finished" or run.rows_total in {None, run.read}
    return Receipt(
        **counts,
        **{name: getattr(run, name) for name in _SAME},
        run=run.id,
        operation=run.operation_id,
        plan=bool(run.params.get("plan")),
        rows=run.rows_total,
        balanced=is_balanced(run) and counts == proof.counts and complete,
        outcome_sha256=proof.sha256,
        reading={name: value for name, value in run.params.items() if name not in _NOT_SHOWN},
    )
