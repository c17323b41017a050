"""What a person said of two leads holds for ever, wherever their records come up again."""

from collections.abc import Sequence

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from pipeline.database.engine import Database
from pipeline.leads.models import Lead, Sighting
from pipeline.leads.service import delete_lead
from pipeline.matches.judgements import REMEMBERED, find_judgements
from pipeline.matches.models import Judgement, MatchState
from pipeline.matches.service import answer, forbid, withdraw_judgements
from pipeline.operations.ledger import open_operation
from pipeline.operations.models import Operation
from pipeline.settings import Settings
from tests.imports import find_leads, import_rows
from tests.matches.matching import ask, enter, find_matches

ANN = "Ann Lee,ann@acme-tools.com"
BO = "Anne Lee,anne.lee@other.example"
CY = "Cy Ray,cy@x-tools.org"


def ids(leads: Sequence[Lead]) -> list[int]:
    return [lead.id for lead in leads]


def judged(db: Session, pair: tuple[int, int], *, is_same: bool) -> Operation:
    operation = open_operation(db, "merge" if is_same else "distinct")
    answer(db, pair, operation, None, is_same=is_same)
    return operation


def test_a_judgement_is_found_from_either_lead_and_from_no_other(db: Session) -> None:
    ann, bo, cy = (enter(db, f"Lead {n}", f"l{n}@acme-tools.com") for n in range(3))

    judged(db, (ann.id, bo.id), is_same=False)

    pair = {(ann.id, bo.id): False}
    assert find_judgements(db, [ann.id]) == pair
    assert find_judgements(db, [bo.id]) == pair
    assert find_judgements(db, [cy.id]) == {}


def test_it_survives_a_deletion_and_another_import_in_whatever_order(
    database: Database, settings: Settings
) -> None:
    import_rows(database, settings, [ANN, BO, CY])
    with database.write() as db:
        ann, bo, cy = ids(find_leads(db))
        judged(db, (ann, bo), is_same=False)
        judged(db, (ann, cy), is_same=True)
        for lead_id in (ann, bo, cy):
            delete_lead(db, lead_id)
        assert find_judgements(db, [ann, bo, cy]) == {}

    import_rows(database, settings, [ANN, BO, CY])

    with database.write() as db:
        # What a person called one has been merged again behind the rows, and nothing else.
        new_ann, new_bo = ids(find_leads(db))
        assert new_ann > cy
        assert find_judgements(db, [new_bo]) == {(new_ann, new_bo): False}
        assert find_judgements(db, [new_ann]) == {(new_ann, new_bo): False}


def test_a_record_that_comes_back_alone_is_judged_once_the_other_is_back_too(
    database: Database, settings: Settings
) -> None:
    quiet = settings.model_copy(update={"matching": "off"})
    import_rows(database, quiet, [ANN, BO])
    with database.write() as db:
        ann, bo = ids(find_leads(db))
        judged(db, (ann, bo), is_same=False)
        delete_lead(db, ann)
        delete_lead(db, bo)
    import_rows(database, quiet, [BO])
    import_rows(database, quiet, [ANN])

    with database.write() as db:
        new_bo, new_ann = ids(find_leads(db))
        # One by one, as each batch of a resolution meets them.
        assert find_judgements(db, [new_bo]) == {}
        assert find_judgements(db, [new_ann]) == {(new_bo, new_ann): False}
        assert find_judgements(db, [new_bo]) == {(new_bo, new_ann): False}


def test_it_follows_a_record_into_the_lead_that_bears_it_now(db: Session) -> None:
    ann, bo, cy = (enter(db, f"Lead {n}", f"l{n}@acme-tools.com") for n in range(3))
    judged(db, (ann.id, bo.id), is_same=False)

    moved = db.scalars(select(Sighting).where(Sighting.lead_id == bo.id)).one()
    moved.lead_id, moved.home_id = cy.id, bo.id
    db.flush()

    assert find_judgements(db, [ann.id]) == {(ann.id, cy.id): False}
    assert find_judgements(db, [cy.id]) == {(ann.id, cy.id): False}
    assert find_judgements(db, [bo.id]) == {}


def test_of_two_judgements_the_newer_one_holds(db: Session) -> None:
    ann, bo = (enter(db, f"Lead {n}", f"l{n}@acme-tools.com") for n in range(2))
    judged(db, (ann.id, bo.id), is_same=False)

    judged(db, (ann.id, bo.id), is_same=True)

    assert find_judgements(db, [bo.id]) == {(ann.id, bo.id): True}


def test_two_leads_with_the_very_same_record_are_told_apart_without_a_third(db: Session) -> None:
    ann, bo, cy = (enter(db, "Ann Lee", "ann@acme-tools.com") for _ in range(3))

    judged(db, (ann.id, cy.id), is_same=False)

    assert find_judgements(db, [ann.id, bo.id, cy.id]) == {(ann.id, cy.id): False}


def test_a_judgement_taken_back_holds_no_more_until_that_is_taken_back_too(db: Session) -> None:
    ann, bo = enter(db, "Ann Lee", "ann@acme-tools.com"), enter(db, "Ann Lee", "ann@acme-tools.com")
    match = ask(db, ann, bo)
    operation = open_operation(db, "distinct")
    answer(db, (ann.id, bo.id), operation, match, is_same=False)
    told = []
    for _ in range(3):
        undo = open_operation(db, "undo", undoes=operation.id)
        withdraw_judgements(db, operation.id, undo.id)
        told.append((find_judgements(db, [ann.id]), find_matches(db)[0].state))
        operation = undo

    pair = {(ann.id, bo.id): False}
    assert told == [
        ({}, MatchState.OPEN),
        (pair, MatchState.DISTINCT),
        ({}, MatchState.OPEN),
    ]


def test_a_merge_by_a_rule_that_is_taken_back_is_a_question_again(db: Session) -> None:
    ann, bo = enter(db, "Ann Lee", "ann@acme-tools.com"), enter(db, "Ann Lee", "ann@acme-tools.com")
    match = ask(db, ann, bo)
    operation = open_operation(db, "merge")
    match.state, match.operation_id = MatchState.MERGED, operation.id
    undo = open_operation(db, "undo", undoes=operation.id)

    withdraw_judgements(db, operation.id, undo.id)
    assert find_matches(db)[0].state == MatchState.OPEN

    again = open_operation(db, "undo", undoes=undo.id)
    withdraw_judgements(db, undo.id, again.id)
    assert find_matches(db)[0].state == MatchState.MERGED


def test_what_a_split_forbids_is_no_question_any_more(db: Session) -> None:
    ann, bo = enter(db, "Ann Lee", "ann@acme-tools.com"), enter(db, "Ann Lee", "ann@acme-tools.com")
    ask(db, ann, bo)

    forbid(db, bo.id, ann.id, open_operation(db, "split"))

    assert find_matches(db)[0].state == MatchState.DISTINCT
    assert find_judgements(db, [ann.id]) == {(ann.id, bo.id): False}


def test_one_answer_teaches_once_however_many_records_it_holds_between(
    database: Database, settings: Settings
) -> None:
    for company in ("Acme", "Acme Tools", "Acme Inc", "Acme Ltd"):
        import_rows(database, settings, [f"{ANN},,{company}", f"{BO},,{company}"])
    with database.write() as db:
        ann, bo = find_leads(db)
        match = ask(db, ann, enter(db, "Ann Lee", "ann@acme-tools.com"))

        answer(db, (ann.id, bo.id), open_operation(db, "distinct"), match, is_same=False)

        rows = db.scalars(select(Judgement)).all()
        assert len(rows) == REMEMBERED**2
        assert sum(one.evidence is not None for one in rows) == 1


def test_looking_up_many_leads_takes_as_many_statements_as_one(db: Session) -> None:
    leads = [enter(db, f"Lead {n}", f"l{n}@acme-tools.com") for n in range(60)]
    for left, right in zip(leads[::2], leads[1::2], strict=True):
        judged(db, (left.id, right.id), is_same=False)
    statements: list[object] = []
    event.listen(db.connection(), "before_cursor_execute", lambda *_: statements.append(1))

    one = find_judgements(db, [leads[0].id])
    taken = len(statements)
    every = find_judgements(db, ids(leads))

    assert (len(one), len(every)) == (1, 30)
    assert len(statements) == 2 * taken
