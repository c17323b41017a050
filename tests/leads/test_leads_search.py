"""The list: every sort pages through all leads once, filters narrow it, counts agree with it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from pipeline.errors import InvalidInput
from pipeline.leads.models import STATUSES, Lead, Sighting
from pipeline.leads.search import (
    SORTS,
    Search,
    count_by_status,
    find_by_ids,
    find_page,
    find_sources,
)

START = datetime(2026, 1, 1, tzinfo=UTC)


def add(db: Session, name: str = "Ada", **values: object) -> Lead:
    lead = Lead(**({"name": name, "source": "Website", "email": f"{name}@example.com"} | values))
    db.add(lead)
    db.flush()
    return lead


def add_many(db: Session) -> list[Lead]:
    return [
        add(
            db,
            f"Lead {number % 7}",
            email=None if number % 5 == 0 else f"lead{number % 9}@example.com",
            company=None if number % 3 == 0 else f"Company {number % 4}",
            status=STATUSES[number % 4],
            source=f"Source {number % 3}",
            updated_at=START + timedelta(hours=number % 6),
        )
        for number in range(40)
    ]


def walk(db: Session, search: Search, limit: int) -> list[Lead]:
    found: list[Lead] = []
    cursor = None
    while True:
        page = find_page(db, search, cursor=cursor, limit=limit)
        assert len(page.leads) <= limit
        found += page.leads
        cursor = page.next_cursor
        if cursor is None:
            return found
        assert len(page.leads) == limit


def sort_key(lead: Lead, name: str) -> object:
    match name:
        case "added":
            return lead.id
        case "updated":
            return lead.updated_at
        case "status":
            return STATUSES.index(lead.status)
        case _:
            return getattr(lead, name)


@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize("name", SORTS)
def test_every_sort_pages_through_all_leads_once_in_order_with_blanks_last(
    db: Session, name: str, sign: str
) -> None:
    leads = add_many(db)
    found = walk(db, Search(sort=sign + name), 7)
    assert sorted(lead.id for lead in found) == sorted(lead.id for lead in leads)
    keys = [sort_key(lead, name) for lead in found]
    filled = [key for key in keys if key is not None]
    assert keys[: len(filled)] == filled
    assert filled == sorted(filled, reverse=sign == "-")
    assert found == walk(db, Search(sort=sign + name), 40)


def test_a_page_survives_that_its_last_row_is_deleted(db: Session) -> None:
    leads = add_many(db)
    page = find_page(db, Search(), limit=10)
    db.delete(page.leads[-1])
    db.flush()
    rest = find_page(db, Search(), cursor=page.next_cursor, limit=50)
    assert len(page.leads) + len(rest.leads) == len(leads)


def test_status_source_and_text_narrow_together(db: Session) -> None:
    add_many(db)
    search = Search(status="qualified", source="Source 1", text="company 2")
    found = walk(db, search, 3)
    assert found
    assert all(
        lead.status == "qualified" and lead.source == "Source 1" and lead.company == "Company 2"
        for lead in found
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("grace", "Grace Hopper"),
        ("HOPPER gr", "Grace Hopper"),
        ("navy.example", "Grace Hopper"),
        ("030 901820", "Konrad"),
        ("(030) 90-18", "Konrad"),
        ("100%", "Percent"),
        ("zuse kg", "Konrad"),
        ("under_score", "Under"),
    ],
)
def test_text_is_found_in_name_email_phone_and_company(db: Session, text: str, name: str) -> None:
    add(db, "Grace Hopper", email="grace@navy.example")
    add(db, "Konrad", phone="+4930901820", company="Zuse KG")
    add(db, "Percent", company="100% Pure")
    add(db, "Thousand", company="1000 Pure")
    add(db, "Under", company="under_score")
    add(db, "Over", company="underXscore")
    assert [lead.name for lead in walk(db, Search(text=text), 10)] == [name]


def test_counts_follow_the_text_but_not_the_status(db: Session) -> None:
    add(db, "Ada", status="new")
    add(db, "Adam", status="qualified")
    add(db, "Eve", status="qualified")
    everything = count_by_status(db, Search(status="new"))
    assert everything.by_status == {"new": 1, "contacted": 0, "qualified": 2, "disqualified": 0}
    assert (everything.total, everything.exact) == (3, True)
    assert count_by_status(db, Search(text="ada")).by_status["qualified"] == 1


def test_a_run_shows_the_leads_it_has_seen(db: Session) -> None:
    seen, again, withdrawn = add(db, "Seen"), add(db, "Again"), add(db, "Withdrawn")
    add(db, "Other")
    common = {"source": "file", "digest": 1, "raw": {}}
    db.add(Sighting(lead_id=seen.id, run_id=7, **common))
    db.add(Sighting(lead_id=again.id, run_id=3, last_run_id=7, **common))
    db.add(Sighting(lead_id=withdrawn.id, run_id=7, withdrawn_by=1, **common))
    db.flush()
    assert {lead.name for lead in walk(db, Search(run_id=7), 10)} == {"Seen", "Again"}


def test_sources_are_listed_once_in_order(db: Session) -> None:
    add_many(db)
    assert find_sources(db) == ["Source 0", "Source 1", "Source 2"]
    assert find_sources(db, limit=2) == ["Source 0", "Source 1"]


def test_leads_are_found_by_ids_and_missing_ones_left_out(db: Session) -> None:
    first, second = add(db, "First"), add(db, "Second")
    assert find_by_ids(db, [first.id, 999, second.id]) == [second, first]


@pytest.mark.parametrize(
    ("search", "cursor"),
    [
        (Search(status="hot"), None),
        (Search(sort="shoe_size"), None),
        (Search(), "nonsense"),
        (Search(), "W10"),
        (Search(sort="name"), "WyItYWRkZWQiLDAsbnVsbCwxXQ"),
        (Search(), "WyItYWRkZWQiLDksbnVsbCwxXQ"),
        (Search(sort="-updated"), "WyItdXBkYXRlZCIsMCw1LDFd"),
    ],
)
def test_an_unknown_status_sort_or_cursor_is_refused(
    db: Session, search: Search, cursor: str | None
) -> None:
    with pytest.raises(InvalidInput):
        find_page(db, search, cursor=cursor)
