"""A lead's history over HTTP: who, when, from where, and how long a status held."""

import pytest
from fastapi.testclient import TestClient

from pipeline.access import Role
from pipeline.database.engine import Database
from pipeline.settings import Settings
from tests.api.working import finish_run


def test_each_change_tells_who_and_how_long_the_last_status_held(
    client: TestClient, lead: dict[str, str], keys: dict[Role, str]
) -> None:
    headers = {"X-API-Key": keys[Role.REVIEWER]}
    client.post("/api/leads", json=lead, headers=headers)
    for status in ("contacted", "qualified"):
        client.put("/api/leads/1/status", json={"status": status}, headers=headers)

    changes = client.get("/api/leads/1/history", headers=headers).json()["changes"]

    told = [(one["kind"], one["action"], one["actor"], one["after"]["status"]) for one in changes]
    assert told == [
        ("create", "create", "key:2", "new"),
        ("status", "update", "key:2", "contacted"),
        ("status", "update", "key:2", "qualified"),
    ]
    assert [one.get("before", {}).get("status") for one in changes] == [None, "new", "contacted"]
    held = [one.get("status_held_seconds") for one in changes]
    assert held[0] is None
    assert 0 <= held[1] < 60
    assert 0 <= held[2] < 60


def test_each_value_tells_where_it_came_from(
    client: TestClient, database: Database, settings: Settings
) -> None:
    for rows in (
        b"name,email\nAnn Lee,ann@example.com\n",
        b"name,email,company\nAnn Lee,ann@example.com,Acme\n",
    ):
        run = client.post("/api/imports", content=rows, headers={"Content-Type": "text/csv"})
        finish_run(database, settings, run.json()["id"])
    client.put("/api/leads/1/status", json={"status": "qualified"})

    history = client.get("/api/leads/1/history").json()

    first, second = history["sightings"]
    assert (first["run_id"], first["row"], first["raw"]["name"]) == (1, 1, "Ann Lee")
    assert (second["run_id"], second["raw"]["company"]) == (2, "Acme")
    assert history["origins"]["name"] == {"sighting_id": first["id"]}
    assert history["origins"]["company"] == {"sighting_id": second["id"]}
    operation = history["changes"][-1]["operation_id"]
    assert history["origins"]["status"] == {"operation_id": operation}


def test_a_deleted_lead_tells_which_operation_brings_it_back(
    client: TestClient, lead: dict[str, str]
) -> None:
    client.post("/api/leads", json=lead)
    client.delete("/api/leads/1")

    answer = client.get("/api/leads/1/history")

    assert answer.status_code == 404
    assert answer.json()["detail"].startswith("Lead 1 was deleted by operation 2;")
    assert client.post("/api/operations/2/undo").json()["recreated"] == 1
    actions = [one["action"] for one in client.get("/api/leads/1/history").json()["changes"]]
    assert actions == ["create", "delete", "create"]


def test_an_undo_keeps_what_was_changed_since_and_says_why(
    client: TestClient, lead: dict[str, str]
) -> None:
    client.post("/api/leads", json=lead)
    client.put("/api/leads/1/status", json={"status": "qualified"})

    report = client.post("/api/operations/1/undo").json()

    assert report["removed"] == 0
    assert report["kept"] == [{"lead_id": 1, "reason": "changed since: status"}]


def test_an_undo_is_an_operation_and_can_be_undone(
    client: TestClient, lead: dict[str, str]
) -> None:
    client.post("/api/leads", json=lead)
    client.put("/api/leads/1/status", json={"status": "qualified"})

    undo = client.post("/api/operations/2/undo").json()["operation_id"]
    taken_back = client.get("/api/operations/2").json()
    status = client.get("/api/leads/1").json()["status"]
    client.post(f"/api/operations/{undo}/undo")

    assert (taken_back["undone_by"], status) == (undo, "new")
    assert client.get("/api/leads/1").json()["status"] == "qualified"


def test_operations_are_listed_newest_first_page_by_page(
    client: TestClient, lead: dict[str, str]
) -> None:
    for _ in range(3):
        client.post("/api/leads", json=lead)

    first = client.get("/api/operations?limit=2")
    rest = client.get(first.links["next"]["url"])

    assert [one["id"] for one in first.json() + rest.json()] == [3, 2, 1]


@pytest.mark.parametrize("path", ["/api/operations/9", "/api/runs/9", "/api/imports/9"])
def test_what_does_not_exist_is_404(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
