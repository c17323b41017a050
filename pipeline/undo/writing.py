"""Writing what an undo decided, in a constant number of statements however many leads."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from pipeline.database.dialects import bulk_insert, table_of
from pipeline.leads.rewriting import Rewrite, rewrite_leads
from pipeline.operations.models import KeptLead, Operation
from pipeline.operations.reversals import Reversal
from pipeline.undo.decisions import Decision


def write_decisions(
    db: Session, undo: Operation, decisions: Sequence[Decision], versions: Mapping[int, int]
) -> None:
    """Write what was decided as changes of ``undo``; ``versions`` are those of existing leads."""
    # What has no effect just now may have one again once a split is taken back.
    rewrites = [
        Rewrite(one.lead_id, one.before, one.after, always=one.reversal is Reversal.RESTORED)
        for one in decisions
        if _is_written(one)
    ]
    rewrite_leads(db, undo, rewrites, versions)


def write_kept(db: Session, undo: Operation, decisions: Sequence[Decision]) -> None:
    """Keep which leads an undo left as they are, and why."""
    kept = {one.lead_id: one.reason for one in decisions if one.reason}
    rows = [(undo.id, lead_id, reason) for lead_id, reason in kept.items()]
    bulk_insert(db, table_of(KeptLead), ("operation_id", "lead_id", "reason"), rows)


def _is_written(decision: Decision) -> bool:
    alone = {Reversal.REMOVED, Reversal.RECREATED}
    return decision.reversal in alone or None not in (decision.before, decision.after)
