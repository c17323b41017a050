"""Large undos over HTTP: a run to follow, to pause, to cancel; small ones are answered at once."""

import pytest
from fastapi.testclient import TestClient

from pipeline.database.engine import Database
from pipeline.settings import Settings
from tests.api.working import finish_run

MANY = 1_100
CSV = {"Content-Type": "text/csv"}
UI = "/api/ui-dashboard"


@pytest.fixture
def operation(client: TestClient, database: Database, settings: Settings) -> int:
    """The operation of an import too large to be taken back at once."""
    rows = "".join(f"Person {n},p{n}@acme-tools.com\n" for n in range(MANY))
    run = client.post("/api/imports", content=f"name,email\n{rows}", headers=CSV).json()
    finish_run(database, settings, run["id"])
    return int(run["operation_id"])


def test_a_large_undo_answers_with_the_run_that_does_it(
    client: TestClient, database: Database, settings: Settings, operation: int
) -> None:
    client.put("/api/leads/7/status", json={"status": "qualified"})

    answer = client.post(f"/api/operations/{operation}/undo")

    run = answer.json()
    assert (answer.status_code, answer.headers["Location"]) == (202, f"/api/runs/{run['id']}")
    assert (run["kind"], run["state"], run["rows_total"]) == ("undo", "requested", MANY)
    finish_run(database, settings, run["id"])
    ended = client.get(answer.headers["Location"]).json()
    assert (ended["state"], ended["removed"], ended["kept"]) == ("finished", MANY - 1, 1)
    assert ended["balanced"]
    undo = client.get(f"/api/operations/{operation}").json()["undone_by"]
    assert undo == ended["operation_id"]
    kept = client.get(f"/api/operations/{undo}/kept").json()
    assert kept == [{"lead_id": 7, "reason": "changed since: status"}]
    assert [lead["id"] for lead in client.get("/api/leads").json()] == [7]


def test_while_it_is_under_way_it_cannot_be_asked_for_again(
    client: TestClient, operation: int
) -> None:
    run = client.post(f"/api/operations/{operation}/undo").json()

    again = client.post(f"/api/operations/{operation}/undo")

    assert again.status_code == 409
    assert f"Run {run['id']} is taking" in again.json()["detail"]


def test_it_pauses_resumes_and_is_cancelled_like_any_run(
    client: TestClient, operation: int
) -> None:
    run = client.post(f"/api/operations/{operation}/undo").json()
    address = f"/api/runs/{run['id']}"

    states = [
        client.post(f"{address}/{act}").json()["state"]
        for act in ("pause", "resume", "pause", "cancel")
    ]

    assert states == ["paused", "requested", "paused", "cancelled"]
    assert client.post(f"{address}/resume").status_code == 409


def test_what_was_kept_is_listed_page_by_page(
    client: TestClient, database: Database, settings: Settings, operation: int
) -> None:
    for lead in (3, 5, 9):
        client.put(f"/api/leads/{lead}/status", json={"status": "qualified"})
    run = client.post(f"/api/operations/{operation}/undo").json()
    finish_run(database, settings, run["id"])

    first = client.get(f"/api/operations/{run['operation_id']}/kept?limit=2")
    rest = client.get(first.links["next"]["url"])

    assert [one["lead_id"] for one in first.json() + rest.json()] == [3, 5, 9]
    assert client.get("/api/operations/999/kept").status_code == 404


def test_the_dashboard_follows_the_run_and_shows_what_it_did(
    client: TestClient, database: Database, settings: Settings, operation: int
) -> None:
    client.put("/api/leads/7/status", json={"status": "qualified"})
    form = {"back": f"{UI}/activity"}

    taken = client.post(f"{UI}/operations/{operation}/undo", data=form, follow_redirects=False)

    address = taken.headers["Location"]
    assert (taken.status_code, address.startswith(f"{UI}/runs/")) == (303, True)
    assert "is being taken back" in client.get(f"{UI}/runs/1").text
    asked = client.get(address).text
    assert all(word in asked for word in (">Pause<", ">Cancel<", f"of {MANY:,} leads"))
    client.post(f"{address}/pause")
    assert ">Resume<" in client.get(address).text
    client.post(f"{address}/resume")
    finish_run(database, settings, int(address.rpartition("/")[2]))
    ended = client.get(address).text
    assert all(word in ended for word in ("Bring it back", f"{MANY - 1:,}", "changed since"))
    assert f"Undo of operation {operation}" in client.get(f"{UI}/runs").text


def test_a_script_of_the_dashboard_is_told_where_to_look(
    client: TestClient, operation: int
) -> None:
    answer = client.post(f"{UI}/operations/{operation}/undo", headers={"HX-Request": "true"})

    assert answer.status_code == 202
    assert answer.headers["Location"].startswith(f"{UI}/runs/")


def test_the_history_of_an_imported_lead_begins_with_its_values(
    client: TestClient, operation: int
) -> None:
    client.put("/api/leads/7/status", json={"status": "qualified"})

    created, changed = client.get("/api/leads/7/history").json()["changes"]

    assert (created["after"]["name"], created["after"]["status"]) == ("Person 6", "new")
    assert (changed["before"], changed["after"]) == ({"status": "new"}, {"status": "qualified"})
    assert changed["status_held_seconds"] >= 0


def test_a_merge_by_hand_takes_its_sighting_with_it_when_undone(
    client: TestClient, lead: dict[str, str]
) -> None:
    client.post("/api/leads", json=lead)
    merged = {**lead, "name": "Johnny Doe", "phone": "+1-555-0111"}
    client.post("/api/leads?on_duplicate=merge", json=merged)
    edit = client.get("/api/operations").json()[0]
    assert edit["kind"] == "edit"

    undo = client.post(f"/api/operations/{edit['id']}/undo").json()

    withdrawn = [
        one.get("withdrawn_by") for one in client.get("/api/leads/1/history").json()["sightings"]
    ]
    assert withdrawn == [None, undo["operation_id"]]
    client.post(f"/api/operations/{undo['operation_id']}/undo")
    again = client.get("/api/leads/1/history").json()["sightings"]
    assert [one.get("withdrawn_by") for one in again] == [None, None]
