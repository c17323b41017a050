"""An undo as a run: each batch takes back the next leads and puts the batch after it in line."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.database.dialects import prefer_indexes, serialize_writers
from pipeline.leads.models import Sighting
from pipeline.operations.ledger import require_operation
from pipeline.operations.models import Change, Operation
from pipeline.operations.reversals import Reversal
from pipeline.runs.ledger import Claim, Counted
from pipeline.runs.models import Batch, Run
from pipeline.runs.service import SEQ_STEP
from pipeline.steps import Commit, Work
from pipeline.undo.evidence import leads_between
from pipeline.undo.roots import find_root
from pipeline.undo.service import KIND, settle
from pipeline.undo.slices import count_reversals, undo_slice

SIGHTINGS_PER_LEAD = 5
"""How many sightings for each of its leads a batch may look at, so that sparse changes are found
in many short transactions instead of a long one."""


def prepare_undo(work: Work) -> Commit:
    """Take back the next leads of an operation.

    All is decided inside the transaction, under the writers' lock: what others have done until
    that moment is kept.
    """
    claim, size = work.claim, work.settings.batch_rows
    return lambda db, run: _undo_batch(db, run, claim, size)


def _undo_batch(db: Session, run: Run, claim: Claim, size: int) -> Counted:
    serialize_writers(db)
    prefer_indexes(db)
    undo = require_operation(db, run.operation_id)
    operation = require_operation(db, undo.undoes or 0)
    after = db.scalar(select(Batch.after_lead).where(Batch.id == claim.batch_id)) or 0
    last = _find_end(db, operation, after, size)
    decisions = undo_slice(db, operation, undo, leads_between(after, last))
    counts = count_reversals(decisions)
    if last is None:
        kept = db.scalar(select(Run.kept).where(Run.id == run.id)) or 0
        settle(db, operation, undo, kept + counts[Reversal.KEPT])
    else:
        db.add(Batch(run_id=run.id, seq=claim.seq + SEQ_STEP, kind=KIND, after_lead=last))
        db.flush()
    return counts


def _find_end(db: Session, operation: Operation, after: int, size: int) -> int | None:
    """Give the last lead of the slice that begins after this one; None if all fit into it."""
    mine = Change.operation_id == operation.id, Change.lead_id > after
    changed = select(Change.lead_id).where(*mine).distinct().order_by(Change.lead_id)
    ends = [db.scalar(changed.offset(size - 1).limit(1))]
    if find_root(db, operation).run_id is not None:
        seen = select(Sighting.lead_id).where(Sighting.lead_id > after).order_by(Sighting.lead_id)
        ends.append(db.scalar(seen.offset(SIGHTINGS_PER_LEAD * size - 1).limit(1)))
    return min((end for end in ends if end is not None), default=None)
