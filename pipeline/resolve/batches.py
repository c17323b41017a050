"""Resolution as batches behind the rows of a run: first all its leads are indexed, then matched."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from pipeline.database.dialects import (
    count_updated,
    in_values,
    prefer_indexes,
    serialize_writers,
)
from pipeline.leads.models import Lead
from pipeline.operations.ledger import open_operation
from pipeline.operations.models import Change, Operation
from pipeline.plans.service import is_plan
from pipeline.records import Outcome
from pipeline.resolve.index import reindex
from pipeline.resolve.resolver import Policy, resolve_leads
from pipeline.runs.ledger import Claim, has_open_batches
from pipeline.runs.models import Batch, Run
from pipeline.runs.service import SEQ_STEP, request_run
from pipeline.steps import Commit, Work

KIND = "resolve"
OPERATION = "merge"
INDEX, RESOLVE = "index", "resolve"
INDEXED, RESOLVED = 2_500, 1_000
"""So many leads are indexed, and matched, by one transaction.

Keys lie all over the index: the more are written in their order, the fewer pages for each.
"""

_FOLLOWED = ("import", "scrape")
"""The kinds of run whose leads are matched once all rows are written."""


def request_resolution(db: Session) -> Run:
    """Write down that all leads shall be indexed anew and matched against each other."""
    return request_run(db, KIND, "leads", first_batch=INDEX)


def follow_with_resolution(db: Session, run_id: int, matching: str) -> None:
    """Put the resolution of a run's leads in line once its last row is written.

    Belongs into the transaction that finishes a batch.
    """
    db.flush()
    if matching == "off" or has_open_batches(db, run_id):
        return
    run = db.get(Run, run_id, populate_existing=True)
    if run is None or run.kind not in _FOLLOWED or is_plan(run):
        return
    last = select(Batch.kind, Batch.seq).where(Batch.run_id == run_id).order_by(Batch.seq.desc())
    kind, seq = db.execute(last.limit(1)).one()
    if kind not in {INDEX, RESOLVE} and _find_leads(db, run, 0, 1):
        db.add(Batch(run_id=run_id, seq=seq + SEQ_STEP, kind=INDEX))
        db.flush()


def prepare_index(work: Work) -> Commit:
    """Index the next leads of a run."""
    claim, region = work.claim, work.settings.default_region
    return lambda db, run: _index(db, run, claim, region)


def prepare_resolution(work: Work) -> Commit:
    """Match the next leads of a run against all others.

    All is decided inside the transaction, under the writers' lock, so that no other worker meets
    the same person at the same moment.
    """
    claim, settings = work.claim, work.settings
    may_merge = settings.matching == "merge"
    return lambda db, run: _resolve(db, run, claim, may_merge=may_merge)


def _index(db: Session, run: Run, claim: Claim, region: str) -> Mapping[Outcome, int]:
    serialize_writers(db)
    prefer_indexes(db)
    db.info["region"] = region
    leads = _find_leads(db, run, _cursor(db, claim), INDEXED)
    reindex(db, leads)
    full = len(leads) == INDEXED
    _add_batch(db, claim, INDEX if full else RESOLVE, leads[-1] if full else 0)
    return {}


def _resolve(db: Session, run: Run, claim: Claim, *, may_merge: bool) -> Mapping[Outcome, int]:
    serialize_writers(db)
    prefer_indexes(db)
    leads = _find_leads(db, run, _cursor(db, claim), RESOLVED)
    if leads:
        policy = Policy(
            lambda: _operation(db, run),
            run.id,
            may_merge=may_merge,
            pending=lambda some: _find_pending(db, run, leads[-1], some),
        )
        done = resolve_leads(db, leads, policy)
        added: dict[str, Any] = {
            "resolved": Run.resolved + len(leads),
            "merged": Run.merged + done.merged,
            "to_review": Run.to_review + done.to_review,
        }
        count_updated(db, update(Run).where(Run.id == run.id).values(added))
    if len(leads) == RESOLVED:
        _add_batch(db, claim, RESOLVE, leads[-1])
    return {}


def _find_leads(db: Session, run: Run, after: int, limit: int) -> Sequence[int]:
    """Give the next leads that a run has created or changed; of a resolution, all leads."""
    if run.kind == KIND:
        column, mine = Lead.id, Lead.id > after
    else:
        column, mine = Change.lead_id, Change.lead_id > after
        mine &= Change.operation_id == run.operation_id
    return list(db.scalars(select(column).where(mine).distinct().order_by(column).limit(limit)))


def _find_pending(db: Session, run: Run, last: int, some: Collection[int]) -> Collection[int]:
    """Give those of some leads that come after ``last`` in this run."""
    following = [lead_id for lead_id in some if lead_id > last]
    if run.kind == KIND or not following:
        return following
    mine = Change.operation_id == run.operation_id
    query = select(Change.lead_id).where(mine, in_values(db, Change.lead_id, following))
    return set(db.scalars(query))


def _operation(db: Session, run: Run) -> Operation:
    """Give the operation that holds all merges of a run."""
    if run.kind == KIND:
        return db.get_one(Operation, run.operation_id)
    mine = select(Operation).where(Operation.run_id == run.id, Operation.kind == OPERATION)
    return db.scalar(mine.limit(1)) or open_operation(db, OPERATION, run_id=run.id)


def _cursor(db: Session, claim: Claim) -> int:
    return db.scalar(select(Batch.after_lead).where(Batch.id == claim.batch_id)) or 0


def _add_batch(db: Session, claim: Claim, kind: str, after: int) -> None:
    seq = claim.seq + SEQ_STEP
    db.add(Batch(run_id=claim.run_id, seq=seq, kind=kind, after_lead=after))
    db.flush()
