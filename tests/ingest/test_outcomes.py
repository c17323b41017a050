"""What becomes of a row: one behaviour, the same on SQLite and PostgreSQL."""

import pytest
from sqlalchemy import event, select

from pipeline.database.engine import Database
from pipeline.leads.keys import lead_hashes
from pipeline.leads.models import LeadKey, Sighting
from pipeline.leads.service import update_lead_status
from pipeline.leads.values import snapshot
from pipeline.provenance import name_cells
from pipeline.runs.service import find_issues, find_outcomes
from pipeline.settings import Settings
from pipeline.suppressions import add_suppression
from tests.imports import HEADER, counts, find_leads, import_rows, import_text

ANN = "Ann Lee,ann@acme-tools.com,+1 202 555 0143,Acme Tools"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Settings by which leads stay as they are written: matching has tests of its own."""
    return settings.model_copy(update={"matching": "off"})


def test_a_good_row_becomes_a_lead_with_its_values(database: Database, settings: Settings) -> None:
    run = import_rows(
        database,
        settings,
        ["ANN LEE,Ann@ACME-tools.com,(202) 456-1111,Acme Tools,CEO,acme-tools.com,won,Fair,Blue"],
    )

    assert (run.state, counts(run)) == ("finished", {"created": 1})
    with database.read() as db:
        (lead,) = find_leads(db)
        assert (lead.name, lead.email, lead.phone) == (
            "Ann Lee",
            "Ann@acme-tools.com",
            "+12024561111",
        )
        assert (lead.company, lead.title, lead.status) == ("Acme Tools", "CEO", "qualified")
        assert (lead.website, lead.source) == ("https://acme-tools.com", "Fair")
        assert lead.custom == {"Team": "Blue"}


def test_the_same_file_twice_changes_nothing_and_says_so_row_by_row(
    database: Database, settings: Settings
) -> None:
    rows = [ANN, "Bo Ray,bo@acme-tools.com", "Ann Lee,ANN@acme-tools.com,,,Boss"]
    first = import_rows(database, settings, rows)
    with database.read() as db:
        before = [snapshot(lead) | {"version": lead.version} for lead in find_leads(db)]

    second = import_rows(database, settings, rows)

    assert counts(first) == {"created": 2, "duplicate": 1}
    assert counts(second) == {"unchanged": 2, "duplicate": 1}
    with database.read() as db:
        after = [snapshot(lead) | {"version": lead.version} for lead in find_leads(db)]
        assert after == before
        found = [(row.row, row.outcome) for row in find_outcomes(db, second.id)]
        assert found == [(1, "unchanged"), (2, "unchanged"), (3, "duplicate")]


def test_rows_of_one_file_fill_blanks_and_the_first_value_stands(
    database: Database, settings: Settings
) -> None:
    import_rows(
        database,
        settings,
        ["Ann Lee,ann@acme-tools.com,,Acme Tools", "Anna Lee,ann@acme-tools.com,,Other,CEO"],
    )

    with database.read() as db:
        (lead,) = find_leads(db)
        assert (lead.name, lead.company, lead.title) == ("Ann Lee", "Acme Tools", "CEO")


def test_a_newer_run_wins_but_a_blank_never_erases(database: Database, settings: Settings) -> None:
    import_rows(database, settings, [ANN + ",CEO"])

    run = import_rows(database, settings, ["Ann Lee,ann@acme-tools.com,+1 202 555 0199,,Chair"])

    assert counts(run) == {"updated": 1}
    with database.read() as db:
        (lead,) = find_leads(db)
        assert (lead.title, lead.company) == ("Chair", "Acme Tools")
        assert lead.phone == "+12025550199"
        assert lead.other_phones == ["+12025550143"]
        assert lead.version == 2


def test_a_persons_decision_outranks_every_later_file(
    database: Database, settings: Settings
) -> None:
    import_rows(database, settings, [ANN])
    with database.write() as db:
        (lead,) = find_leads(db)
        update_lead_status(db, lead.id, "contacted")

    run = import_rows(database, settings, ["Ann Lee,ann@acme-tools.com,,,,,disqualified"])

    assert counts(run) == {"unchanged": 1}
    with database.read() as db:
        assert find_leads(db)[0].status == "contacted"


@pytest.mark.parametrize(
    ("second", "leads"),
    [
        ("Lee Ann,,+1 202 456 1111", 1),
        ("A. Lee,,202-456-1111", 1),
        ("Bob Lee,,+1 202 456 1111", 2),
        ("Ann Lee,,+1 202 456 1111 x12", 2),
        ("Somebody Else,A.N.N.1@googlemail.com", 1),
    ],
)
def test_a_phone_needs_an_agreeing_name_and_an_email_is_enough(
    database: Database, settings: Settings, second: str, leads: int
) -> None:
    import_rows(database, settings, ["Ann Lee,ann1@gmail.com,+1 202 456 1111", second])

    with database.read() as db:
        assert len(find_leads(db)) == leads


def test_rows_without_contact_or_name_are_rejected_with_their_raw_values(
    database: Database, settings: Settings
) -> None:
    run = import_rows(
        database,
        settings,
        [
            "Ann Lee,not-an-address",
            ",bo@acme-tools.com",
            "Cy Day,,n/a",
            ",,+1 202 456 1111,Day Ltd",
        ],
    )

    assert counts(run) == {"created": 1, "rejected": 3}
    with database.read() as db:
        errors = [issue for issue in find_issues(db, run.id) if issue.severity == "error"]
        assert [(issue.row, issue.code) for issue in errors] == [
            (1, "no_contact"),
            (2, "no_name"),
            (3, "no_contact"),
        ]
        assert errors[0].raw is not None
        assert errors[0].raw["email"] == "not-an-address"
        (lead,) = find_leads(db)
        assert (lead.name, lead.company) == ("Day Ltd", "Day Ltd")


def test_a_bad_value_beside_a_good_one_is_told_and_costs_no_row(
    database: Database, settings: Settings
) -> None:
    run = import_rows(database, settings, ["Ann Lee,ann@@acme,+1 202 456 1111"])

    assert counts(run) == {"created": 1}
    with database.read() as db:
        (issue,) = find_issues(db, run.id)
        assert (issue.code, issue.severity, issue.value) == ("bad_email", "warning", "ann@@acme")
        assert issue.raw is None


@pytest.mark.parametrize(
    ("kind", "value"),
    [("email", "ANN@acme-tools.com"), ("phone", "+12025550143"), ("domain", "acme-tools.com")],
)
def test_a_suppressed_person_is_neither_created_nor_kept_as_raw(
    database: Database, settings: Settings, kind: str, value: str
) -> None:
    with database.write() as db:
        add_suppression(db, kind, value)

    run = import_rows(database, settings, [ANN.replace("555 0143", "555 0143"), "Bo,bo@else.org"])

    assert counts(run) == {"created": 1, "suppressed": 1}
    with database.read() as db:
        assert [lead.name for lead in find_leads(db)] == ["Bo"]
        assert find_issues(db, run.id) == []


def test_exact_keys_are_those_of_the_leads_values(database: Database, settings: Settings) -> None:
    rows = [
        ANN,
        "Ann Lee,a.lee@other.org,+1 202 555 0143",
        "Ann Lee,a.lee@other.org;third@other.org,+1 202 555 0177",
    ]
    import_rows(database, settings, rows)
    import_rows(database, settings, ["Ann Lee,third@other.org,+1 202 555 0188"])

    with database.read() as db:
        (lead,) = find_leads(db)
        assert len(lead.other_emails) == 2
        kept = {(key.key, key.lead_id) for key in db.query(LeadKey)}
        assert kept == {(key, lead.id) for key in lead_hashes(snapshot(lead))}


def test_a_batch_takes_the_same_number_of_statements_however_many_rows(
    database: Database, settings: Settings
) -> None:
    def statements(rows: list[str]) -> int:
        seen: list[str] = []

        def count(*args: object) -> None:
            seen.append(str(args[2]))

        event.listen(database.engine, "before_cursor_execute", count)
        import_rows(database, settings, rows)
        event.remove(database.engine, "before_cursor_execute", count)
        return len(seen)

    few = statements([f"Few {n},few{n}@acme-tools.com" for n in range(10)])
    many = statements([f"Many {n},many{n}@acme-tools.com" for n in range(1_500)])

    assert many == few


def test_hostile_cells_are_stored_as_text_or_told(database: Database, settings: Settings) -> None:
    rows = [
        '"<b>Ann</b> &amp; <Script>",x1@acme-tools.com',
        '"Robert\'); DROP TABLE leads;--",x2@acme-tools.com',
        "Nul\x00Byte,x3@acme-tools.com,,a\x00b",
        "=cmd|' /C calc'!A0,x4@acme-tools.com",
    ]
    run = import_text(database, settings, "\n".join([HEADER, *(row + "," for row in rows)]))

    assert (run.state, counts(run)) == ("finished", {"created": 4})
    with database.read() as db:
        assert find_leads(db)[0].name == "<b>Ann</b> &amp; <Script>"


def test_a_rows_own_country_says_what_its_phone_means(
    database: Database, settings: Settings
) -> None:
    text = "name,phone,country\nAnna Berg,030 22334455,Deutschland\nAl Day,(202) 456-1111,\n"
    import_text(database, settings, text)

    with database.read() as db:
        assert [(lead.phone, lead.phone_verified) for lead in find_leads(db)] == [
            ("+493022334455", True),
            ("+12024561111", True),
        ]


def test_rows_of_one_batch_may_change_one_lead_again_and_again(
    database: Database, settings: Settings
) -> None:
    rows = [f"Ann Lee,ann@acme-tools.com,,,,,{status}" for status in ("", "contacted", "won")]
    run = import_rows(database, settings, rows)

    assert counts(run) == {"created": 1, "duplicate": 2}
    with database.read() as db:
        (lead,) = find_leads(db)
        sightings = [row.id for row in db.query(Sighting).order_by(Sighting.row)]
        assert (lead.status, lead.origins) == ("qualified", {"status": f"s:{sightings[2]}"})


@pytest.mark.parametrize("person_first", [True, False])
def test_a_companys_name_never_stands_for_a_persons(
    database: Database, settings: Settings, *, person_first: bool
) -> None:
    texts = ["name,email\nAnn Lee,ann@acme-tools.com\n", "email,company\nann@acme-tools.com,Acme\n"]
    for text in texts if person_first else reversed(texts):
        import_text(database, settings, text)

    with database.read() as db:
        (lead,) = find_leads(db)
        assert (lead.name, lead.company) == ("Ann Lee", "Acme")


def test_a_suppressed_domain_is_the_one_written_not_its_providers(
    database: Database, settings: Settings
) -> None:
    with database.write() as db:
        add_suppression(db, "domain", "googlemail.com")

    run = import_rows(database, settings, ["Ann,ann@googlemail.com", "Bo,bo@gmail.com"])

    assert counts(run) == {"created": 1, "suppressed": 1}


def test_an_address_with_a_slip_in_its_domain_is_taken_and_told(
    database: Database, settings: Settings
) -> None:
    run = import_rows(database, settings, ["Ann Lee,ann@gmial.com", "Bo Lee,bo@gmail.com"])

    assert counts(run) == {"created": 2}
    with database.read() as db:
        (issue,) = find_issues(db, run.id)
        assert (issue.row, issue.code, issue.severity) == (1, "likely_typo", "warning")
        assert issue.expected.endswith("gmail.com")


def test_the_cells_of_a_row_bear_the_names_of_their_columns(
    database: Database, settings: Settings
) -> None:
    import_text(database, settings, "name,email,Team\nAnn,ann@acme-tools.com,,more\n")

    with database.read() as db:
        (sighting,) = name_cells(db, list(db.scalars(select(Sighting))))
        assert sighting.raw == {"name": "Ann", "email": "ann@acme-tools.com", "column_4": "more"}
        assert not db.dirty
