"""``leads keys``, ``suppress``, ``export``, ``migrate`` and refusals."""

import io
from pathlib import Path

import orjson
import pytest

from pipeline.access import Role, get_key
from pipeline.database.engine import Database
from pipeline.database.migrate import newest_revision
from pipeline.exports.registry import EXPORTERS
from pipeline.settings import Settings
from tests.cli.conftest import HEADER, Leads


def test_a_key_is_shown_once_and_works(leads: Leads, database: Database) -> None:
    made = leads("keys", "add", "--role", "reviewer", "--name", "Ann's laptop", "--json").json

    with database.read() as db:
        key = get_key(db, made["key"])
    assert key is not None
    assert (key.name, Role(key.role)) == ("Ann's laptop", Role.REVIEWER)
    assert made["key"] not in leads("keys", "list").out


def test_a_revoked_key_is_out_of_force(leads: Leads, database: Database) -> None:
    secret = leads("keys", "add", "--role", "viewer").out.strip()
    number = leads("keys", "list", "--json").json[0]["id"]

    assert leads("keys", "revoke", number).status == 0

    with database.read() as db:
        assert get_key(db, secret) is None
    assert leads("keys", "list", "--json").json == []
    assert leads("keys", "revoke", number).status == 2


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("kind", "value"),
    [("email", "ANN@example.com"), ("phone", "(415) 555-2671"), ("domain", "example.com")],
)
def test_who_is_suppressed_becomes_no_lead(
    leads: Leads, tmp_path: Path, kind: str, value: str
) -> None:
    assert leads("suppress", kind, value, "--reason", "asked us to").status == 0
    (tmp_path / "ann.csv").write_text(f"{HEADER}\nAnn,ann@example.com,+1 415 555 2671,\n")

    answer = leads("import", tmp_path / "ann.csv", "--json").json

    assert (answer["suppressed"], answer["created"]) == (1, 0)


def test_suppressed_values_can_stay_out_of_the_shells_history(
    leads: Leads, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a@example.com\n\nb@example.com\n"))

    leads("suppress", "email", "-")

    listed = leads("suppress", "list", "--json")
    assert [one["kind"] for one in listed.json] == ["email", "email"]
    assert "@" not in listed.out


@pytest.mark.usefixtures("database")
def test_of_several_values_to_suppress_all_or_none_are(leads: Leads) -> None:
    answer = leads("suppress", "email", "ann@example.com", "no address")

    assert (answer.status, leads("suppress", "list").out) == (2, "None so far.\n")


@pytest.mark.usefixtures("database")
def test_a_suppression_can_be_lifted(leads: Leads) -> None:
    leads("suppress", "domain", "example.com")

    assert leads("suppress", "remove", 1).status == 0
    assert leads("suppress", "remove", 1).status == 2


@pytest.mark.usefixtures("database")
def test_an_export_is_read_back_without_a_change(
    leads: Leads, people: Path, tmp_path: Path
) -> None:
    leads("import", people)

    written = leads("export", "-o", tmp_path / "out.csv", "--json")
    again = leads("import", tmp_path / "out.csv", "--json").json

    assert written.json["bytes"] == (tmp_path / "out.csv").stat().st_size
    assert (again["read"], again["unchanged"], again["rejected"]) == (2, 2, 0)


@pytest.mark.usefixtures("database")
def test_an_export_can_be_narrowed_to_a_status(leads: Leads, people: Path) -> None:
    leads("import", people)

    new = leads("export", "--format", "jsonl", "--status", "new").out
    qualified = leads("export", "--format", "jsonl", "--status", "qualified").out

    assert [orjson.loads(line)["name"] for line in new.splitlines()] == [
        "Ann Example",
        "Bob Sample",
    ]
    assert qualified == ""


@pytest.mark.usefixtures("database")
def test_an_export_takes_the_filters_and_the_order_of_the_list(leads: Leads, people: Path) -> None:
    leads("import", people, "--source", "Fair")
    export = ("export", "--format", "jsonl", "--out", "-")

    found = leads(*export, "--source", "Fair", "--q", "example", "--run", 1, "--sort=-name").out
    assert [orjson.loads(line)["name"] for line in found.splitlines()] == [
        "Bob Sample",
        "Ann Example",
    ]
    assert leads(*export, "--q", "415 555").out.count("\n") == 1
    assert leads(*export, "--source", "Ads").out == ""
    assert leads(*export, "--sort", "age").status == 2


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("name", sorted(EXPORTERS))
def test_an_export_of_each_format_is_read_back_without_a_change(
    leads: Leads, people: Path, tmp_path: Path, name: str
) -> None:
    leads("import", people)
    path = tmp_path / f"out{EXPORTERS[name].suffix}"

    assert leads("export", "--format", name, "-o", path).status == 0
    again = leads("import", path, "--json").json

    assert (again["read"], again["unchanged"]) == (2, 2)


@pytest.mark.usefixtures("sqlite_url")
def test_an_export_leaves_nothing_half_written(leads: Leads, tmp_path: Path) -> None:
    answer = leads("export", "-o", tmp_path / "missing" / "out.csv")

    assert answer.status == 2
    assert "cannot be written" in answer.err
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.usefixtures("sqlite_url")
def test_an_export_in_json_needs_a_file_of_its_own(leads: Leads) -> None:
    answer = leads("export", "--json")

    assert (answer.status, list(answer.json)) == (2, ["error"])


@pytest.mark.usefixtures("database")
def test_migrate_names_the_schema(leads: Leads) -> None:
    assert leads("migrate", "--json").json == {"revision": newest_revision()}


def test_a_setting_that_does_not_exist_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    from pipeline.cli import run  # noqa: PLC0415 - without the fixture's settings

    assert run(["runs"], {"LEADS_COLOUR": "red"}) == 2
    assert "LEADS_COLOUR" in capsys.readouterr().err


@pytest.mark.parametrize("words", [(), ("fly",), ("undo", "one"), ("keys", "add")])
def test_what_the_command_line_does_not_know_is_a_usage_error(
    leads: Leads, words: tuple[str, ...]
) -> None:
    answer = leads(*words)

    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("usage: leads")


def test_a_database_that_is_not_there_is_told_in_one_line(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    from pipeline.cli import run  # noqa: PLC0415 - with other settings than the fixture's

    url = "postgresql+psycopg://nobody@127.0.0.1:1/none"
    environ = settings.model_copy(update={"database_url": url}).to_env()

    assert run(["runs"], environ) == 1
    assert capsys.readouterr().err.startswith("leads: The database cannot be opened: connection")
