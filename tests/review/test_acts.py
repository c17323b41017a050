"""A person's answers: they merge or tell apart, can be taken back, and hold for ever."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.database.engine import Database
from pipeline.errors import AlreadyAnswered, InvalidInput, MatchNotFound
from pipeline.leads.models import Lead
from pipeline.leads.service import delete_lead
from pipeline.matches.judgements import find_judgements
from pipeline.matches.models import Judgement, Match, MatchState
from pipeline.merges.following import find_canonical
from pipeline.operations.models import Operation
from pipeline.resolve.index import reindex
from pipeline.review.acts import merge_pair, skip, tell_apart
from pipeline.review.questions import Wanted, find_questions
from pipeline.undo.service import take_back
from tests.matches.matching import ask, ask_of_pair, enter


@pytest.fixture
def match(database: Database) -> Match:
    """A question about two leads of one name and mailbox."""
    with database.write("test") as db:
        asked = ask_of_pair(db, "Ann Lee")
        reindex(db, (asked.left_id, asked.right_id))
        return asked


def living(database: Database) -> list[int]:
    with database.read() as db:
        return list(db.scalars(select(Lead.id).order_by(Lead.id)))


def state_of(database: Database, match: Match) -> str:
    with database.read() as db:
        return db.get_one(Match, match.id).state


def judged(database: Database, match: Match) -> bool | None:
    with database.write() as db:
        found = find_judgements(db, [match.left_id, match.right_id])
        return next(iter(found.values()), None)


def test_merging_lets_the_older_lead_live_on_as_an_operation_of_whoever_answered(
    database: Database, match: Match
) -> None:
    with database.write("key:3") as db:
        operation = merge_pair(db, match.id)

    assert living(database) == [match.left_id]
    assert (operation.kind, operation.actor) == ("merge", "key:3")
    assert state_of(database, match) == MatchState.MERGED
    with database.read() as db:
        assert find_canonical(db, [match.right_id]) == {match.right_id: match.left_id}
        answers = db.scalars(select(Judgement)).all()
        assert [(one.is_same, one.actor) for one in answers] == [(True, "key:3")]


def test_the_newer_lead_lives_on_where_that_is_asked_for(database: Database, match: Match) -> None:
    with database.write() as db:
        merge_pair(db, match.id, winner_id=match.right_id)

    assert living(database) == [match.right_id]


def test_the_winner_must_be_one_of_the_two(database: Database, match: Match) -> None:
    with pytest.raises(InvalidInput), database.write() as db:
        merge_pair(db, match.id, winner_id=99)

    assert living(database) == [match.left_id, match.right_id]


def test_taking_a_merge_back_takes_the_judgement_back_and_asks_again(
    database: Database, match: Match
) -> None:
    with database.write() as db:
        operation = merge_pair(db, match.id)
    assert judged(database, match) is None  # They are one lead: nothing is left between two.

    with database.write() as db:
        take_back(db, operation.id)

    assert living(database) == [match.left_id, match.right_id]
    assert judged(database, match) is None
    assert state_of(database, match) == MatchState.OPEN


def test_taking_that_back_in_turn_merges_again(database: Database, match: Match) -> None:
    with database.write() as db:
        operation = merge_pair(db, match.id)
    with database.write() as db:
        undo = take_back(db, operation.id)
    with database.write() as db:
        take_back(db, undo.operation_id)

    assert living(database) == [match.left_id]
    assert state_of(database, match) == MatchState.MERGED


def test_leads_told_apart_stay_two_and_are_not_asked_about_again(
    database: Database, match: Match
) -> None:
    with database.write("key:3") as db:
        operation = tell_apart(db, match.id)

    assert (operation.kind, operation.actor, operation.changes) == ("distinct", "key:3", 0)
    assert living(database) == [match.left_id, match.right_id]
    assert judged(database, match) is False
    with database.read() as db:
        assert find_questions(db, Wanted()).questions == []


def test_telling_apart_can_be_taken_back(database: Database, match: Match) -> None:
    with database.write() as db:
        operation = tell_apart(db, match.id)
    with database.write() as db:
        take_back(db, operation.id)

    assert judged(database, match) is None
    assert state_of(database, match) == MatchState.OPEN


def test_a_skipped_question_comes_last_and_changes_nothing_else(db: Session) -> None:
    questions = [ask_of_pair(db, name) for name in ("Ann Lee", "Bo Ray", "Cy Dee")]
    before = [one.match.id for one in find_questions(db, Wanted()).questions]

    skip(db, before[0])
    skip(db, before[1])

    after = [one.match.id for one in find_questions(db, Wanted()).questions]
    assert after == [before[2], before[0], before[1]]
    assert len(after) == len(questions)
    assert db.scalars(select(Operation.kind).distinct()).all() == ["create"]
    assert db.scalars(select(Judgement)).all() == []


@pytest.mark.parametrize("act", [merge_pair, tell_apart, skip])
def test_what_is_answered_cannot_be_answered_otherwise(
    database: Database, match: Match, act: object
) -> None:
    with database.write() as db:
        operation = tell_apart(db, match.id)

    with pytest.raises(AlreadyAnswered) as refused, database.write() as db:
        act(db, match.id)  # type: ignore[operator]

    assert f"undo operation {operation.id} to answer anew" in str(refused.value)


def test_a_question_about_a_lead_that_is_gone_is_refused_and_not_asked(
    database: Database, match: Match
) -> None:
    with database.write() as db:
        delete_lead(db, match.right_id)

    gone = pytest.raises(AlreadyAnswered, match=f"lead {match.right_id} was deleted")
    with gone, database.write() as db:
        merge_pair(db, match.id)
    with database.read() as db:
        assert find_questions(db, Wanted()).questions == []


def test_there_must_be_such_a_match(db: Session) -> None:
    for act in (merge_pair, tell_apart, skip):
        with pytest.raises(MatchNotFound, match="no match 7"):
            act(db, 7)


def test_after_a_merge_the_other_questions_are_asked_about_the_lead_that_lives(
    database: Database, match: Match
) -> None:
    with database.write() as db:
        third = enter(db, "Ann Lee", "ann.lee@acme-tools.com")
        reindex(db, [third.id])
        ask(db, db.get_one(Lead, match.right_id), third)

    with database.write() as db:
        merge_pair(db, match.id)

    with database.read() as db:
        asked = [(one.left.id, one.right.id) for one in find_questions(db, Wanted()).questions]
    assert asked == [(match.left_id, third.id)]
