"""``leads mappings``, and imports that are told what their columns hold."""

from pathlib import Path

import pytest

from pipeline.database.engine import Database
from tests.cli.conftest import Leads
from tests.imports import find_leads

COLUMNS = ("--column", "Who=name", "--column", "Reach=email")


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A file whose header says nothing of what its columns hold."""
    path = tmp_path / "odd.csv"
    path.write_text("Who,Reach,Team\nAnn Lee,ann@example.com,North\n")
    return path


def test_a_choice_is_remembered_named_and_used_by_its_name(
    leads: Leads, odd: Path, database: Database
) -> None:
    leads("import", odd, *COLUMNS)
    (remembered,) = leads("mappings", "list", "--json").json
    assert (remembered["name"], remembered["file_name"]) == (None, "odd.csv")
    assert "(as in odd.csv)" in leads("mappings", "list").out

    number = remembered["id"]
    leads("mappings", "change", number, "--name", "Fair", "--column", "Team=company")
    assert leads("mappings", "show", "Fair", "--json").json["columns"][2]["kind"] == "company"
    odd.write_text("Who,Reach,Team\nEve Orr,eve@example.com,South\n")
    assert leads("import", odd, "--mapping", "Fair").status == 0

    with database.read() as db:
        found = [(lead.name, lead.company) for lead in find_leads(db)]
    assert found == [("Ann Lee", None), ("Eve Orr", "South")]


@pytest.mark.usefixtures("sqlite_url")
def test_a_mapping_is_deleted_by_name_or_number(leads: Leads, odd: Path) -> None:
    leads("import", odd, *COLUMNS)
    number = leads("mappings", "list", "--json").json[0]["id"]

    assert leads("mappings", "delete", number).status == 0
    assert leads("mappings", "list").out == "None so far.\n"
    assert leads("mappings", "delete", number).status == 2


@pytest.mark.usefixtures("sqlite_url")
def test_what_cannot_be_chosen_is_refused_with_what_there_is(leads: Leads, odd: Path) -> None:
    unwritten = leads("import", odd, "--column", "Who")
    unknown = leads("import", odd, "--column", "Who=colour")
    missing = leads("import", odd, "--mapping", "Fair")

    assert (unwritten.status, unknown.status, missing.status) == (2, 2, 2)
    assert "write it as Mail=email" in unwritten.err
    assert "There are: name, given_name" in unknown.err
    assert "There are: none" in missing.err
