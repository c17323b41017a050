"""The one straight way: prepared records of any source become, or join, leads."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from pipeline.database.dialects import prefer_indexes, serialize_writers
from pipeline.outcomes import decide_batch
from pipeline.plans.service import is_plan
from pipeline.prepare import Prepared, PreparedBatch
from pipeline.records import Outcome
from pipeline.runs.models import Run
from pipeline.write import write_batch
from pipeline.write_plans import write_plan


def write_records(
    db: Session, run: Run, prepared: PreparedBatch | Sequence[Prepared]
) -> dict[Outcome, int]:
    """Suppress, match, merge and write one batch in a constant number of statements.

    The caller's transaction also holds the batch's fence. Gives how many records had each outcome.
    A plan goes the same way to its end, and there writes down what would happen.
    """
    prefer_indexes(db)
    batch = prepared if isinstance(prepared, PreparedBatch) else PreparedBatch(list(prepared))
    if is_plan(run):
        decisions = decide_batch(db, run, batch)
        write_plan(db, run, decisions)
    else:
        serialize_writers(db)
        decisions = decide_batch(db, run, batch)
        write_batch(db, run, decisions)
    return decisions.counts()
