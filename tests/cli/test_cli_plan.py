"""``leads import --plan`` and ``leads apply``: told first, then done exactly so."""

from pathlib import Path

import pytest

from pipeline.commands.import_choices import read_fix, write_fix
from pipeline.database.engine import Database
from tests.cli.conftest import Leads
from tests.imports import find_leads

FILE = """Name,E-Mail,Telefon,Firma,Status
Ann Lee,ann@gmial,030 1234567,Lee Ltd,Warm
Bob Ray,bob@example.com,+41 44 668 18 00,Ray Ltd,
Bob Ray,bob@example.com,,Other Ltd,
Nobody,,,,
"""
FIXES = ("--fix", "email:ann@gmial=ann@gmail.com", "--fix", "status:Warm=contacted")


@pytest.fixture
def fair(tmp_path: Path) -> Path:
    """A file with a few things to mend."""
    path = tmp_path / "fair.csv"
    path.write_text(FILE)
    return path


def test_a_plan_is_printed_with_its_reasons_fixes_and_the_command_that_applies_it(
    leads: Leads, fair: Path, database: Database
) -> None:
    answer = leads("import", fair, "--plan")

    assert answer.status == 0
    assert "Nothing was changed" in answer.out
    assert "rejected    1" in answer.out
    assert "--fix email:ann@gmial=ann@gmail.com" in answer.out
    assert "--fix 'phone:030 1234567=+49301234567'" in answer.out
    assert "new or contacted or qualified or disqualified" in answer.out
    assert "no contact" in answer.out
    assert "leads apply 1 --hash " in answer.out
    with database.read() as db:
        assert find_leads(db) == []


@pytest.mark.usefixtures("database")
def test_a_script_gets_the_plan_whole(leads: Leads, fair: Path) -> None:
    plan = leads("import", fair, "--plan", "--json", *FIXES, "--rule", "phone=never").json

    assert (plan["plan"], plan["state"], len(plan["hash"])) == (True, "finished", 64)
    assert (plan["created"], plan["duplicate"], plan["rejected"]) == (2, 1, 1)
    assert plan["rules"] == {"phone": "never"}
    assert [column["kind"] for column in plan["columns"]][:3] == ["name", "email", "phone"]
    assert {reason["code"] for reason in plan["reasons"]} == {"no_contact", "unverified_phone"}


def test_what_was_planned_is_applied(leads: Leads, fair: Path, database: Database) -> None:
    plan = leads("import", fair, "--plan", "--json", *FIXES).json

    done = leads("apply", plan["run"], "--hash", plan["hash"], "--json")

    assert (done.status, done.json["plan"], done.json["overtaken"]) == (0, plan["run"], 0)
    assert [done.json[name] for name in ("created", "duplicate", "rejected")] == [2, 1, 1]
    with database.read() as db:
        ann, _ = find_leads(db)
        assert (ann.email, ann.status) == ("ann@gmail.com", "contacted")


@pytest.mark.usefixtures("database")
def test_what_the_world_has_overtaken_is_told(leads: Leads, fair: Path) -> None:
    plan = leads("import", fair, "--plan", "--json").json
    leads("import", fair)

    done = leads("apply", plan["run"])

    assert "rows were left out" in done.err
    assert "leads runs 3 --issues" in done.err


@pytest.mark.usefixtures("database")
def test_another_hash_or_no_plan_is_refused(leads: Leads, fair: Path) -> None:
    plan = leads("import", fair, "--plan", "--json").json
    other = leads("apply", plan["run"], "--hash", "0" * 64)
    imported = leads("import", fair, "--json").json
    none = leads("apply", imported["run"])

    assert (other.status, plan["hash"] in other.err) == (2, True)
    assert (none.status, "is no plan" in none.err) == (2, True)


@pytest.mark.usefixtures("sqlite_url")
@pytest.mark.parametrize(
    "words",
    [
        ("--rule", "phone"),
        ("--rule", "phone=sometimes"),
        ("--fix", "phone=1"),
        ("--fix", "shoe:1=2"),
        ("--header-row", "first"),
    ],
)
def test_a_choice_that_cannot_be_is_refused(
    leads: Leads, fair: Path, words: tuple[str, str]
) -> None:
    assert leads("import", fair, "--plan", *words).status == 2


@pytest.mark.usefixtures("sqlite_url")
def test_the_file_is_read_as_it_was_said(leads: Leads, tmp_path: Path) -> None:
    path = tmp_path / "odd.txt"
    path.write_bytes("A note\nName\tMail\nJürgen\tj@example.com\n".encode("cp1250"))

    plan = leads(
        *("import", path, "--plan", "--json", "--encoding", "cp1250"),
        *("--delimiter", "tab", "--header-row", "1"),
    ).json

    assert [column["name"] for column in plan["columns"]] == ["Name", "Mail"]
    assert plan["columns"][0]["samples"] == ["Jürgen"]


def test_a_fix_is_written_as_it_is_read() -> None:
    fix = ("phone", "a=b:c", "+49")

    assert read_fix(write_fix(fix)) == fix
