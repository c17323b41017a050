"""Whose value wins when an import's row joins a lead, and when two leads are one."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from pipeline.database.dialects import serialize_writers
from pipeline.database.engine import Database
from pipeline.leads.values import snapshot
from pipeline.merges.service import merge_leads
from pipeline.settings import Settings
from tests.imports import find_leads, import_text

HEADER = "name,email,phone,address,city,postcode,country,tags,title\n"
FULL = "Ann Lee,ann@acme-tools.com,,1 Main St,Boston,02110,US,,\n"


@pytest.fixture
def quiet(settings: Settings) -> Settings:
    """Settings of an engine that merges nothing by itself."""
    return settings.model_copy(update={"matching": "off"})


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (",,,Paris,,", {"address": "1 Main St", "city": "Boston", "postcode": "02110"}),
        (",,Rue 2,Paris,75001,", {"address": "1 Main St", "city": "Boston", "postcode": "02110"}),
        (",,Rue 2,Paris,75001,FR", {"address": "Rue 2", "city": "Paris", "postcode": "75001"}),
    ],
)
def test_an_address_moves_as_a_whole_and_makes_way_for_no_less_complete_one(
    database: Database, quiet: Settings, row: str, expected: dict[str, str]
) -> None:
    import_text(database, quiet, HEADER + FULL)

    import_text(database, quiet, HEADER + f"Ann Lee,ann@acme-tools.com{row},,\n")

    with database.read() as db:
        custom = find_leads(db)[0].custom
    assert {name: custom[name] for name in expected} == expected
    assert (custom["country"] == "US") == (expected["city"] == "Boston")


def test_the_same_address_is_filled_up_and_tags_are_united(
    database: Database, quiet: Settings
) -> None:
    import_text(database, quiet, HEADER + "Ann Lee,ann@acme-tools.com,,,Boston,,,red; Blue,\n")

    import_text(
        database,
        quiet,
        HEADER + 'Ann Lee,ann@acme-tools.com,,1 Main St,Boston,02110,,"blue,new",\n',
    )

    with database.read() as db:
        custom = find_leads(db)[0].custom
    assert (custom["address"], custom["city"], custom["postcode"]) == (
        *("1 Main St", "Boston"),
        "02110",
    )
    assert custom["tags"] == "red, Blue, new"


def test_of_two_leads_the_newer_values_win_and_none_is_lost(
    database: Database, quiet: Settings
) -> None:
    import_text(database, quiet, HEADER + "Ann Lee,ann@acme-tools.com,+1 202 555 0143,,,,,a,CEO\n")
    import_text(database, quiet, HEADER + "Anna Lee,anna@acme-tools.com,12345,,Rome,,IT,b,\n")

    merged = _merge(database, winner=0)

    assert (merged["name"], merged["email"], merged["title"]) == (
        *("Anna Lee", "anna@acme-tools.com"),
        "CEO",
    )
    assert merged["other_emails"] == ["ann@acme-tools.com"]
    assert (merged["phone"], merged["phone_verified"]) == ("+12025550143", True)
    assert merged["other_phones"] == ["12345"]
    assert merged["custom"] == {"tags": "a, b", "city": "Rome", "country": "IT"}


def test_rows_of_one_run_are_equally_old_and_the_winner_stands(
    database: Database, quiet: Settings
) -> None:
    rows = "Ann Lee,ann@acme-tools.com,,,,,,,CEO\nAnna Lee,anna@acme-tools.com,,,,,,,Chair\n"
    import_text(database, quiet, HEADER + rows)

    merged = _merge(database, winner=1)

    assert (merged["name"], merged["title"], merged["email"]) == (
        *("Anna Lee", "Chair"),
        "anna@acme-tools.com",
    )


def _merge(database: Database, *, winner: int) -> dict[str, Any]:
    def work(db: Session) -> dict[str, Any]:
        serialize_writers(db)
        ids = [lead.id for lead in find_leads(db)]
        merge_leads(db, ids[winner], ids[1 - winner])
        return snapshot(find_leads(db)[0])

    return database.transact(work)
