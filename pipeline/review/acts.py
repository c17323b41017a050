"""What a person can do with a question: merge its leads, tell them apart, or leave it for later."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.database.base import utc_now
from pipeline.database.dialects import serialize_writers
from pipeline.errors import InvalidInput
from pipeline.leads.models import Lead
from pipeline.matches.learnt import learn_from_answers
from pipeline.matches.models import Match, MatchState
from pipeline.matches.recording import repoint_matches
from pipeline.matches.service import answer
from pipeline.merges.service import merge_leads
from pipeline.operations.ledger import open_operation
from pipeline.operations.models import Operation
from pipeline.resolve.duplicates import resolve_entered
from pipeline.resolve.index import reindex
from pipeline.review.questions import require_open

MERGE, DISTINCT = "merge", "distinct"
"""The kinds of operation of an answer."""


def merge_pair(db: Session, match_id: int, *, winner_id: int | None = None) -> Operation:
    """Merge the two leads of a question, for they are one; the older one lives on unless asked.

    The answer holds for ever: wherever these records come up again, they are one lead.

    Raises:
        MatchNotFound: there is no such match.
        AlreadyAnswered: it has been answered, or one of its leads is no more.
        InvalidInput: the winner is none of its leads.
    """
    serialize_writers(db)
    asked = require_open(db, match_id)
    pair = asked.match.left_id, asked.match.right_id
    winner = pair[0] if winner_id is None else winner_id
    if winner not in pair:
        raise InvalidInput(f"The winner must be lead {pair[0]} or lead {pair[1]}.")
    loser = sum(pair) - winner
    operation = open_operation(db, MERGE)
    answer(db, pair, operation, asked.match, is_same=True)
    merge_leads(db, winner, loser, operation=operation, match_id=asked.match.id)
    repoint_matches(db, {loser: winner})
    reindex(db, [loser])
    # Both together may resemble others as neither did alone.
    resolve_entered(db, db.get_one(Lead, winner))
    learn_from_answers(db)
    return operation


def tell_apart(db: Session, match_id: int) -> Operation:
    """Say that the two leads of a question are two. No rule ever merges or proposes them again.

    Raises:
        MatchNotFound: there is no such match.
        AlreadyAnswered: it has been answered, or one of its leads is no more.
    """
    serialize_writers(db)
    asked = require_open(db, match_id)
    operation = open_operation(db, DISTINCT)
    pair = asked.match.left_id, asked.match.right_id
    answer(db, pair, operation, asked.match, is_same=False)
    learn_from_answers(db)
    return operation


def skip(db: Session, match_id: int) -> Match:
    """Move a question to the end of the queue. It stays open; nothing else changes.

    Raises:
        MatchNotFound: there is no such match.
        AlreadyAnswered: it has been answered, or one of its leads is no more.
    """
    serialize_writers(db)
    match = require_open(db, match_id).match
    least = db.scalar(select(func.min(Match.usefulness)).where(Match.state == MatchState.OPEN))
    match.usefulness = min(least or 0, 0) - 1
    match.skipped_at = match.updated_at = utc_now()
    db.flush()
    return match
