"""Files of every format become leads through the real door, and can be taken back."""

import gzip

import pytest
from sqlalchemy import select

from pipeline.database.engine import Database
from pipeline.imports import ImportChoices
from pipeline.leads.models import Lead
from pipeline.runs.models import RowIssue
from pipeline.settings import Settings
from tests.imports import counts, find_leads, import_text
from tests.readers.workbook_files import MAKERS, Rows, make_xlsx, make_zip

PEOPLE: Rows = [
    ["Name", "Email", "Phone"],
    ["Ann Lee", "ann@example.com", 447911123456.0],
    ["Bob Ray", "bob@example.com", "+1 415 555 2671"],
    ["Nobody", "", ""],
]
TEXT = b"Name,Email\nAnn Lee,ann@example.com\nBob Ray,bob@example.com\nNobody,\n"
LINES = b"""{"name": "Ann Lee", "email": "ann@example.com"}
{"name": "Bob Ray", "emails": ["bob@example.com", "ray@example.com"]}
{"name": "Nobody", broken}
"""
CARDS = b"""BEGIN:VCARD\nFN:Ann Lee\nEMAIL:ann@example.com\nEND:VCARD
BEGIN:VCARD\nFN:Bob Ray\nitem1.EMAIL;TYPE=WORK:bob@example.com\nEND:VCARD
BEGIN:VCARD\nFN:Nobody\nEND:VCARD\n"""
FILES = {
    **{kind: make({"Cover": [["Leads"]], "People": PEOPLE}) for kind, make in MAKERS.items()},
    "zip": make_zip({"__MACOSX/._people.csv": b"x" * 900, "people.csv": TEXT}),
    "gzip": gzip.compress(LINES),
    "jsonl": LINES,
    "vcard": CARDS,
}


@pytest.mark.parametrize("kind", sorted(FILES))
def test_a_file_of_any_format_becomes_leads(
    database: Database, settings: Settings, kind: str
) -> None:
    run = import_text(database, settings, FILES[kind])
    assert (run.state, counts(run)) == ("finished", {"created": 2, "rejected": 1})
    assert kind in {run.params["format"], run.params["container"]}
    with database.read() as db:
        assert {lead.email for lead in find_leads(db)} == {"ann@example.com", "bob@example.com"}
    again = import_text(database, settings, FILES[kind])
    assert counts(again) == {"unchanged": 2, "rejected": 1}


def test_a_phone_kept_as_a_number_is_whole(database: Database, settings: Settings) -> None:
    import_text(database, settings, FILES["xlsx"], region="GB")
    with database.read() as db:
        ann = db.scalars(select(Lead).where(Lead.email == "ann@example.com")).one()
    assert ann.phone == "+447911123456"


def test_a_bad_line_is_told_with_its_number(database: Database, settings: Settings) -> None:
    run = import_text(database, settings, LINES)
    with database.read() as db:
        found = db.scalars(select(RowIssue).where(RowIssue.run_id == run.id)).all()
    assert [(one.row, one.code, one.expected) for one in found] == [
        (3, "broken_row", "a JSON object on one line")
    ]
    assert found[0].value == '{"name": "Nobody", broken}'


def test_the_sheet_and_the_member_may_be_chosen(database: Database, settings: Settings) -> None:
    others: Rows = [["Name", "Email"], ["Cy", "cy@example.com"]]
    book = make_xlsx({"People": PEOPLE, "Others": others})
    packed = make_zip({"big.csv": TEXT * 20, "book.xlsx": book})
    choices = ImportChoices(reading={"sheet": "Others", "member": "book.xlsx"})
    run = import_text(database, settings, packed, choices=choices)
    assert counts(run) == {"created": 1}
    shown = {
        name: run.params[name] for name in ("format", "container", "member", "sheet", "sheets")
    }
    assert shown == {
        "format": "xlsx",
        "container": "zip",
        "member": "book.xlsx",
        "sheet": "Others",
        "sheets": ["People", "Others"],
    }


@pytest.mark.parametrize("choice", [{"sheet": "Cars"}, {"member": "cars.csv"}])
def test_a_choice_that_does_not_exist_fails_the_run_with_the_reason(
    database: Database, settings: Settings, choice: dict[str, str]
) -> None:
    packed = make_zip({"book.xlsx": FILES["xlsx"]})
    run = import_text(database, settings, packed, choices=ImportChoices(reading=choice))
    assert run.state == "failed"
    assert "It has: " in (run.error or "")
    assert [path.suffix for path in settings.spool.iterdir() if path.suffix == ".part"] == []
