"""``leads import``, ``runs``, ``undo``, ``operations``, ``cancel`` on both databases."""

from pathlib import Path

import pytest

from pipeline.database.engine import Database
from pipeline.leads.models import Lead
from pipeline.settings import Settings
from tests.cli.conftest import Leads
from tests.imports import find_leads, request_text


@pytest.mark.usefixtures("database")
def test_the_same_file_again_changes_nothing(leads: Leads, people: Path) -> None:
    leads("import", people)

    again = leads("import", people, "--json").json

    assert (again["created"], again["unchanged"], again["duplicate"]) == (0, 2, 1)


def test_rows_without_a_source_bear_the_label_given(
    leads: Leads, people: Path, database: Database
) -> None:
    leads("import", people, "--source", "Trade fair")

    with database.read() as db:
        assert {lead.source for lead in find_leads(db)} == {"Trade fair"}


def test_phones_without_a_country_are_read_as_the_region_says(
    leads: Leads, tmp_path: Path, database: Database
) -> None:
    (tmp_path / "swiss.csv").write_text("name,phone\nAnn,044 668 18 00\n")

    leads("import", tmp_path / "swiss.csv", "--region", "ch")

    with database.read() as db:
        assert db.query(Lead).one().phone == "+41446681800"


@pytest.mark.usefixtures("sqlite_url")
def test_a_region_that_is_no_country_is_refused(leads: Leads, people: Path) -> None:
    answer = leads("import", people, "--region", "UK")

    assert (answer.status, "two letters such as US, GB" in answer.err) == (2, True)


@pytest.mark.usefixtures("database")
def test_a_file_that_is_no_table_is_refused(leads: Leads, tmp_path: Path) -> None:
    (tmp_path / "book.xlsx").write_bytes(b"PK\x03\x04" + bytes(100))

    answer = leads("import", tmp_path / "book.xlsx", "--json")

    assert (answer.status, answer.json["state"]) == (2, "failed")
    assert "Excel" in answer.json["error"]


@pytest.mark.usefixtures("database")
def test_a_run_tells_what_is_wrong_with_its_rows(leads: Leads, people: Path) -> None:
    leads("import", people)

    shown = leads("runs", 1, "--issues", "--json").json

    assert shown["issues"] == {"no_contact": 1}
    assert [(row["row"], row["code"]) for row in shown["rows"]] == [(4, "no_contact")]


@pytest.mark.usefixtures("database")
def test_runs_are_listed_with_the_newest_first(leads: Leads, people: Path) -> None:
    empty = leads("runs")
    leads("import", people)
    leads("import", people)

    assert empty.out == "There are no runs yet.\n"
    assert [run["run"] for run in leads("runs", "--json").json] == [2, 1]
    assert leads("runs", "--limit", 1).out.splitlines()[1].split()[:3] == [
        "2",
        "import",
        people.name,
    ]


def test_an_import_can_be_taken_back_and_that_too(
    leads: Leads, people: Path, database: Database
) -> None:
    operation = leads("import", people, "--json").json["operation"]

    undone = leads("undo", operation, "--json").json
    with database.read() as db:
        after_undo = find_leads(db)
    redone = leads("undo", undone["operation"], "--json").json

    assert (undone["removed"], after_undo, redone["recreated"]) == (2, [], 2)
    assert [one["kind"] for one in leads("operations", "--json").json] == ["undo", "undo", "import"]


@pytest.mark.usefixtures("database")
def test_what_was_seen_since_is_kept_and_told(leads: Leads, people: Path) -> None:
    leads("import", people)
    leads("import", people)

    answer = leads("undo", 1)

    assert "2 kept" in answer.out
    assert "seen since by run 2" in answer.out


@pytest.mark.usefixtures("sqlite_url")
@pytest.mark.parametrize("words", [("undo", 9), ("runs", 9), ("resume", 9), ("cancel", 9)])
def test_a_number_that_nothing_bears_is_refused(leads: Leads, words: tuple[str, int]) -> None:
    answer = leads(*words)

    assert (answer.status, answer.err) == (2, f"leads: There is no {_noun(words[0])} 9.\n")


def test_a_cancelled_run_is_over(leads: Leads, database: Database, settings: Settings) -> None:
    run_id = request_text(database, settings, "name,email\nAnn,ann@example.com\n")

    cancelled = leads("cancel", run_id, "--json")
    resumed = leads("resume", run_id, "--json")

    assert (cancelled.status, cancelled.json["state"]) == (0, "cancelled")
    assert (resumed.status, resumed.json["read"]) == (1, 0)


def _noun(command: str) -> str:
    return "operation" if command == "undo" else "run"
