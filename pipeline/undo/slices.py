"""One slice of an undo: some leads, decided over and written in one transaction."""

from collections import Counter
from collections.abc import Iterable, Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from pipeline.dedupe.models import LeadFeatures
from pipeline.merges.following import find_canonical
from pipeline.operations.models import Operation
from pipeline.operations.reversals import Reversal
from pipeline.resolve.index import reindex
from pipeline.undo.decisions import Decision, decide
from pipeline.undo.evidence import Scope, gather_evidence
from pipeline.undo.merging import Part, find_part, put_together, take_apart
from pipeline.undo.sightings import move_sightings
from pipeline.undo.writing import write_decisions, write_kept


def undo_slice(
    db: Session, operation: Operation, undo: Operation, scope: Scope
) -> Sequence[Decision]:
    """Take back what an operation did to some leads; give what was decided for each.

    The caller holds the writers' lock.
    """
    part = find_part(db, operation, scope)
    split = take_apart(db, undo, operation, part)
    decisions = _undo_ordinary(db, operation, undo, scope)
    joined = put_together(db, undo, operation, part)
    everything = [*split, *decisions, *joined]
    write_kept(db, undo, everything)
    db.flush()
    _index(db, (one.lead_id for one in everything), part)
    return everything


def _undo_ordinary(
    db: Session, operation: Operation, undo: Operation, scope: Scope
) -> Sequence[Decision]:
    """Take back what an operation did otherwise than by merging and splitting."""
    evidence = gather_evidence(db, operation, scope)
    decisions = [decide(case) for case in evidence.cases]
    write_decisions(db, undo, decisions, evidence.versions)
    removed = [one.lead_id for one in decisions if one.reversal is Reversal.REMOVED]
    kept = [one.lead_id for one in decisions if one.reversal is Reversal.KEPT]
    move_sightings(db, operation, undo, scope, removed=removed, kept=kept)
    return decisions


def _index(db: Session, lead_ids: Iterable[int], part: Part) -> None:
    """Bring the matching index up to date, if there is one."""
    if not db.scalar(select(exists().select_from(LeadFeatures))):
        return
    merges = (*part.made, *part.parted, *part.held)
    met = {*lead_ids, *(one for merge in merges for one in (merge.winner_id, merge.loser_id))}
    reindex(db, met | set(find_canonical(db, met).values()))


def count_reversals(decisions: Sequence[Decision]) -> dict[Reversal, int]:
    """Give how many leads were removed, restored, recreated, kept."""
    found = Counter(one.reversal for one in decisions)
    return {reversal: found[reversal] for reversal in Reversal}
