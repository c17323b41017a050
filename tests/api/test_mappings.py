"""Saved mappings over HTTP: saved, used, changed and forgotten."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from pipeline.database.engine import Database
from pipeline.settings import Settings
from tests.api.working import finish_run

PEOPLE = b"Who,Reach,Team\nAnn Lee,ann@example.com,North\n"
CSV = {"Content-Type": "text/csv"}
FAIR: dict[str, Any] = {
    "name": "Fair 2026",
    "columns": [
        {"name": "Who", "kind": "name"},
        {"name": "Reach", "kind": "email"},
        {"name": "Team", "kind": "company"},
    ],
}


def test_a_saved_mapping_is_shown_changed_and_forgotten(client: TestClient) -> None:
    made = client.post("/api/mappings", json=FAIR)
    path = f"/api/mappings/{made.json()['id']}"

    assert made.status_code == 201
    assert client.get("/api/mappings").json() == [made.json()]
    changed = client.patch(path, json={"name": "Fair", "columns": {"Team": "ignore"}}).json()
    assert changed["name"] == "Fair"
    assert changed["columns"] == [*FAIR["columns"][:2], {"name": "Team", "kind": "ignore"}]
    assert client.get(path).json() == changed
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 404


def test_what_a_mapping_cannot_be_is_refused(client: TestClient) -> None:
    path = f"/api/mappings/{client.post('/api/mappings', json=FAIR).json()['id']}"

    assert client.post("/api/mappings", json=FAIR).status_code == 409
    assert client.post("/api/mappings", json={**FAIR, "columns": []}).status_code == 422
    unknown = client.patch(path, json={"columns": {"Colour": "name"}})
    assert (unknown.status_code, "It has: Who, Reach, Team" in unknown.text) == (409, True)
    assert client.patch(path, json={"columns": {"Who": "colour"}}).status_code == 422


@pytest.mark.parametrize(
    "options",
    [
        {"mapping": "Fair 2026"},
        {"columns": '{"Who": "name", "reach": "email", "Team": "company"}'},
    ],
)
def test_an_import_is_read_as_it_is_told(
    client: TestClient, database: Database, settings: Settings, options: dict[str, str]
) -> None:
    client.post("/api/mappings", json=FAIR)

    run = client.post("/api/imports", params=options, content=PEOPLE, headers=CSV)
    finish_run(database, settings, run.json()["id"])
    form = client.post("/api/imports", data=options, files={"file": ("again.csv", PEOPLE)})
    finish_run(database, settings, form.json()["id"])

    assert (run.status_code, form.status_code) == (202, 202)
    (lead,) = client.get("/api/leads").json()
    assert lead["name"] == "Ann Lee"
    assert client.get(f"/api/imports/{form.json()['id']}").json()["unchanged"] == 1


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({"mapping": "No such"}, 404),
        ({"columns": '{"Who": "colour"}'}, 422),
        ({"columns": "Who=name"}, 422),
        ({"columns": '{"Who"}'}, 422),
    ],
)
def test_what_no_import_can_be_told_is_refused_and_leaves_no_file(
    client: TestClient, settings: Settings, options: dict[str, str], status: int
) -> None:
    assert client.post("/api/imports", params=options, content=PEOPLE, headers=CSV).status_code == (
        status
    )
    assert list(settings.spool.glob("*")) == []


def test_a_field_that_another_column_takes_is_taken_from_the_one_before(
    client: TestClient, database: Database, settings: Settings
) -> None:
    text = b"Name,Nickname,Email\nAnn Lee,Annie,ann@example.com\n"
    plan = client.post("/api/imports?plan=true", content=text, headers=CSV).json()["id"]
    finish_run(database, settings, plan)

    wanted = {"columns": {"Nickname": "name"}}
    again = client.post(f"/api/imports/{plan}/plan", json=wanted).json()["id"]
    finish_run(database, settings, again)

    columns = client.get(f"/api/imports/{again}/plan").json()["columns"]
    assert [one["kind"] for one in columns] == ["custom", "name", "email"]
    (saved,) = client.get("/api/mappings").json()
    assert saved["columns"][1] == {"name": "Nickname", "kind": "name"}


def test_who_applies_a_plan_as_it_is_has_chosen_nothing(
    client: TestClient, database: Database, settings: Settings
) -> None:
    plan = client.post("/api/imports?plan=true", content=PEOPLE, headers=CSV).json()["id"]
    finish_run(database, settings, plan)
    told = client.get(f"/api/imports/{plan}/plan").json()

    done = client.post(f"/api/imports/{plan}/apply", json={"hash": told["hash"]}).json()["id"]
    finish_run(database, settings, done)

    assert client.get(f"/api/imports/{done}").json()["state"] == "finished"
    assert client.get("/api/mappings").json() == []
