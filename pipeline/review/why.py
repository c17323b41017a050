"""Why a lead is what it is: its records, what they were compared with, and who decided what."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from pipeline.database.dialects import in_values
from pipeline.leads.history import History
from pipeline.matches.models import Judgement, Match
from pipeline.merges.following import find_canonical
from pipeline.merges.histories import find_members, require_whole_history
from pipeline.merges.models import Merge
from pipeline.operations.models import Operation

MATCHES = 200
"""Of more matches than this only the newest are told."""


@dataclass(frozen=True, slots=True)
class ToldMerge:
    """A merge that made the lead, or that was taken back, and the operation it belongs to."""

    merge: Merge
    operation: Operation


@dataclass(frozen=True, slots=True)
class Why:
    """All that decided over a lead. ``lead_id`` is the one that lives, ``asked`` the one asked for.

    ``members`` are the leads that live on in it, itself included.
    """

    asked: int
    lead_id: int
    members: Sequence[int]
    history: History
    merges: Sequence[ToldMerge]
    matches: Sequence[Match]
    judgements: Sequence[Judgement]


def explain_lead(db: Session, lead_id: int) -> Why:
    """Tell the whole history of a lead; of a merged one, of the lead that it lives on in.

    Raises:
        LeadNotFound: there is none; if it was deleted, the text names the operation to undo.
    """
    living = find_canonical(db, [lead_id]).get(lead_id, lead_id)
    history = require_whole_history(db, living)
    merges = _find_merges(db, living)
    met = {living, lead_id} | {one.merge.loser_id for one in merges}
    return Why(
        asked=lead_id,
        lead_id=living,
        members=sorted({living, *find_members(db, living)}),
        history=history,
        merges=merges,
        matches=find_matches(db, met),
        judgements=_find_judgements(db, history),
    )


def find_matches(db: Session, lead_ids: set[int], *, limit: int = MATCHES) -> Sequence[Match]:
    """Give the matches of some leads, whatever has become of them, the newest first."""
    ids = sorted(lead_ids)
    mine = or_(in_values(db, Match.left_id, ids), in_values(db, Match.right_id, ids))
    return db.scalars(select(Match).where(mine).order_by(Match.id.desc()).limit(limit)).all()


def _find_merges(db: Session, lead_id: int) -> Sequence[ToldMerge]:
    """Give all merges into a lead, and into those merged into it; the oldest first."""
    found: dict[int, ToldMerge] = {}
    winners = {lead_id}
    while winners:
        query = (
            select(Merge, Operation)
            .join(Operation, Operation.id == Merge.operation_id)
            .where(in_values(db, Merge.winner_id, sorted(winners)))
        )
        fresh = [
            ToldMerge(merge, operation)
            for merge, operation in db.execute(query)
            if merge.id not in found
        ]
        found |= {one.merge.id: one for one in fresh}
        winners = {one.merge.loser_id for one in fresh if one.merge.split_by is None}
    return [found[number] for number in sorted(found)]


def _find_judgements(db: Session, history: History) -> Sequence[Judgement]:
    digests = sorted({one.digest for one in history.sightings})
    mine = or_(
        in_values(db, Judgement.left_digest, digests),
        in_values(db, Judgement.right_digest, digests),
    )
    return db.scalars(select(Judgement).where(mine).order_by(Judgement.id)).all()
