"""Answers teach: from the 50th on, every tenth refits the weights, guarded, for what is open."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.dedupe.weights import DEFAULTS
from pipeline.leads.models import Lead
from pipeline.matches.learnt import FIRST, current_weights, learn_from_answers, replay
from pipeline.matches.models import LearntWeights, Match, MatchState
from pipeline.matches.service import answer, withdraw_judgements
from pipeline.operations.ledger import open_operation
from pipeline.operations.models import Operation
from tests.matches.matching import ask, enter, find_matches

GIVEN = ("Ann", "Bo", "Carla", "Dieter", "Eva", "Frank", "Gita", "Hans", "Ida", "Jon")
SURNAMES = ("Abbott", "Brandt", "Castell", "Dorn", "Ekberg", "Falk", "Grieg")


def ask_about(db: Session, number: int, *, is_same: bool) -> Match:
    """Ask about two leads that share a name, and either a mailbox or a phone.

    Here a shared phone never means one person, which the defaults do not know.
    """
    name = f"{GIVEN[number % 10]} {SURNAMES[number % 7]}"
    mailbox = f"m{number}x@gmail.com"
    other = mailbox if is_same else f"n{number}y@yahoo.com"
    phones = (None, None) if is_same else (f"+4144668{number:04}",) * 2
    left = enter(db, name, mailbox, phone=phones[0])
    return ask(db, left, enter(db, name, other, phone=phones[1]))


def answered(db: Session, match: Match, *, is_same: bool) -> Operation:
    operation = open_operation(db, "merge" if is_same else "distinct")
    answer(db, (match.left_id, match.right_id), operation, match, is_same=is_same)
    return operation


def answer_some(db: Session, count: int, *, since: int = 0) -> None:
    for number in range(since, since + count):
        is_same = number % 2 == 0
        answered(db, ask_about(db, number, is_same=is_same), is_same=is_same)


def find_learnt(db: Session) -> list[LearntWeights]:
    return list(db.scalars(select(LearntWeights).order_by(LearntWeights.id)))


def test_nothing_is_learnt_before_the_50th_answer_and_then_at_every_tenth(db: Session) -> None:
    answer_some(db, FIRST - 1)
    assert learn_from_answers(db) is None

    learnt = []
    for number in range(FIRST - 1, FIRST + 21):
        answer_some(db, 1, since=number)
        learnt.append(learn_from_answers(db))

    assert [one.answers for one in learnt if one is not None] == [50, 60, 70]
    assert len(find_learnt(db)) == 3


def test_what_was_learnt_is_in_force_and_open_questions_are_scored_and_ordered_anew(
    db: Session,
) -> None:
    question = ask_about(db, 101, is_same=False)
    before = question.bits
    answer_some(db, FIRST)

    learnt = learn_from_answers(db)

    assert learnt is not None
    assert learnt.taken, learnt.report
    weights = current_weights(db)
    assert (weights.version, weights.to_json()) == (learnt.id, learnt.weights)
    match = next(one for one in find_matches(db) if one.id == question.id)
    assert match.bits < before - 1
    assert match.weights == learnt.id
    assert replay(db, match).bits == match.bits
    assert match.evidence["bits"] == match.bits


def test_learning_merges_nothing_and_changes_no_answer(db: Session) -> None:
    question = ask_about(db, 100, is_same=True)
    answer_some(db, FIRST)
    before = {one.id: (one.state, one.bits) for one in find_matches(db) if one.id != question.id}
    leads = db.scalars(select(Lead.id)).all()

    learn_from_answers(db)

    after = {one.id: (one.state, one.bits) for one in find_matches(db) if one.id != question.id}
    assert after == before
    assert db.scalars(select(Lead.id)).all() == leads
    assert db.get_one(Match, question.id).state == MatchState.OPEN


@pytest.mark.parametrize("kind", [True, False])
def test_answers_that_teach_nothing_are_kept_with_the_reason_and_not_taken(
    db: Session, *, kind: bool
) -> None:
    for number in range(FIRST):
        answered(db, ask_about(db, number, is_same=kind), is_same=kind)

    learnt = learn_from_answers(db)

    assert learnt is not None
    assert not learnt.taken
    assert learnt.report["why"] == "too_few_answers"
    assert current_weights(db) == DEFAULTS


def test_an_answer_that_was_taken_back_teaches_nothing(db: Session) -> None:
    answer_some(db, FIRST - 1)
    operation = answered(db, ask_about(db, 99, is_same=True), is_same=True)
    undo = open_operation(db, "undo", undoes=operation.id)
    withdraw_judgements(db, operation.id, undo.id)

    assert learn_from_answers(db) is None
