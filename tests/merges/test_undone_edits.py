"""What was done to a lead before it was merged is taken back: the merged lead loses nothing."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.database.dialects import serialize_writers
from pipeline.database.engine import Database
from pipeline.edits import merge_into_lead
from pipeline.leads.schemas import LeadCreate
from pipeline.leads.service import create_lead, delete_lead, update_lead_status
from pipeline.merges.service import merge_leads, split_lead
from pipeline.operations.models import Operation
from pipeline.settings import Settings
from tests.imports import import_text
from tests.merges.reading import contacts_of, read_state
from tests.undo.states import undo_at_once

OLD, NEW, OTHER, SPARE = (f"{name}@acme-tools.com" for name in ("old", "new", "other", "spare"))
PHONE = "+12025550143"


@pytest.fixture
def pair(database: Database) -> tuple[int, int]:
    """A lead, which has been edited, and one of another name that was entered later."""
    with database.write("test") as db:
        ann = create_lead(db, _entered("Ann Lee", OLD)).id
        other = create_lead(db, _entered("Anne Leigh", OTHER, phone=PHONE)).id
        return ann, other


def test_an_undone_edit_leaves_the_merged_lead_all_that_the_other_brought(
    database: Database, pair: tuple[int, int]
) -> None:
    with database.write("test") as db:
        edit = _edit(db, pair[0], NEW)
        _merge(db, *pair)

        report = undo_at_once(db, edit)

        merged = read_state(db).leads[pair[0]]
        assert report.kept == []
        assert contacts_of(merged) == {OLD, OTHER, PHONE}


def test_what_both_the_edit_and_the_other_lead_brought_stays(
    database: Database, pair: tuple[int, int]
) -> None:
    with database.write("test") as db:
        edit = _edit(db, pair[0], OTHER, phone=PHONE)
        _merge(db, *pair)

        undo_at_once(db, edit)

        merged = read_state(db).leads[pair[0]]
        assert contacts_of(merged) == {OLD, OTHER, PHONE}
        assert (merged["name"], merged["phone_verified"]) == ("Anne Leigh", True)


def test_what_was_shown_before_the_edit_stays_and_a_split_gives_both_back(
    database: Database, pair: tuple[int, int]
) -> None:
    with database.write("test") as db:
        _edit(db, pair[0], NEW)
        before = read_state(db)
        edit = _edit(db, pair[0], SPARE, phone="+1 202 555 0177")
        merge_leads(db, *pair)
        merged = read_state(db)

        undo = undo_at_once(db, edit)
        undone = read_state(db)
        redo = undo_at_once(db, undo.operation_id)
        redone = read_state(db)
        undo_at_once(db, redo.operation_id)

        assert contacts_of(undone.leads[pair[0]]) == {OLD, NEW, OTHER, PHONE}
        assert redone.leads == merged.leads
        assert read_state(db).leads == undone.leads
        split_lead(db, pair[1])
        assert read_state(db).leads == before.leads


def test_the_status_is_that_of_the_other_lead_unless_somebody_decided_since(
    database: Database, pair: tuple[int, int]
) -> None:
    ann, other = pair
    with database.write("test") as db:
        update_lead_status(db, other, "contacted")
        decided = _last(db, update_lead_status(db, ann, "qualified"))
        _merge(db, *pair)
        undo = undo_at_once(db, decided)
        assert read_state(db).leads[ann]["status"] == "contacted"
        undo_at_once(db, undo.operation_id)
        update_lead_status(db, ann, "disqualified")

        report = undo_at_once(db, decided)

        assert report.kept == [(ann, "changed since: status")]
        assert undo_at_once(db, decided).kept == report.kept
        assert read_state(db).leads[ann]["status"] == "disqualified"


def test_an_edit_undone_during_a_split_stays_undone_when_the_split_is(
    database: Database, pair: tuple[int, int]
) -> None:
    with database.write("test") as db:
        merge_leads(db, *pair)
        merged = read_state(db)
        edit = _edit(db, pair[0], OLD)
        assert read_state(db).leads[pair[0]]["email"] == OLD
        split = split_lead(db, pair[1])

        report = undo_at_once(db, edit)
        undo_at_once(db, split.id)

        assert (report.restored, report.kept) == (1, [])
        assert read_state(db).leads == merged.leads


def test_what_was_taken_back_does_not_come_back_with_what_is_taken_back_later(
    database: Database, pair: tuple[int, int]
) -> None:
    with database.write("test") as db:
        first = _edit(db, pair[0], NEW)
        _merge(db, *pair)
        second = _edit(db, pair[0], SPARE)

        undo = undo_at_once(db, first)
        undo_at_once(db, second)
        undone = read_state(db).leads[pair[0]]
        undo_at_once(db, undo.operation_id)
        redone = read_state(db).leads[pair[0]]

        assert contacts_of(undone) == {OLD, OTHER, PHONE}
        assert contacts_of(redone) == {OLD, NEW, OTHER, PHONE}
        split_lead(db, pair[1])
        assert contacts_of(read_state(db).leads[pair[0]]) == {OLD, NEW}


def test_who_is_a_part_of_a_deleted_lead_does_not_come_back_beside_it(
    database: Database, settings: Settings
) -> None:
    run = import_text(database, settings, f"name,email\nAnn Lee,{OLD}\nDan Ray,{OTHER}\n")
    with database.write("test") as db:
        (ann, dan), head = read_state(db).leads, create_lead(db, _entered("Zoe Zed", SPARE)).id
        undo = undo_at_once(db, run.operation_id)
        redo = undo_at_once(db, undo.operation_id)
        _edit(db, ann, NEW)
        assert undo_at_once(db, redo.operation_id).removed == 1
        _merge(db, head, ann)
        delete_lead(db, head)

        again = undo_at_once(db, undo.operation_id)

        assert again.kept == [(ann, f"it is a part of lead {head}, which was deleted since")]
        assert set(read_state(db).leads) == {dan}


def _merge(db: Session, winner: int, loser: int) -> None:
    serialize_writers(db)
    merge_leads(db, winner, loser)


def _last(db: Session, _: object) -> int:
    return db.scalars(select(Operation.id).order_by(Operation.id.desc()).limit(1)).one()


def _edit(db: Session, lead_id: int, email: str, **more: Any) -> int:
    name = "Ann Lee" if email != OTHER else "Anne Leigh"
    return _last(db, merge_into_lead(db, lead_id, _entered(name, email, **more)))


def _entered(name: str, email: str, **more: Any) -> LeadCreate:
    return LeadCreate(name=name, email=email, source="Fair", **more)
