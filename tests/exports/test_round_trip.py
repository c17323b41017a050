"""What was exported and is imported again changes nothing, and is exported again byte for byte."""

import csv
import json
from collections.abc import Sequence
from io import StringIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from sqlalchemy import delete, text

from pipeline.database.engine import Database
from pipeline.exports.leads import write_leads
from pipeline.exports.registry import EXPORTERS
from pipeline.imports import ImportChoices
from pipeline.leads.models import Lead, LeadKey, Sighting
from pipeline.leads.schemas import LeadCreate
from pipeline.leads.service import create_lead, update_lead_status
from pipeline.settings import Settings
from tests.imports import counts, find_leads, import_text

HEADER = "Name,Email,Email 2,Phone,Phone 2,Company,Job Title,Website,Status,Source,Notes,=Size,id"
NASTY = [
    HEADER.split(","),
    [
        *("=cmd|' /C calc'!A0", "ann+a@example.com", "'quoted@example.com", "+1 415 555 2671"),
        *("0113 496 0000 ext 12", "'Acme; Co", '-Head, of "Sales"', "example.com/a;b,c"),
        *("qualified", "007", 'a;b, "c"\\n', "0042", "'77"),
    ],
    ["JOHN MCDONALD", "-x=y@example.com", "", "12345", *[""] * 5, "+Fair", "＝1+1", "", "_x0041_"],
    ["ann", "", "", "(02) 555-01 0", *[""] * 4, "contacted", "", "x" * 30_000, "@x", ""],
    ["", "info@example.net", "", "", "", "Ünïcode GmbH 株式会社", *[""] * 4, "a\nb", "1e5", "\tx"],
]
"""Values that spreadsheets, readers and normalizers like to change."""

FLAT = ("csv", "excel", "xlsx")
STATE = "SELECT id, version, updated_at, name, email, phone, custom, origins FROM leads ORDER BY id"


def _csv(rows: Sequence[Sequence[str]]) -> str:
    buffer = StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()


def _export(database: Database, name: str) -> bytes:
    return b"".join(write_leads(database, name))


def _state(database: Database) -> list[Any]:
    with database.read() as db:
        return list(db.execute(text(STATE)))


def _comes_back(database: Database, settings: Settings, name: str) -> None:
    """Import what is exported; nothing may come of it."""
    content, before = _export(database, name), _state(database)

    run = import_text(database, settings, content)

    assert counts(run) == {"unchanged": len(before)}
    assert _state(database) == before
    assert _export(database, name) == content


def _enter_by_hand(database: Database) -> None:
    """Enter leads whose values an import would have spelt otherwise, or joined."""
    entered = [
        LeadCreate(name="JANE ROE", email="jane@example.com", phone="+1-555-0200", source="Ads"),
        LeadCreate(name="Jane", email="jane@example.com", phone="0041446681800", source=" Fair "),
        LeadCreate(name="jane roe", email="Jane@example.com", source="=Ads", status="contacted"),
        LeadCreate(name="'", email="j.o'neil@example.com", phone="55", source="x", status="new"),
    ]
    with database.write() as db:
        for lead in entered:
            create_lead(db, lead)
        update_lead_status(db, 1, "disqualified")


@pytest.mark.parametrize("name", sorted(EXPORTERS))
def test_an_export_comes_back_without_a_change(
    database: Database, settings: Settings, name: str
) -> None:
    import_text(database, settings, _csv(NASTY))
    _enter_by_hand(database)
    assert len(_state(database)) == 8

    _comes_back(database, settings, name)
    _comes_back(database, settings, name)


def test_a_row_that_comes_back_twice_is_a_duplicate(database: Database, settings: Settings) -> None:
    _enter_by_hand(database)
    header, *rows = _export(database, "csv").splitlines(keepends=True)

    run = import_text(database, settings, b"".join([header, *rows, rows[1]]))

    assert counts(run) == {"unchanged": 4, "duplicate": 1}


def test_a_plan_says_of_an_export_that_it_changes_nothing(
    database: Database, settings: Settings
) -> None:
    _enter_by_hand(database)
    content = _export(database, "csv")

    run = import_text(database, settings, content, choices=ImportChoices(plan=True))

    assert counts(run) == {"unchanged": 4}


def test_what_was_edited_in_an_export_is_taken_and_nothing_else(
    database: Database, settings: Settings
) -> None:
    import_text(database, settings, _csv(NASTY))
    content = _export(database, "csv").replace(b"Head, of", b"Head of all")

    run = import_text(database, settings, content)

    assert counts(run) == {"updated": 1, "unchanged": 3}
    with database.read() as db:
        assert [lead.version for lead in find_leads(db)] == [2, 1, 1, 1]
        assert find_leads(db)[0].title == '-Head of all "Sales"'


def test_a_row_of_another_database_is_not_taken_for_the_lead_with_its_id(
    database: Database, settings: Settings
) -> None:
    import_text(database, settings, "name,email\nAnn,ann@example.com\n")
    content = _export(database, "csv").replace(b"ann@example.com", b"bo@example.com")

    run = import_text(database, settings, content)

    assert counts(run) == {"created": 1}


@pytest.mark.parametrize("name", sorted(EXPORTERS))
def test_an_empty_database_becomes_the_same_but_for_ids_and_dates(
    database: Database, settings: Settings, name: str
) -> None:
    import_text(database, settings, _csv(NASTY))
    content, before = _export(database, name), _without_dates(_export(database, "jsonl"))
    with database.write() as db:
        for table in (Lead, LeadKey, Sighting):
            db.execute(delete(table))

    run = import_text(database, settings, content)

    assert counts(run) == {"created": 4}
    assert _without_dates(_export(database, "jsonl")) == before


def _without_dates(content: bytes) -> list[dict[str, Any]]:
    leads = [json.loads(line) for line in content.splitlines()]
    for lead in leads:
        for name in ("id", "created_at", "updated_at"):
            del lead[name]
    return leads


CELL = st.text(st.characters(codec="utf-8"), max_size=40) | st.text(
    "=+-@'\t\r\n\",; x1\\_&<", max_size=8
)
EMAIL = st.from_regex(r"[a-z0-9!#$%&'*+/=?^_{|}~-]{1,12}@example\.(com|net)", fullmatch=True)
PHONE = st.from_regex(r"(\+1 ?415 ?555 ?\d{4}|\+44113496\d{4}( x\d{1,4})?|[0-9 ()/-]{5,12})?")
ROW = st.tuples(
    *(CELL, EMAIL, st.just("") | EMAIL, PHONE, PHONE, CELL, CELL, CELL),
    *(st.sampled_from(["", "won", "qualified", "lost"]), *[CELL] * 4),
)


@examples(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(ROW, min_size=1, max_size=8), st.sampled_from(sorted(EXPORTERS)))
def test_whatever_was_imported_comes_back_without_a_change(
    database: Database, settings: Settings, rows: list[tuple[str, ...]], name: str
) -> None:
    first = (f"Ann {len(_state(database))}", "ann@example.com", *[""] * 11)
    import_text(database, settings, _csv([HEADER.split(","), first, *rows]))
    _comes_back(database, settings, name)
