"""An export is of the leads a list shows, in its order, in one state of the database."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from pipeline.database.engine import Database
from pipeline.errors import InvalidInput
from pipeline.exports.leads import read_leads, write_leads
from pipeline.exports.registry import EXPORTERS
from pipeline.leads.models import Lead
from pipeline.leads.search import SORTS, Search, find_page

MOMENT = datetime(2026, 5, 1, 12, tzinfo=UTC)
SEARCHES = [
    *(Search(sort=sign + name) for name in SORTS for sign in ("", "-")),
    Search(status="contacted", sort="name"),
    Search(text="acme 1"),
    Search(source="Fair", text="ann", sort="-company"),
    Search(text="555 0107"),
]


def _fill(db: Session, count: int = 40) -> None:
    db.add_all(
        Lead(
            name=f"Ann {number % 7}",
            email=f"ann{number}@example.com" if number % 3 else None,
            phone=f"+1415555{100 + number:04}",
            status=("new", "contacted", "qualified")[number % 3],
            source="Fair" if number % 2 else "LinkedIn",
            company=f"Acme {number % 5}" if number % 4 else None,
            custom={"Team": "Éire"} if number % 2 else {"=a": "1", "B": "2"},
            other_emails=[f"b{number}@example.com"],
            created_at=MOMENT,
            updated_at=MOMENT.replace(microsecond=number),
        )
        for number in range(count)
    )


@pytest.fixture
def filled(database: Database) -> Database:
    """A database with some leads."""
    with database.write() as db:
        _fill(db)
    return database


@pytest.mark.parametrize("search", SEARCHES, ids=str)
def test_an_export_holds_what_the_list_shows_in_its_order(filled: Database, search: Search) -> None:
    with filled.snapshot() as db:
        shown = [lead.id for lead in find_page(db, search, limit=1_000).leads]
        exported = [lead[0] for leads in read_leads(db, search) for lead in leads]
    assert shown
    assert exported == shown


@pytest.mark.parametrize("search", [Search(sort="updates"), Search(status="old")], ids=str)
def test_a_search_that_cannot_be_is_refused_before_anything_is_written(
    filled: Database, search: Search
) -> None:
    with pytest.raises(InvalidInput, match="Unknown"):
        next(write_leads(filled, "jsonl", search))


def test_an_export_shows_one_state_whatever_is_deleted_meanwhile(filled: Database) -> None:
    with filled.write() as db:
        _fill(db, 1_500)
    chunks = write_leads(filled, "jsonl")
    first = next(chunks)

    with filled.write() as db:
        db.execute(delete(Lead))

    assert (first + b"".join(chunks)).count(b"\n") == 1_540
    assert list(write_leads(filled, "jsonl")) == []


def test_only_custom_fields_of_the_exported_leads_are_columns(filled: Database) -> None:
    header = next(write_leads(filled, "csv", Search(source="Fair"))).split(b"\r\n")[0]
    assert header.decode().endswith(",other_phones,Team")
    header = next(write_leads(filled, "csv")).split(b"\r\n")[0]
    assert header.decode().endswith(",other_phones,'=a,B,Team")


@pytest.mark.parametrize("name", sorted(EXPORTERS))
def test_both_databases_give_the_same_bytes(sqlite_url: str, postgres_url: str, name: str) -> None:
    contents = []
    for url in (sqlite_url, postgres_url):
        database = Database(url)
        with database.write() as db:
            _fill(db)
        contents.append(b"".join(write_leads(database, name)))
        database.close()
    assert contents[0] == contents[1]
    assert len(contents[0]) > 2_000


def test_moments_are_in_utc_with_microseconds(filled: Database) -> None:
    lead = json.loads(next(write_leads(filled, "jsonl")).split(b"\n")[0])
    assert lead["created_at"] == "2026-05-01T12:00:00.000000Z"


@pytest.mark.parametrize(
    "values", [{"custom": {"Bio": "x" * 32_767}}, {"other_emails": ["a" * 20_000] * 2}], ids=str
)
def test_a_workbook_refuses_what_its_cells_cannot_hold(
    database: Database, values: dict[str, object]
) -> None:
    with database.write() as db:
        db.add(Lead(name="Ann", email="ann@example.com", source="Fair", **values))

    with pytest.raises(InvalidInput, match=r"Lead 1 .* 32,767 characters"):
        next(write_leads(database, "xlsx"))
    assert b"ann@example.com" in b"".join(write_leads(database, "csv"))
    assert list(write_leads(database, "xlsx", Search(source="LinkedIn")))


def test_a_workbook_refuses_more_columns_than_it_has(database: Database) -> None:
    with database.write() as db:
        custom = {str(number): "x" for number in range(16_384)}
        db.add(Lead(name="Ann", email="ann@example.com", source="Fair", custom=custom))

    with pytest.raises(InvalidInput, match="16,397 columns"):
        next(write_leads(database, "xlsx"))
