"""The merges of an undo: those it takes back, brings back, or sets aside while it does its work."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from pipeline.database.dialects import in_values
from pipeline.matches.service import forbid, has_answered
from pipeline.merges.models import Merge
from pipeline.merges.service import MERGE, SPLIT, rejoin, split_apart
from pipeline.operations.models import Change, Operation
from pipeline.operations.reversals import Reversal
from pipeline.undo.decisions import Decision
from pipeline.undo.evidence import Scope
from pipeline.undo.roots import find_root

FORBIDDEN_TOGETHER = 30
"""Of up to so many leads that were one, no two are ever merged by a rule again; of more of them,
none with the one that they were a part of."""


@dataclass(frozen=True, slots=True)
class Part:
    """The merges that a slice of an undo is about.

    ``made`` were brought about by the operation and ``parted`` taken back by it; ``held`` are in
    the way of what else is to be undone.
    """

    made: Sequence[Merge]
    parted: Sequence[Merge]
    held: Sequence[Merge]


def find_part(db: Session, operation: Operation, scope: Scope) -> Part:
    """Find the merges that matter to a slice of an undo."""
    net = func.sum(case((Change.action == "create", 1), else_=-1))
    # Set aside and brought back within one operation, a merge has a creation and a deletion.
    query = (
        select(Merge, net)
        .join(Change, and_(Change.lead_id == Merge.loser_id, Change.merge_id == Merge.id))
        .where(
            scope.settles(Merge.winner_id, Merge.loser_id),
            Change.operation_id == operation.id,
            Change.action != "update",
        )
        .group_by(Merge.id)
        .order_by(Merge.id)
    )
    effects = db.execute(query).all()
    made = [one for one, total in effects if total < 0 and one.split_by is None]
    parted = [one for one, total in effects if total > 0 and one.split_by == operation.id]
    mine = {one.id for one in made}
    held = [one for one in _find_held(db, operation, scope) if one.id not in mine]
    return Part(made, parted, held)


def take_apart(db: Session, undo: Operation, operation: Operation, part: Part) -> list[Decision]:
    """Split what the operation merged, and what is in the way; tell of the former."""
    done = split_apart(db, [*part.made, *part.held], undo)
    roots = {merge.id: root for merge, root in done}
    split = [one for one in part.made if one.id in roots]
    first = find_root(db, operation).operation
    if first.kind in {MERGE, SPLIT} and not has_answered(db, first.id):
        _forbid(db, undo, ((one.loser_id, roots[one.id]) for one in split))
    decisions = [Decision(one.loser_id, Reversal.RECREATED) for one in split]
    restored = sorted({roots[one.id] for one in split} - {one.loser_id for one in split})
    decisions += [Decision(lead_id, Reversal.RESTORED) for lead_id in restored]
    return decisions + [
        _keep(one, f"merged into lead {one.winner_id}, which was deleted since")
        for one in part.made
        if one.id not in roots
    ]


def put_together(db: Session, undo: Operation, operation: Operation, part: Part) -> list[Decision]:
    """Merge what the operation split, and what was only set aside; tell of the former."""
    aside = [one for one in part.held if not _is_of_run(db, one, operation)]
    joined, refused = rejoin(db, [*part.parted, *aside], undo)
    mine = {one.id for one in part.parted}
    decisions = [Decision(one.loser_id, Reversal.REMOVED) for one in joined if one.id in mine]
    winners = {one.winner_id for one in joined if one.id in mine}
    decisions += [Decision(lead_id, Reversal.RESTORED) for lead_id in sorted(winners)]
    return decisions + [
        _keep(one, f"it or lead {one.winner_id} is gone, or a part of another lead, since")
        for one in refused
        if one.id in mine
    ]


def _find_held(db: Session, operation: Operation, scope: Scope) -> Sequence[Merge]:
    """Find the standing merges of leads that an operation changed otherwise than by merging."""
    query = select(Merge).where(
        Merge.split_by.is_(None),
        or_(
            scope(Merge.loser_id),
            # What was a part of the lead before is no news to the operation.
            and_(scope(Merge.winner_id), Merge.at >= operation.created_at),
        ),
    )
    found = db.scalars(query.order_by(Merge.id)).all()
    ids = sorted({lead_id for one in found for lead_id in (one.winner_id, one.loser_id)})
    changed = select(Change.lead_id).where(
        Change.operation_id == operation.id,
        in_values(db, Change.lead_id, ids),
        scope(Change.lead_id),
        Change.merge_id.is_(None),
    )
    touched = set(db.scalars(changed)) if ids else set()
    return [one for one in found if not touched.isdisjoint((one.winner_id, one.loser_id))]


def _is_of_run(db: Session, merge: Merge, operation: Operation) -> bool:
    """Whether a merge belongs to the run whose effect is being taken back: it goes with it."""
    root = find_root(db, operation)
    return root.stands and root.run_id is not None and root.run_id == _run_of(db, merge)


def _run_of(db: Session, merge: Merge) -> int | None:
    return db.scalar(select(Operation.run_id).where(Operation.id == merge.operation_id))


def _forbid(db: Session, undo: Operation, pairs: Iterable[tuple[int, int]]) -> None:
    groups: dict[int, list[int]] = {}
    for loser, root in pairs:
        groups.setdefault(root, []).append(loser)
    for root, losers in groups.items():
        for pair in _never_again(root, losers):
            forbid(db, *pair, undo)


def _never_again(root: int, losers: Collection[int]) -> Iterable[tuple[int, int]]:
    if len(losers) < FORBIDDEN_TOGETHER:
        return combinations([root, *losers], 2)
    return ((root, loser) for loser in losers)


def _keep(merge: Merge, reason: str) -> Decision:
    return Decision(merge.loser_id, Reversal.KEPT, reason=reason)
