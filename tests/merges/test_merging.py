"""Merging and splitting through the API and the command line."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from pipeline.database.engine import Database
from pipeline.exports.leads import write_leads
from pipeline.settings import Settings
from tests.imports import counts, import_text

ANN = {"name": "Ann Lee", "email": "ann@acme-tools.com", "phone": "+1 202 555 0143"}
ANNE = {"name": "Anne Q. Lee", "email": "anne@acme-tools.com", "status": "contacted"}
DAN = {"name": "Dan Lee", "email": "dan@acme-tools.com", "phone": "+1 202 555 0199"}


@pytest.fixture
def ids(client: TestClient) -> list[int]:
    """Three leads."""
    return [_create(client, lead) for lead in (ANN, ANNE, DAN)]


def test_a_merged_id_answers_for_ever_with_the_lead_that_lives(
    client: TestClient, ids: list[int]
) -> None:
    ann, anne, dan = ids
    merged = client.post(f"/api/leads/{anne}/merge", json={"into": ann})
    assert (merged.status_code, merged.json()["id"]) == (200, ann)
    client.post(f"/api/leads/{ann}/merge", json={"into": dan})

    answer = client.get(f"/api/leads/{anne}")

    assert (answer.status_code, answer.json()["id"]) == (200, dan)
    assert answer.headers["Link"] == f'</api/leads/{dan}>; rel="canonical"'
    assert "Link" not in client.get(f"/api/leads/{dan}").headers
    decided = client.put(f"/api/leads/{anne}/status", json={"status": "qualified"})
    assert (decided.json()["id"], decided.json()["status"]) == (dan, "qualified")
    refused = client.delete(f"/api/leads/{anne}")
    assert refused.status_code == 409
    assert f"lead {dan}" in refused.json()["detail"]
    assert [lead["id"] for lead in client.get("/api/leads").json()] == [dan]


def test_all_contacts_stay_and_the_history_tells_what_happened_to_both(
    client: TestClient, database: Database, ids: list[int]
) -> None:
    ann, anne, _ = ids
    client.put(f"/api/leads/{anne}/status", json={"status": "qualified"})
    client.post(f"/api/leads/{anne}/merge", json={"into": ann})

    history = client.get(f"/api/leads/{anne}/history").json()

    assert history["lead_id"] == ann
    told = [(one["kind"], one["lead_id"]) for one in history["changes"]]
    assert told == [
        ("create", ann), ("create", anne), ("status", anne), ("merge", ann), ("merge", anne)
    ]  # fmt: skip
    assert [one["raw"]["email"] for one in history["sightings"]] == [ANN["email"], ANNE["email"]]
    exported = b"".join(write_leads(database, "csv")).decode()
    assert ANN["email"] in exported
    assert ANNE["email"] in exported
    assert client.get(f"/api/leads/{ann}").json()["status"] == "qualified"


def test_a_split_gives_both_back_byte_for_byte_and_keeps_what_was_done_since(
    client: TestClient, ids: list[int]
) -> None:
    ann, anne, dan = ids
    before = [client.get(f"/api/leads/{one}").json() for one in ids]
    client.post(f"/api/leads/{anne}/merge", json={"into": ann})
    client.post(f"/api/leads/{ann}/merge", json={"into": dan})
    decided = client.put(f"/api/leads/{dan}/status", json={"status": "disqualified"}).json()

    split = client.post(f"/api/leads/{anne}/split")
    client.post(f"/api/leads/{ann}/split")

    assert split.json() == before[1]
    after = [client.get(f"/api/leads/{one}").json() for one in ids]
    assert after[:2] == before[:2]
    changed = {"status": "disqualified", "updated_at": decided["updated_at"]}
    assert after[2] == {**before[2], **changed}


def test_an_undone_split_is_a_merge_and_an_undone_merge_a_split(
    client: TestClient, ids: list[int]
) -> None:
    ann, anne, _ = ids
    before = client.get("/api/leads").json()
    client.post(f"/api/leads/{anne}/merge", json={"into": ann})
    merged = client.get("/api/leads").json()
    operation = client.get("/api/operations").json()[0]
    assert operation["kind"] == "merge"

    undo = client.post(f"/api/operations/{operation['id']}/undo").json()
    assert (undo["recreated"], undo["restored"], undo["kept"]) == (1, 1, [])
    assert client.get("/api/leads").json() == before

    client.post(f"/api/operations/{undo['operation_id']}/undo")
    assert client.get("/api/leads").json() == merged


def test_who_is_one_already_or_not_merged_is_told_so(client: TestClient, ids: list[int]) -> None:
    ann, anne, _ = ids
    assert client.post(f"/api/leads/{ann}/split").status_code == 404
    assert client.post(f"/api/leads/{ann}/merge", json={"into": ann}).status_code == 409
    client.post(f"/api/leads/{anne}/merge", json={"into": ann})
    assert client.post(f"/api/leads/{anne}/merge", json={"into": ann}).status_code == 409
    assert client.post(f"/api/leads/{ann}/merge", json={"into": 99}).status_code == 404

    client.delete(f"/api/leads/{ann}")

    assert client.get(f"/api/leads/{anne}").status_code == 404
    gone = client.post(f"/api/leads/{anne}/split")
    assert gone.status_code == 409
    assert "deleted" in gone.json()["detail"]


def test_an_undone_deletion_brings_the_merges_back_too(client: TestClient, ids: list[int]) -> None:
    ann, anne, _ = ids
    before = client.get("/api/leads").json()
    client.post(f"/api/leads/{anne}/merge", json={"into": ann})
    client.delete(f"/api/leads/{ann}")
    client.post(f"/api/operations/{client.get('/api/operations').json()[0]['id']}/undo")

    assert client.get(f"/api/leads/{anne}").json()["id"] == ann
    assert client.post(f"/api/leads/{anne}/split").status_code == 200
    again = client.get("/api/leads").json()
    assert [one["email"] for one in again] == [one["email"] for one in before]


def test_a_row_of_an_own_export_that_names_a_merged_lead_changes_nothing(
    client: TestClient, database: Database, settings: Settings, ids: list[int]
) -> None:
    header, _, *rest = b"".join(write_leads(database, "csv")).splitlines(keepends=True)
    client.post(f"/api/leads/{ids[1]}/merge", json={"into": ids[0]})
    merged = client.get("/api/leads").json()

    run = import_text(database, settings, b"".join([header, *rest]))

    assert counts(run) == {"unchanged": 2}
    assert client.get("/api/leads").json() == merged
    sightings = client.get(f"/api/leads/{ids[0]}/history").json()["sightings"]
    assert sightings[-1]["run_id"] == run.id


def test_an_undone_import_leaves_what_it_was_merged_with(
    client: TestClient, database: Database, settings: Settings, ids: list[int]
) -> None:
    before = [client.get(f"/api/leads/{one}").json() for one in ids]
    run = import_text(
        database,
        settings.model_copy(update={"matching": "off"}),
        "name,email\nAnnie Lee,annie@acme-tools.com\nZoe Zed,zoe@acme-tools.com\n",
    )
    annie, zoe = [one["id"] for one in client.get("/api/leads").json()][-2:]
    client.post(f"/api/leads/{annie}/merge", json={"into": ids[0]})
    client.post(f"/api/leads/{ids[1]}/merge", json={"into": zoe})

    undo = client.post(f"/api/operations/{run.operation_id}/undo").json()

    assert (undo["removed"], undo["kept"]) == (2, [])
    assert [client.get(f"/api/leads/{one}").json() for one in ids] == before


def _create(client: TestClient, lead: dict[str, Any]) -> int:
    answer = client.post("/api/leads", json={"source": "Fair", **lead})
    return int(answer.json()["id"])
