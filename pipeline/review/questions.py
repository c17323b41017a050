"""The questions that wait for a person: which two leads may be one, the most useful first."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from pipeline.dedupe.decide import Band
from pipeline.errors import AlreadyAnswered, InvalidInput, MatchNotFound
from pipeline.leads.models import Lead
from pipeline.matches.models import Match, MatchState
from pipeline.operations.ledger import MAX_ID

PAGE = 50
COUNT_LIMIT = 10_000
"""Up to here a count is exact; beyond, it says "more than"."""

CURSOR = r"-?[0-9]{1,9}\.[0-9]{1,18}"
"""What a cursor looks like: the usefulness and the id of the last question."""

_CURSOR = re.compile(CURSOR)
_Rows = Select[*tuple[Any, ...]]
_LEFT, _RIGHT = aliased(Lead, name="left_lead"), aliased(Lead, name="right_lead")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which questions: about a lead, found by a run, of a band. The asker may leave all open."""

    lead_id: int | None = None
    run_id: int | None = None
    band: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A match that waits for an answer, with its two living leads."""

    match: Match
    left: Lead
    right: Lead


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """Some questions, and where the next page begins; None at the end."""

    questions: Sequence[Question]
    next_cursor: str | None


def find_questions(
    db: Session, wanted: Wanted, *, cursor: str | None = None, limit: int = PAGE
) -> QuestionPage:
    """Give open questions about living leads, the most useful first, skipped ones last.

    Raises:
        InvalidInput: an unknown band, or a cursor that is none.
    """
    order = (Match.usefulness, Match.id)
    query = _narrow(select(Match, _LEFT, _RIGHT), wanted)
    if cursor:
        query = query.where(tuple_(*order) < _read_cursor(cursor))
    query = query.order_by(*(column.desc() for column in order)).limit(limit + 1)
    found = [Question(*row) for row in db.execute(query)]
    more = len(found) > limit
    last = found[limit - 1].match if more else None
    return QuestionPage(found[:limit], f"{last.usefulness}.{last.id}" if last else None)


def count_questions(db: Session, wanted: Wanted) -> Mapping[str, int]:
    """Count the open questions by band, up to :data:`COUNT_LIMIT` of them."""
    bounded = _narrow(select(Match.band), wanted).limit(COUNT_LIMIT).subquery()
    query = select(bounded.c.band, func.count()).group_by(bounded.c.band)
    return {Band.REVIEW: 0, Band.MERGE: 0} | {band: count for band, count in db.execute(query)}  # noqa: C416 - typed pairs


def require_match(db: Session, match_id: int, *, lock: bool = False) -> Match:
    """Give a match by id, whatever has become of it.

    Raises:
        MatchNotFound: there is none.
    """
    found = (
        db.get(Match, match_id, with_for_update=lock, populate_existing=lock)
        if 0 < match_id <= MAX_ID
        else None
    )
    if found is None:
        raise MatchNotFound(f"There is no match {match_id}.")
    return found


def require_open(db: Session, match_id: int) -> Question:
    """Give a question that still waits, its rows locked. The caller holds the writers' lock.

    Raises:
        MatchNotFound: there is none.
        AlreadyAnswered: it has been answered, or one of its leads is no more.
    """
    match = require_match(db, match_id, lock=True)
    if match.state != MatchState.OPEN:
        raise AlreadyAnswered(_settled(match))
    query = select(Lead).where(Lead.id.in_((match.left_id, match.right_id))).order_by(Lead.id)
    leads = {lead.id: lead for lead in db.scalars(query.with_for_update())}
    gone = [one for one in (match.left_id, match.right_id) if one not in leads]
    if gone:
        raise AlreadyAnswered(
            f"Match {match.id} cannot be answered: lead {gone[0]} was deleted, or merged into "
            "another; look at the queue anew."
        )
    return Question(match, leads[match.left_id], leads[match.right_id])


def _settled(match: Match) -> str:
    by = f" by operation {match.operation_id}" if match.operation_id else ""
    ended = {
        MatchState.MERGED: f"its leads were merged{by}",
        MatchState.DISTINCT: f"its leads were told apart{by}",
    }.get(MatchState(match.state), "it is no question any more")
    again = f"; undo operation {match.operation_id} to answer anew" if by else ""
    return f"Match {match.id} is answered already: {ended}{again}."


def _narrow(query: _Rows, wanted: Wanted) -> _Rows:
    # Who reads the queue is never asked about a lead that does not live; a split brings it back.
    query = (
        query.select_from(Match)
        .join(_LEFT, _LEFT.id == Match.left_id)
        .join(_RIGHT, _RIGHT.id == Match.right_id)
        .where(Match.state == MatchState.OPEN)
    )
    if wanted.lead_id is not None:
        query = query.where(or_(Match.left_id == wanted.lead_id, Match.right_id == wanted.lead_id))
    if wanted.run_id is not None:
        query = query.where(Match.run_id == wanted.run_id)
    if wanted.band is not None:
        if wanted.band not in {Band.REVIEW, Band.MERGE}:
            raise InvalidInput("Unknown band; the queue holds review and merge.")
        query = query.where(Match.band == wanted.band)
    return query


def _read_cursor(cursor: str) -> tuple[int, int]:
    if not _CURSOR.fullmatch(cursor):
        raise InvalidInput("This cursor belongs to no such list; begin at its first page.")
    usefulness, _, number = cursor.partition(".")
    return int(usefulness), int(number)
