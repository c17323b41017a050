"""Who works on which batch: claim, lease, turn, fence. Leases save time; the fence is the safety.

All times here are seconds on the database's clock.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from pipeline.database.dialects import count_updated, epoch_now
from pipeline.errors import Fenced
from pipeline.operations.reversals import Reversal
from pipeline.records import Outcome
from pipeline.runs.models import Batch, Run

WORKING_STATES = ("requested", "running")
"""In these states workers may claim a run's batches."""

OPEN_STATES = (*WORKING_STATES, "paused")
"""In these states a run has not ended."""

UNORDERED = ("pages",)
"""Batches of these kinds wait for no other, nor does any wait for them: hosts are their order."""

Counted = Mapping[Outcome, int] | Mapping[Reversal, int]
"""How many records had which outcome; of an undo, how many leads."""

_BACKOFF_SECONDS = 0.5
_MAX_BACKOFF_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Claim:
    """A batch that this worker holds until its lease runs out."""

    batch_id: int
    run_id: int
    seq: int
    kind: str
    token: str
    attempt: int
    byte_lo: int
    byte_hi: int
    row_lo: int
    rows: int


def claim_next_batch(db: Session, run_id: int, lease_seconds: float) -> Claim | None:
    """Claim the first batch of a run that nobody works on; None where there is none."""
    run = db.get(Run, run_id)
    if run is None or run.state not in WORKING_STATES:
        return None
    batch = db.scalar(
        select(Batch).where(Batch.run_id == run_id, _claimable()).order_by(Batch.seq).limit(1)
    )
    if batch is None:
        return None
    token = str(uuid.uuid4())
    # One conditional UPDATE decides among all who saw the same batch.
    won = count_updated(
        db,
        update(Batch)
        .where(Batch.id == batch.id, _claimable())
        .values(
            state="running",
            token=token,
            attempt=Batch.attempt + 1,
            lease_until=epoch_now() + lease_seconds,
        ),
    )
    if won != 1:
        return None
    db.refresh(batch)
    return Claim(
        batch_id=batch.id,
        run_id=run_id,
        seq=batch.seq,
        kind=batch.kind,
        token=token,
        attempt=batch.attempt,
        byte_lo=batch.byte_lo,
        byte_hi=batch.byte_hi,
        row_lo=batch.row_lo,
        rows=batch.rows,
    )


def renew_lease(db: Session, claim: Claim, lease_seconds: float) -> bool:
    """Hold a batch for longer; False if it is another's by now."""
    return _update_mine(db, claim, lease_until=epoch_now() + lease_seconds)


def release_batch(db: Session, claim: Claim) -> bool:
    """Give a batch back untouched: this attempt does not count."""
    return _update_mine(
        db, claim, state="ready", token=None, attempt=Batch.attempt - 1, next_attempt_at=0.0
    )


def fail_batch(db: Session, claim: Claim, error: str) -> bool:
    """Give a batch back after a failure, to be tried again a little later."""
    delay = min(_BACKOFF_SECONDS * 2.0 ** min(claim.attempt, 10), _MAX_BACKOFF_SECONDS)
    return _update_mine(
        db, claim, state="ready", token=None, error=error, next_attempt_at=epoch_now() + delay
    )


def find_blocking_batch(db: Session, claim: Claim) -> tuple[int, bool] | None:
    """Give the first unfinished batch before this one, and whether it may be claimed.

    Batches commit in their order, so what a file becomes does not hang on who was faster.
    """
    row = db.execute(
        select(Batch.id, _claimable())
        .where(
            Batch.run_id == claim.run_id,
            Batch.seq < claim.seq,
            Batch.kind.not_in(UNORDERED),
            Batch.state.in_(("ready", "running")),
        )
        .order_by(Batch.seq)
        .limit(1)
    ).first()
    return (row[0], bool(row[1])) if row else None


def finish_batch(db: Session, claim: Claim, counts: Counted, *, state: str = "done") -> None:
    """Pass the fence: the last statement of the transaction that writes a batch's records.

    Raises:
        Fenced: another worker owns the batch; the caller's transaction must roll back.
    """
    named = {outcome.value: count for outcome, count in counts.items()}
    named["read"] = sum(counts.values())
    if not _update_mine(db, claim, state=state, lease_until=None, error=None, **named):
        raise Fenced(f"Batch {claim.batch_id} belongs to another worker.")
    added = {name: getattr(Run, name) + count for name, count in named.items()}
    count_updated(db, update(Run).where(Run.id == claim.run_id).values(added))


def find_open_runs(db: Session) -> list[tuple[int, int]]:
    """Give the runs with batches that may be claimed now, and how many each has."""
    query = (
        select(Batch.run_id, func.count())
        .join(Run, Run.id == Batch.run_id)
        .where(_claimable(), Run.state.in_(WORKING_STATES))
        .group_by(Batch.run_id)
        .order_by(Batch.run_id)
    )
    return [(run_id, count) for run_id, count in db.execute(query)]


def has_open_batches(db: Session, run_id: int) -> bool:
    """Whether any batch of a run is still to be done."""
    query = select(Batch.id).where(Batch.run_id == run_id, Batch.state.in_(("ready", "running")))
    return db.scalar(query.limit(1)) is not None


def _claimable() -> ColumnElement[bool]:
    now = epoch_now()
    return or_(
        and_(Batch.state == "ready", Batch.next_attempt_at <= now),
        and_(Batch.state == "running", Batch.lease_until < now),
    )


def _update_mine(db: Session, claim: Claim, **values: object) -> bool:
    mine = update(Batch).where(
        Batch.id == claim.batch_id, Batch.token == claim.token, Batch.state == "running"
    )
    return count_updated(db, mine.values(**values)) == 1
