"""Scored pairs are kept so that they replay to the bit, and answers are never asked again."""

import orjson
import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from pipeline.database.base import utc_now
from pipeline.dedupe.features import describe
from pipeline.dedupe.weights import DEFAULTS, Weights
from pipeline.matches.evidence import comparison_of, evidence_of, turn
from pipeline.matches.learnt import replay
from pipeline.matches.models import LearntWeights, MatchState
from pipeline.matches.recording import NewMatch, drop_matches, record_matches, repoint_matches
from pipeline.matches.service import answer
from pipeline.operations.ledger import open_operation
from tests.matches.matching import ask, enter, find_matches, score, score_as

ODD = [
    ("Ann Lee", "ann.lee@acme-tools.com"),
    ("Zoë Ćwikła-Ünal", "zoe@xn--bcher-kva.example"),
    ("王小明", "wang+tag@gmail.com"),
    ("O'Brien, Pat (Jr.)", "pat@obrien.example"),
]


@pytest.mark.parametrize(("name", "email"), ODD)
def test_a_stored_match_replays_to_the_very_same_bits(db: Session, name: str, email: str) -> None:
    match = ask(db, enter(db, name, email), enter(db, name.upper(), email))

    again = replay(db, match)

    assert again.bits == match.bits
    assert evidence_of(again) == {key: match.evidence[key] for key in ("bits", "reasons", "guards")}


def test_a_match_scored_by_learnt_weights_replays_by_these(db: Session) -> None:
    row = LearntWeights(weights={}, answers=50, taken=True, report={})
    db.add(row)
    db.flush()
    weights = Weights(row.id, 1.25, {"email": 1.7, "name": 0.31})
    row.weights = weights.to_json()
    features = describe({"name": "Ann Lee", "email": "ann@acme-tools.com"})
    ann, other = enter(db, "Ann", "a@acme-tools.com"), enter(db, "Ann", "b@acme-tools.com")
    found = score_as(ann.id, features, other.id, features, weights=weights)

    record_matches(db, [found], weights)

    match = find_matches(db)[0]
    assert replay(db, match).bits == match.bits == found.comparison.bits


def test_evidence_goes_through_json_and_back_exactly(db: Session) -> None:
    found = score(enter(db, "Ann Lee", "a@x-tools.com"), enter(db, "Ann Li", "a@x-tools.com"))

    again = comparison_of(evidence_of(found.comparison))

    assert (again.bits, list(again.reasons)) == (
        found.comparison.bits,
        list(found.comparison.reasons),
    )
    evidence = ask(db, enter(db, "Bo", "b@x.org"), enter(db, "Bo Ray", "b@x.org")).evidence
    assert turn(evidence)["left"] == evidence["right"]
    assert turn(turn(evidence)) == evidence


def test_a_pair_below_the_review_band_is_not_kept_and_one_that_falls_there_is_gone(
    db: Session,
) -> None:
    ann, bo = enter(db, "Ann Lee", "ann@acme-tools.com"), enter(db, "Ann Lee", "ann@acme-tools.com")
    ask(db, ann, bo)
    fallen = score_as(
        ann.id,
        describe({"name": "Ann Lee", "email": "ann@acme-tools.com"}),
        bo.id,
        describe({"name": "Igor Petrov", "email": "igor@petrov-steel.com"}),
    )
    other = enter(db, "Igor Petrov", "igor@petrov-steel.com")

    waiting = record_matches(db, [fallen, score(ann, other)], DEFAULTS)

    assert waiting == 0
    assert [one.state for one in find_matches(db)] == [MatchState.GONE]


def test_an_open_question_is_withdrawn_where_its_pair_falls_and_an_answer_stays(
    db: Session,
) -> None:
    leads = [enter(db, "Ann Lee", "ann@acme-tools.com") for _ in range(3)]
    first, other, third = leads
    ask(db, first, other)
    match = ask(db, first, third)
    answer(db, (first.id, third.id), open_operation(db, "distinct"), match, is_same=False)

    drop_matches(db, [(first.id, other.id), (first.id, third.id), (other.id, third.id)])

    assert [one.state for one in find_matches(db)] == [MatchState.GONE, MatchState.DISTINCT]


def test_a_pair_is_written_with_the_older_lead_first_and_replays(db: Session) -> None:
    older, newer = enter(db, "Ann", "ann@acme-tools.com"), enter(db, "Ann Li", "ann@acme-tools.com")
    features = [describe({"name": one.name, "email": one.email or ""}) for one in (newer, older)]

    found = score_as(newer.id, features[0], older.id, features[1]).in_order()
    record_matches(db, [found], DEFAULTS)

    match = find_matches(db)[0]
    assert (match.left_id, match.right_id) == (older.id, newer.id)
    assert replay(db, match).bits == match.bits
    assert match.evidence["left"][0] == orjson.loads(features[1].to_json())


def test_what_was_answered_is_not_asked_again(db: Session) -> None:
    ann, bo = enter(db, "Ann Lee", "ann@acme-tools.com"), enter(db, "Ann Lee", "ann@acme-tools.com")
    match = ask(db, ann, bo)
    answer(db, (ann.id, bo.id), open_operation(db, "distinct"), match, is_same=False)

    waiting = record_matches(db, [score(ann, bo)], DEFAULTS)

    assert waiting == 0
    assert [one.state for one in find_matches(db)] == [MatchState.DISTINCT]


def test_a_merge_by_a_rule_is_kept_with_its_reasons_and_operation(db: Session) -> None:
    ann, bo = enter(db, "Ann Lee", "ann@acme-tools.com"), enter(db, "Ann Lee", "ann@acme-tools.com")
    operation = open_operation(db, "merge")

    waiting = record_matches(db, [score(ann, bo, merged_by=operation.id)], DEFAULTS, run_id=7)

    match = find_matches(db)[0]
    assert (waiting, match.state, match.operation_id, match.run_id) == (
        *(0, MatchState.MERGED),
        *(operation.id, 7),
    )


def test_a_pair_scored_again_by_hand_keeps_the_run_that_found_it_and_its_place_if_skipped(
    db: Session,
) -> None:
    ann, bo = enter(db, "Ann Lee", "ann@acme-tools.com"), enter(db, "Ann Lee", "ann@acme-tools.com")
    match = ask(db, ann, bo, run_id=7)
    match.usefulness, match.skipped_at = -3, utc_now()
    db.flush()

    record_matches(db, [score(ann, bo)], DEFAULTS)

    again = find_matches(db)[0]
    assert (again.id, again.run_id, again.usefulness) == (match.id, 7, -3)


def test_many_pairs_take_as_many_statements_as_few(db: Session) -> None:
    leads = [enter(db, "Ann Lee", "ann@acme-tools.com") for _ in range(12)]
    pairs = [score(a, b) for a in leads for b in leads if a.id < b.id]

    few, many = _count(db, pairs[:2]), _count(db, pairs)

    assert len(find_matches(db)) == 66
    assert many <= few + 1


def test_the_questions_about_a_merged_lead_are_asked_about_the_one_it_lives_on_in(
    db: Session,
) -> None:
    winner, loser, other, apart = (enter(db, "Ann Lee", "ann@acme-tools.com") for _ in range(4))
    for one in (winner, other, apart):
        ask(db, loser, one)
    question = ask(db, winner, apart)
    operation = open_operation(db, "distinct")
    answer(db, (winner.id, apart.id), operation, question, is_same=False)

    repoint_matches(db, {loser.id: winner.id})

    told = {(one.left_id, one.right_id): one.state for one in find_matches(db)}
    assert told[winner.id, other.id] == MatchState.OPEN
    assert told[winner.id, apart.id] == MatchState.DISTINCT
    # A split brings the loser back, and with it what was asked of it.
    assert told[loser.id, other.id] == MatchState.OPEN


def test_a_question_turned_round_still_replays(db: Session) -> None:
    first, other, loser = (enter(db, "Ann Lee", "ann@acme-tools.com") for _ in range(3))
    winner = enter(db, "Ann Leigh", "ann@acme-tools.com")
    ask(db, other, loser)

    repoint_matches(db, {loser.id: first.id, other.id: winner.id})

    match = find_matches(db)[-1]
    assert (match.left_id, match.right_id) == (first.id, winner.id)
    assert replay(db, match).bits == match.bits


def _count(db: Session, pairs: list[NewMatch]) -> int:
    statements = []
    connection = db.connection()

    def note(*_: object) -> None:
        statements.append(1)

    event.listen(connection, "before_cursor_execute", note)
    record_matches(db, pairs, DEFAULTS)
    event.remove(connection, "before_cursor_execute", note)
    return len(statements)
