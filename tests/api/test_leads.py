"""The spec's five endpoints, its examples as printed."""

import json

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

FIELDS = {"id", "name", "email", "phone", "status", "source", "created_at", "updated_at"}
PATHS = ("/api/leads", "/api/leads/")
POWERSHELL = {
    "User-Agent": "Mozilla/5.0 (Windows NT; Windows NT 10.0; de-CH) WindowsPowerShell/5.1.22621",
    "Content-Type": "application/json",
}


@pytest.mark.parametrize("path", PATHS)
def test_a_lead_is_created_as_given(client: TestClient, lead: dict[str, str], path: str) -> None:
    answer = client.post(path, json=lead, follow_redirects=False)

    assert answer.status_code == 201
    created = answer.json()
    assert set(created) == FIELDS
    assert {name: created[name] for name in lead} == lead
    assert answer.headers["Location"] == f"/api/leads/{created['id']}"


@pytest.mark.parametrize("path", PATHS)
def test_leads_are_listed_with_and_without_a_trailing_slash(
    client: TestClient, lead: dict[str, str], path: str
) -> None:
    client.post("/api/leads", json=lead)

    answer = client.get(path, follow_redirects=False)

    assert answer.status_code == 200
    assert [set(one) for one in answer.json()] == [FIELDS]


def test_powershells_own_requests_are_understood(client: TestClient) -> None:
    # ConvertTo-Json orders a hashtable as it likes, indents by four and ends lines with CRLF.
    body = (
        b'{\r\n    "phone":  "+1-555-0200",\r\n    "status":  "new",\r\n    "name":  "Jane Smith",'
        b'\r\n    "source":  "Facebook Ads",\r\n    "email":  "jane@startup.io"\r\n}'
    )

    created = client.post("/api/leads/", content=body, headers=POWERSHELL, follow_redirects=False)
    number = created.json()["id"]
    update = b'{\r\n    "status":  "qualified"\r\n}'
    updated = client.put(f"/api/leads/{number}/status", content=update, headers=POWERSHELL)
    listed = client.get("/api/leads/?status=qualified", headers=POWERSHELL)
    got = client.get(f"/api/leads/{number}", headers=POWERSHELL)
    deleted = client.delete(f"/api/leads/{number}", headers=POWERSHELL)

    codes = [answer.status_code for answer in (created, updated, listed, got, deleted)]
    assert codes == [201, 200, 200, 200, 204]
    assert listed.json() == [got.json()]
    assert got.json()["status"] == "qualified"


def test_json_says_that_it_is_utf_8(client: TestClient, lead: dict[str, str]) -> None:
    answer = client.post("/api/leads", json={**lead, "name": "Zoë Grün 山"})

    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert json.loads(answer.content.decode())["name"] == "Zoë Grün 山"


def test_a_page_links_to_the_next_until_there_is_none(
    client: TestClient, lead: dict[str, str]
) -> None:
    for number in range(5):
        client.post("/api/leads", json={**lead, "email": f"p{number}@example.com"})

    pages, path = [], "/api/leads?limit=2"
    while path:
        answer = client.get(path)
        pages.append([one["email"] for one in answer.json()])
        path = answer.links["next"]["url"] if "next" in answer.links else ""

    assert pages == [
        ["p0@example.com", "p1@example.com"],
        ["p2@example.com", "p3@example.com"],
        ["p4@example.com"],
    ]


def test_a_filtered_page_links_to_its_own_next(client: TestClient, lead: dict[str, str]) -> None:
    for status in ("new", "qualified", "qualified", "contacted"):
        client.post("/api/leads", json={**lead, "status": status})

    answer = client.get("/api/leads", params={"status": "qualified", "limit": 1})

    assert [one["status"] for one in answer.json()] == ["qualified"]
    assert answer.links["next"]["url"] == "/api/leads?skip=1&limit=1&status=qualified"


def test_a_status_may_follow_any_other(client: TestClient, lead: dict[str, str]) -> None:
    number = client.post("/api/leads", json=lead).json()["id"]

    for status in ("disqualified", "new", "contacted", "contacted", "qualified"):
        answer = client.put(f"/api/leads/{number}/status", json={"status": status})
        assert (answer.status_code, answer.json()["status"]) == (200, status)


def test_a_deleted_lead_is_gone_and_the_answer_empty(
    client: TestClient, lead: dict[str, str]
) -> None:
    number = client.post("/api/leads", json=lead).json()["id"]

    answer = client.delete(f"/api/leads/{number}")

    assert answer.status_code == 204
    assert answer.content == b""
    assert not {"content-type", "content-length"} & set(answer.headers)
    assert client.get(f"/api/leads/{number}").status_code == 404


def test_what_is_not_there_is_404_everywhere(client: TestClient) -> None:
    answers = [
        client.get("/api/leads/7"),
        client.put("/api/leads/7/status", json={"status": "new"}),
        client.delete("/api/leads/7"),
        client.get("/api/leads/7/history"),
    ]

    for answer in answers:
        assert_problem(answer, 404)
        assert answer.json()["detail"] == "There is no lead 7."


def test_a_lead_without_phone_is_one(client: TestClient, lead: dict[str, str]) -> None:
    del lead["phone"], lead["status"]

    answer = client.post("/api/leads", json=lead)

    assert answer.status_code == 201
    assert (answer.json()["phone"], answer.json()["status"]) == (None, "new")


def test_a_valid_phone_is_stored_in_its_international_form(
    client: TestClient, lead: dict[str, str]
) -> None:
    answer = client.post("/api/leads", json={**lead, "phone": "+41 44 668 18 00"})

    assert answer.json()["phone"] == "+41446681800"


def test_the_wrong_method_is_told_which_ones_there_are(client: TestClient) -> None:
    answer = client.patch("/api/leads/1")

    assert_problem(answer, 405)
    assert answer.headers["Allow"] == "DELETE, GET"


def assert_problem(answer: Response, status: int) -> None:
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json; charset=utf-8"
    problem = answer.json()
    assert problem["status"] == status
    assert isinstance(problem["detail"], str)
