"""Whom nobody may create or contact: told once, kept as a digest, lifted by id."""

from fastapi.testclient import TestClient

from pipeline.database.engine import Database
from pipeline.settings import Settings
from tests.api.working import finish_run

ROWS = (
    b"name,email,phone\n"
    b"Ann Lee,Ann@Example.com,\n"
    b"Bob Ray,bob@other.com,\n"
    b"Cid Fox,,+41 44 668 18 00\n"
    b"Dan Orr,dan@free.com,\n"
)
WANTED = (
    {"kind": "email", "value": "ann@example.com", "reason": "asked us to"},
    {"kind": "domain", "value": "other.com"},
    {"kind": "phone", "value": "+41446681800"},
)


def test_whoever_is_suppressed_is_not_imported(
    client: TestClient, database: Database, settings: Settings
) -> None:
    for wanted in WANTED:
        assert client.post("/api/suppressions", json=wanted).status_code == 201

    run = client.post("/api/imports", content=ROWS, headers={"Content-Type": "text/csv"}).json()
    finish_run(database, settings, run["id"])

    run = client.get(f"/api/imports/{run['id']}").json()
    assert (run["created"], run["suppressed"], run["balanced"]) == (1, 3, True)
    assert [lead["name"] for lead in client.get("/api/leads").json()] == ["Dan Orr"]


def test_the_value_is_never_shown_again(client: TestClient) -> None:
    made = client.post("/api/suppressions", json=WANTED[0])

    listed = client.get("/api/suppressions")

    assert listed.json() == [made.json()]
    assert "ann@" not in listed.text + made.text


def test_again_is_the_same_as_once(client: TestClient) -> None:
    first = client.post("/api/suppressions", json=WANTED[0])
    second = client.post("/api/suppressions", json={**WANTED[0], "value": "ANN@example.com"})

    assert first.json()["id"] == second.json()["id"]


def test_a_suppression_is_lifted_by_its_id(client: TestClient) -> None:
    number = client.post("/api/suppressions", json=WANTED[0]).json()["id"]

    assert client.delete(f"/api/suppressions/{number}").status_code == 204
    assert client.delete(f"/api/suppressions/{number}").status_code == 404
    assert client.get("/api/suppressions").json() == []


def test_what_cannot_be_suppressed_is_refused(client: TestClient) -> None:
    answers = [
        client.post("/api/suppressions", json=wanted)
        for wanted in (
            {"kind": "email", "value": "nobody"},
            {"kind": "phone", "value": "call me"},
            {"kind": "phone", "value": "+11111111"},
            {"kind": "domain", "value": "not a domain"},
            {"kind": "name", "value": "Ann"},
            {"value": "ann@example.com"},
        )
    ]

    assert {answer.status_code for answer in answers} == {422}
