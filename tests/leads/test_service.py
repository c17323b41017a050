"""The spec's six functions."""

import pytest

from pipeline.database.engine import Database
from pipeline.errors import InvalidInput
from pipeline.leads.schemas import LeadCreate, LeadOut
from pipeline.leads.service import (
    create_lead,
    delete_lead,
    get_all_leads,
    get_lead_by_id,
    get_leads_by_status,
    update_lead_status,
)
from pipeline.operations.ledger import find_lead_changes

JOHN = {
    "name": "John Doe",
    "email": "john@example.com",
    "phone": "+1-555-0100",
    "source": "LinkedIn",
    "status": "new",
}


def test_a_lead_is_created_read_changed_listed_and_deleted(database: Database) -> None:
    with database.write() as db:
        lead = create_lead(db, LeadCreate(**JOHN))
        assert get_lead_by_id(db, lead.id) is lead
        assert get_all_leads(db) == [lead]
        assert get_leads_by_status(db, "new") == [lead]
        assert get_leads_by_status(db, "qualified") == []
        changed = update_lead_status(db, lead.id, "qualified")
        assert changed is not None
        assert changed.status == "qualified"
        assert delete_lead(db, lead.id) is True
        assert delete_lead(db, lead.id) is False
        assert get_lead_by_id(db, lead.id) is None
        assert update_lead_status(db, lead.id, "new") is None


def test_an_odd_phone_is_kept_as_given_and_a_valid_one_is_stored_as_e164(
    database: Database,
) -> None:
    with database.write() as db:
        odd = create_lead(db, LeadCreate(**JOHN))
        good = create_lead(db, LeadCreate(**{**JOHN, "phone": "(202) 456-1111"}))
        none = create_lead(db, LeadCreate(name="A", email="a@example.com", source="Fair"))

    assert (odd.phone, odd.phone_verified) == ("+1-555-0100", False)
    assert (good.phone, good.phone_verified) == ("+12024561111", True)
    assert (none.phone, none.status) == (None, "new")
    assert set(LeadOut.model_fields) == {
        *("id", "name", "email", "phone", "status", "source", "created_at", "updated_at")
    }


def test_paging_skips_and_limits_in_order_of_id(database: Database) -> None:
    with database.write() as db:
        ids = [create_lead(db, LeadCreate(**JOHN)).id for _ in range(5)]
        assert [lead.id for lead in get_all_leads(db, skip=1, limit=3)] == ids[1:4]
        assert [lead.id for lead in get_all_leads(db, skip=9)] == []


def test_each_status_change_is_recorded_with_who_and_the_same_again_is_none(
    database: Database,
) -> None:
    with database.write(actor="key:7") as db:
        lead = create_lead(db, LeadCreate(**JOHN))
        for status in ("contacted", "contacted", "new"):
            update_lead_status(db, lead.id, status)
        changes = find_lead_changes(db, lead.id)

    assert [operation.kind for _, operation in changes] == ["create", "status", "status"]
    assert {operation.actor for _, operation in changes} == {"key:7"}
    assert [(change.after or {})["status"] for change, _ in changes] == ["new", "contacted", "new"]


def test_an_unknown_status_and_a_bad_email_are_refused(database: Database) -> None:
    with database.write() as db:
        lead = create_lead(db, LeadCreate(**JOHN))
        for refused in ("", "won", "NEW"):
            with pytest.raises(InvalidInput):
                update_lead_status(db, lead.id, refused)
            with pytest.raises(InvalidInput):
                get_leads_by_status(db, refused)
    with pytest.raises(ValueError, match="email"):
        LeadCreate(**{**JOHN, "email": "john@"})


def test_ids_no_database_can_hold_are_simply_not_there(database: Database) -> None:
    with database.write() as db:
        for lead_id in (0, -1, 2**63, 2**200):
            assert get_lead_by_id(db, lead_id) is None
            assert update_lead_status(db, lead_id, "new") is None
            assert delete_lead(db, lead_id) is False


def test_an_id_is_never_given_twice(database: Database) -> None:
    with database.write() as db:
        first = create_lead(db, LeadCreate(**JOHN)).id
        delete_lead(db, first)
    with database.write() as db:
        assert create_lead(db, LeadCreate(**JOHN)).id > first
