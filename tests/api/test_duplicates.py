"""What becomes of a lead that is known already: created, refused or merged, as asked."""

import pytest
from fastapi.testclient import TestClient

SAME_PERSON = [
    {"email": "JOHN@example.com", "phone": None},
    {"email": "other@example.com", "phone": "+41 44 668 18 00", "name": "Doe, John"},
]


@pytest.fixture
def known(client: TestClient, lead: dict[str, str]) -> int:
    """The id of a lead that is known already."""
    answer = client.post("/api/leads", json={**lead, "phone": "+41446681800"})
    number: int = answer.json()["id"]
    return number


@pytest.mark.parametrize("same", SAME_PERSON)
def test_a_likely_duplicate_is_created_and_linked(
    client: TestClient, lead: dict[str, str], known: int, same: dict[str, str]
) -> None:
    answer = client.post("/api/leads", json={**lead, **same})

    assert answer.status_code == 201
    assert answer.json()["id"] != known
    assert answer.links["duplicate"]["url"] == f"/api/leads/{known}"


def test_a_phone_with_another_name_is_no_duplicate(
    client: TestClient, lead: dict[str, str], known: int
) -> None:
    other = {"name": "Ann Lee", "email": "ann@example.com", "phone": "+41446681800"}

    answer = client.post("/api/leads", json={**lead, **other})

    assert answer.status_code == 201
    assert "Link" not in answer.headers


@pytest.mark.parametrize("same", SAME_PERSON)
def test_a_likely_duplicate_is_refused_where_asked(
    client: TestClient, lead: dict[str, str], known: int, same: dict[str, str]
) -> None:
    answer = client.post("/api/leads?on_duplicate=reject", json={**lead, **same})

    assert answer.status_code == 409
    assert answer.json()["duplicates"] == [known]
    assert len(client.get("/api/leads").json()) == 1


def test_a_likely_duplicate_is_merged_where_asked_and_can_be_split_again(
    client: TestClient, lead: dict[str, str], known: int
) -> None:
    before = client.get(f"/api/leads/{known}").json()
    fuller = {**lead, "phone": "+41 44 668 18 01", "status": "contacted"}

    answer = client.post("/api/leads?on_duplicate=merge", json=fuller)

    assert answer.status_code == 200
    merged = answer.json()
    assert (merged["id"], merged["phone"]) == (known, "+41446681801")
    assert merged["status"] == "contacted"
    edit = client.get("/api/operations").json()[0]
    assert edit["kind"] == "edit"
    client.post(f"/api/operations/{edit['id']}/undo")
    after = client.get(f"/api/leads/{known}").json()
    assert {**after, "updated_at": None} == {**before, "updated_at": None}


def test_merging_what_brings_nothing_new_changes_nothing(
    client: TestClient, lead: dict[str, str], known: int
) -> None:
    same = {**lead, "phone": "+41446681800"}

    answer = client.post("/api/leads?on_duplicate=merge", json=same)

    assert answer.status_code == 200
    assert [one["kind"] for one in client.get("/api/operations").json()] == ["create"]
    history = client.get(f"/api/leads/{known}/history").json()
    assert len(history["sightings"]) == 2


@pytest.mark.parametrize("way", ["reject", "merge"])
def test_whoever_is_new_is_created_in_any_case(
    client: TestClient, lead: dict[str, str], way: str
) -> None:
    answer = client.post(f"/api/leads?on_duplicate={way}", json=lead)

    assert answer.status_code == 201
