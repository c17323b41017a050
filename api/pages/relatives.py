"""The leads that a lead may be one with, and those that have been merged into it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from pipeline.dedupe.decide import probability
from pipeline.matches.models import MatchState
from pipeline.merges.histories import find_members
from pipeline.review.questions import Wanted, find_questions
from pipeline.review.why import find_matches

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Relative:
    """A lead that another may be one with: how likely, and the match that tells why."""

    lead_id: int
    name: str
    match_id: int
    percent: int


@dataclass(frozen=True, slots=True)
class Member:
    """A lead that was merged into another, and the match that tells why, if it was by one."""

    lead_id: int
    match_id: int | None


@dataclass(frozen=True, slots=True)
class Relatives:
    """All that a lead's page says of other leads."""

    open: Sequence[Relative]
    merged: Sequence[Member]


def find_relatives(db: Session, lead_id: int) -> Relatives:
    """Find the open questions about a living lead, and what has been merged into it."""
    questions = find_questions(db, Wanted(lead_id=lead_id), limit=SHOWN).questions
    members = find_members(db, lead_id)[:SHOWN]
    merged = {
        lead: one.id
        for one in (find_matches(db, set(members)) if members else ())
        if one.state == MatchState.MERGED
        for lead in (one.left_id, one.right_id)
    }
    return Relatives(
        [
            Relative(other.id, other.name, one.match.id, round(100 * probability(one.match.bits)))
            for one in questions
            for other in (one.left, one.right)
            if other.id != lead_id
        ],
        [Member(number, merged.get(number)) for number in members],
    )
