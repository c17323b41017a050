"""Answers about matches: given by people, by splits, and taken back by an undo."""

from collections.abc import Collection

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from pipeline.database.base import utc_now
from pipeline.database.dialects import count_updated, in_values
from pipeline.matches.judgements import Pair, find_judgements, judge
from pipeline.matches.learnt import current_weights
from pipeline.matches.models import Judgement, Match, MatchState
from pipeline.operations.ledger import require_operation
from pipeline.operations.models import Operation

__all__ = [
    "answer",
    "current_weights",
    "find_judgements",
    "forbid",
    "has_answered",
    "withdraw_judgements",
]


def forbid(db: Session, left_id: int, right_id: int, operation: Operation) -> None:
    """Say that two leads are two, as a split does; no rule merges or proposes them again.

    Both must bear their own sightings again.

    Raises:
        Conflict: one of them has no sighting to remember it by.
    """
    pair = min(left_id, right_id), max(left_id, right_id)
    match = db.scalar(select(Match).where(Match.left_id == pair[0], Match.right_id == pair[1]))
    answer(db, pair, operation, match, is_same=False)


def answer(
    db: Session, pair: Pair, operation: Operation, match: Match | None, *, is_same: bool
) -> None:
    """Keep a person's answer about two living leads, with the match that it was asked by.

    Raises:
        Conflict: one of them has no sighting to remember it by.
    """
    evidence = match.evidence if match else None
    match_id = match.id if match else None
    judge(db, pair, operation, is_same=is_same, match_id=match_id, evidence=evidence)
    if match is not None:
        match.state = MatchState.MERGED if is_same else MatchState.DISTINCT
        match.operation_id = operation.id
        match.updated_at = utc_now()
        db.flush()


def has_answered(db: Session, operation_id: int) -> bool:
    """Whether an operation is a person's answer that two leads are one.

    Taking it back asks anew; taking a rule's merge back says that the rule was wrong.
    """
    mine = Judgement.operation_id == operation_id, Judgement.is_same
    return bool(db.scalar(select(exists().where(*mine))))


def withdraw_judgements(db: Session, operation_id: int, by: int) -> None:
    """Take back what an operation has answered, since operation ``by`` undoes it.

    Where it is an undo itself, what was answered first holds again. The pairs are as they were:
    a question that is open, or its answer.
    """
    root, stands = _find_root(db, operation_id)
    first = Judgement.operation_id == root
    again = update(Judgement).where(first).values(withdrawn_by=by if stands else None)
    own = Judgement.operation_id == operation_id, Judgement.withdrawn_by.is_(None)
    met = set(db.scalars(select(Match.id).where(Match.operation_id.in_((root, operation_id)))))
    judged = select(Judgement.match_id).where(Judgement.operation_id.in_((root, operation_id)))
    met.update(one for one in db.scalars(judged.distinct()) if one is not None)
    count_updated(db, again)
    count_updated(db, update(Judgement).where(*own).values(withdrawn_by=by))
    _settle(db, met, None if stands else root)


def _find_root(db: Session, operation_id: int) -> tuple[int, bool]:
    """Follow an undo of an undo of an … to what was first done; tell whether that stands now."""
    operation, stands = require_operation(db, operation_id), True
    while operation.undoes is not None:
        operation, stands = require_operation(db, operation.undoes), not stands
    return operation.id, stands


def _settle(db: Session, match_ids: Collection[int], merged_by: int | None) -> None:
    """Let matches be in the state that the standing judgements say, else open again.

    Those that the operation ``merged_by``, of a rule, has merged are merged by it again.
    """
    standing: dict[int | None, Judgement] = {}
    query = select(Judgement).where(
        in_values(db, Judgement.match_id, sorted(match_ids)), Judgement.withdrawn_by.is_(None)
    )
    for judgement in db.scalars(query.order_by(Judgement.id)):
        standing[judgement.match_id] = judgement
    for match in db.scalars(select(Match).where(in_values(db, Match.id, sorted(match_ids)))):
        said = standing.get(match.id)
        if said is not None:
            match.state = MatchState.MERGED if said.is_same else MatchState.DISTINCT
            match.operation_id = said.operation_id
        elif match.operation_id is not None and match.operation_id == merged_by:
            match.state = MatchState.MERGED
        else:
            match.state = MatchState.OPEN
        match.updated_at = utc_now()
    db.flush()
