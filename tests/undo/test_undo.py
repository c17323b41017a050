"""Everything can be taken back, and what others changed since is kept and named."""

from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.database.engine import Database
from pipeline.edits import merge_into_lead
from pipeline.errors import AlreadyUndone, Conflict, OperationNotFound
from pipeline.leads.models import LeadKey
from pipeline.leads.schemas import LeadCreate
from pipeline.leads.service import create_lead, delete_lead, update_lead_status
from pipeline.leads.values import snapshot
from pipeline.operations.models import Operation
from pipeline.operations.reversals import UndoReport
from pipeline.settings import Settings
from pipeline.undo.service import SMALL
from tests.imports import counts, find_leads, import_rows, request_text
from tests.undo.states import read_state, undo_at_once

ANN = "Ann Lee,ann@acme-tools.com,+1 202 555 0143,Acme Tools"
BO = "Bo Ray,bo@acme-tools.com"


def dump(db: Session) -> dict[int, dict[str, Any]]:
    keys = db.execute(select(LeadKey.lead_id, LeadKey.key).order_by(LeadKey.key)).all()
    return {
        lead.id: snapshot(lead) | {"keys": [key for lead_id, key in keys if lead_id == lead.id]}
        for lead in find_leads(db)
    }


def dump_of(database: Database) -> dict[int, dict[str, Any]]:
    with database.read() as db:
        return dump(db)


def undo_of(database: Database, operation_id: int) -> UndoReport:
    with database.write() as db:
        return undo_at_once(db, operation_id)


def last_operation(db: Session) -> int:
    return db.scalar(select(func.max(Operation.id))) or 0


def test_an_import_that_created_and_updated_is_taken_back_whole(
    database: Database, settings: Settings
) -> None:
    import_rows(database, settings, [ANN])
    before = dump_of(database)
    rows = ["Ann Leigh,ann@acme-tools.com,+1 202 555 0199,,Chair,,won,,Blue", BO, "Cy,cy@x.org"]
    run = import_rows(database, settings, rows)
    after = dump_of(database)

    report = undo_of(database, run.operation_id)

    assert counts(run) == {"created": 2, "updated": 1}
    assert (report.removed, report.restored, report.kept) == (2, 1, [])
    assert dump_of(database) == before
    again = undo_of(database, report.operation_id)
    assert (again.recreated, again.restored, again.kept) == (2, 1, [])
    assert dump_of(database) == after


def test_after_an_undo_the_same_file_does_the_same_again(
    database: Database, settings: Settings
) -> None:
    import_rows(database, settings, [ANN])
    rows = ["Ann Lee,ann@acme-tools.com,,,Chair", BO]
    first = import_rows(database, settings, rows)
    after = dump_of(database)
    undo_of(database, first.operation_id)

    second = import_rows(database, settings, rows)

    assert counts(second) == counts(first)
    assert [row["title"] for row in dump_of(database).values()] == [
        row["title"] for row in after.values()
    ]


def test_what_somebody_changed_since_is_kept_and_named(
    database: Database, settings: Settings
) -> None:
    import_rows(database, settings, [ANN])
    run = import_rows(database, settings, ["Ann Lee,ann@acme-tools.com,,,Chair,,contacted", BO])
    with database.write() as db:
        ann, bo = find_leads(db)
        update_lead_status(db, ann.id, "qualified")
        update_lead_status(db, bo.id, "disqualified")

    report = undo_of(database, run.operation_id)

    assert report.kept == [(1, "changed since: status"), (2, "changed since: status")]
    assert (report.removed, report.restored) == (0, 0)
    with database.read() as db:
        ann, bo = find_leads(db)
        assert (ann.title, ann.status) == (None, "qualified")
        assert bo.status == "disqualified"


def test_a_lead_that_another_run_has_seen_since_is_kept(
    database: Database, settings: Settings
) -> None:
    first = import_rows(database, settings, [ANN, BO])
    second = import_rows(database, settings, [ANN])

    report = undo_of(database, first.operation_id)

    assert report.kept == [(1, f"seen since by run {second.id} too")]
    assert list(dump_of(database)) == [1]


def test_two_imports_of_one_file_are_taken_back_newest_first(
    database: Database, settings: Settings
) -> None:
    first = import_rows(database, settings, [ANN, BO])
    second = import_rows(database, settings, [ANN, BO])

    assert len(undo_of(database, first.operation_id).kept) == 2
    undo_of(database, second.operation_id)
    assert undo_of(database, first.operation_id).removed == 2
    assert dump_of(database) == {}


def test_a_creation_a_status_and_a_deletion_are_taken_back(database: Database) -> None:
    with database.write() as db:
        body = LeadCreate(name="Ann", email="ann@example.com", phone="+1-555-0100", source="Fair")
        lead = create_lead(db, body)
        created = last_operation(db)
        at_first = dump(db)
        update_lead_status(db, lead.id, "qualified")
        changed = last_operation(db)
        qualified = dump(db)
        delete_lead(db, lead.id)
        deleted = last_operation(db)
        assert dump(db) == {}

    assert undo_of(database, deleted).recreated == 1
    assert dump_of(database) == qualified
    assert undo_of(database, changed).restored == 1
    assert dump_of(database) == at_first
    report = undo_of(database, created)
    assert report.removed == 1
    assert dump_of(database) == {}
    undo_of(database, report.operation_id)
    assert dump_of(database) == at_first


def test_a_contact_goes_with_what_brought_it_and_later_ones_stay(
    database: Database, settings: Settings
) -> None:
    import_rows(database, settings, [ANN])
    run = import_rows(database, settings, ["Ann Lee,lee@x.org,+1 202 555 0143"])
    import_rows(database, settings, ["Ann Lee,ann.lee@x.org,+1 202 555 0143"])
    shown = dump_of(database)[1]
    assert (shown["email"], len(shown["other_emails"])) == ("ann.lee@x.org", 2)

    report = undo_of(database, run.operation_id)

    lead = dump_of(database)[1]
    assert report.kept == [(1, "changed since: email")]
    assert (lead["email"], lead["other_emails"]) == ("ann.lee@x.org", ["ann@acme-tools.com"])


def test_a_wrong_contact_goes_also_where_another_one_came_since(
    database: Database, settings: Settings
) -> None:
    with database.write() as db:
        entered = LeadCreate(name="Ann Lee", email="ann@acme-tools.com", source="Fair")
        lead = create_lead(db, entered)
        merge_into_lead(db, lead.id, entered.model_copy(update={"email": "wrong@x.org"}))
        edit = last_operation(db)
        merge_into_lead(db, lead.id, entered.model_copy(update={"email": "later@x.org"}))

        report = undo_at_once(db, edit)

        values = dump(db)[lead.id]
        assert (report.restored, report.kept) == (1, [])
        assert (values["email"], values["other_emails"]) == ("ann@acme-tools.com", ["later@x.org"])


def test_what_was_taken_back_does_not_come_back_with_what_is_taken_back_later(
    database: Database,
) -> None:
    emails = [f"{name}@acme-tools.com" for name in ("one", "two", "three")]
    with database.write() as db:
        entered = LeadCreate(name="Ann Lee", email=emails[0], source="Fair")
        lead = create_lead(db, entered)
        merge_into_lead(db, lead.id, entered.model_copy(update={"email": emails[1]}))
        first = last_operation(db)
        merge_into_lead(db, lead.id, entered.model_copy(update={"email": emails[2]}))
        second = last_operation(db)

        undo = undo_at_once(db, first)
        undo_at_once(db, second)
        undone = dump(db)[lead.id]
        undo_at_once(db, undo.operation_id)
        redone = dump(db)[lead.id]

        assert (undone["email"], undone["other_emails"]) == (emails[0], [])
        assert (redone["email"], redone["other_emails"]) == (emails[1], emails[:1])


def test_a_lead_shows_one_of_its_contacts_when_the_first_is_taken_back(
    database: Database, settings: Settings
) -> None:
    import_rows(database, settings, [BO])
    run = import_rows(database, settings, [f"{BO},+1 202 555 0143"])
    import_rows(database, settings, [f"{BO},12345"])

    undo_of(database, run.operation_id)

    lead = dump_of(database)[1]
    assert (lead["phone"], lead["phone_verified"], lead["other_phones"]) == ("12345", False, [])


def test_what_is_kept_in_part_keeps_its_sighting_each_time(
    database: Database, settings: Settings
) -> None:
    import_rows(database, settings, [ANN])
    run = import_rows(database, settings, ["Ann Lee,ann@acme-tools.com,,,Chair,,,,Blue"])
    import_rows(database, settings, ["Ann Lee,ann@acme-tools.com,,,,,,,Red"])

    undo = undo_of(database, run.operation_id)
    undone = read_state(database)
    redo = undo_of(database, undo.operation_id)
    undo_of(database, redo.operation_id)

    assert undo.kept == [(1, "changed since: custom")]
    assert (undone["leads"][1]["title"], len(undone["sightings"])) == (None, 3)
    assert read_state(database) == undone


def test_an_undo_that_found_the_lead_gone_is_tried_again_and_then_whole(
    database: Database,
) -> None:
    with database.write() as db:
        lead = create_lead(db, LeadCreate(name="Ann", email="ann@acme-tools.com", source="Fair"))
        entered = LeadCreate(name="Ann", email="a.lee@acme-tools.com", source="Web")
        merge_into_lead(db, lead.id, entered)
        edit = last_operation(db)
        delete_lead(db, lead.id)
        assert undo_at_once(db, edit).kept == [(lead.id, "deleted since")]
        undo_at_once(db, edit + 1)

    undo = undo_of(database, edit)
    undone = read_state(database)
    redo = undo_of(database, undo.operation_id)
    undo_of(database, redo.operation_id)

    assert len(undone["sightings"]) == 1
    assert read_state(database) == undone


def test_a_lead_that_was_deleted_by_hand_too_stays_deleted(
    database: Database, settings: Settings
) -> None:
    run = import_rows(database, settings, [ANN, BO])
    undo = undo_of(database, run.operation_id)
    redo = undo_of(database, undo.operation_id)
    with database.write() as db:
        delete_lead(db, 1)
    assert undo_of(database, redo.operation_id).kept == [(1, "deleted since")]

    again = undo_of(database, undo.operation_id)

    assert (again.recreated, again.kept) == (1, [(1, "deleted otherwise since")])
    assert list(dump_of(database)) == [2]


def test_an_operation_is_taken_back_once(database: Database, settings: Settings) -> None:
    run = import_rows(database, settings, [ANN])
    undo_of(database, run.operation_id)

    with pytest.raises(AlreadyUndone):
        undo_of(database, run.operation_id)
    with pytest.raises(OperationNotFound):
        undo_of(database, 999)


def test_a_run_still_going_on_cannot_be_taken_back(database: Database, settings: Settings) -> None:
    run_id = request_text(database, settings, "name,email\nAnn,ann@acme-tools.com\n")

    with pytest.raises(Conflict):
        undo_of(database, run_id)


def test_the_largest_undo_that_is_done_at_once(database: Database, settings: Settings) -> None:
    rows = [f"Number {n},n{n}@acme-tools.com" for n in range(SMALL)]
    run = import_rows(database, settings, rows)

    assert undo_of(database, run.operation_id).removed == SMALL
    assert dump_of(database) == {}
