"""A mailbox of many joins nobody by itself; one person's mailbox joins whatever the name."""

import pytest

from pipeline.database.engine import Database
from pipeline.settings import Settings
from tests.imports import counts, find_leads, import_rows

SHARED = ["info@brightwater-pumps.com", "test@example.com", "noemail@noemail.com"]


def names(database: Database) -> list[str]:
    with database.read() as db:
        return [lead.name for lead in find_leads(db)]


@pytest.mark.parametrize("address", SHARED)
def test_two_people_behind_one_shared_mailbox_stay_two(
    database: Database, settings: Settings, address: str
) -> None:
    run = import_rows(database, settings, [f"Ann Lee,{address}", f"Bob Ray,{address}"])

    assert counts(run) == {"created": 2}
    assert names(database) == ["Ann Lee", "Bob Ray"]


def test_the_same_person_behind_a_shared_mailbox_is_one(
    database: Database, settings: Settings
) -> None:
    import_rows(database, settings, [f"Ann Lee,{SHARED[0]}", f"Bob Ray,{SHARED[0]}"])

    again = import_rows(database, settings, [f"Bob Ray,{SHARED[0]}", f'"LEE, Ann",{SHARED[0]}'])

    assert counts(again) == {"unchanged": 1, "updated": 1}
    assert names(database) == ["LEE, Ann", "Bob Ray"]


def test_a_desk_is_neither_the_person_nor_another_firm_behind_it(
    database: Database, settings: Settings
) -> None:
    firm = f",{SHARED[0]},,Brightwater Pumps Ltd"
    rows = [firm, f"Ann Lee,{SHARED[0]},,Brightwater Pumps", f",{SHARED[0]},,Pump Hire"]

    run = import_rows(database, settings, [*rows, f",{SHARED[0]},,Brightwater Pumps"])

    assert counts(run) == {"created": 3, "duplicate": 1}


def test_a_personal_mailbox_is_one_person_whatever_the_name(
    database: Database, settings: Settings
) -> None:
    rows = ["Ann Lee,ann.lee@brightwater-pumps.com", "Ann Ray,ann.lee@brightwater-pumps.com"]

    run = import_rows(database, settings, rows)

    assert counts(run) == {"created": 1, "duplicate": 1}
