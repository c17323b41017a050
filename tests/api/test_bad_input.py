"""Whatever is sent, the answer is a problem that says what would do, and never a failure."""

import json
from collections.abc import Iterator

from fastapi.testclient import TestClient

from tests.api.conftest import LEAD

JSON = {"Content-Type": "application/json"}
PROBLEM = "application/problem+json; charset=utf-8"
HUGE = 2**63


def body(**changes: object) -> bytes:
    return json.dumps({**LEAD, **changes}).encode()


BODIES = {
    "no e-mail at all": (body(email="nobody"), "body.email"),
    "an e-mail without domain": (body(email="ann@"), "body.email"),
    "an e-mail that is null": (body(email=None), "body.email"),
    "an unknown status": (body(status="hot"), "body.status"),
    "a blank name": (body(name="  \u200b "), "body.name"),
    "a blank source": (body(source=""), "body.source"),
    "a name too long": (body(name="x" * 501), "body.name"),
    "a name with NUL": (body(name="a\x00b"), "body.name"),
    "a source with NUL": (body(source="a\x00b"), "body.source"),
    "a phone with NUL": (body(phone="\x00"), "body.phone"),
    "an e-mail with NUL": (body(email="a\x00@example.com"), "body.email"),
    "half a surrogate pair": (body(name="\ud800"), "body.name"),
    "half a surrogate pair in an e-mail": (body(email="\udfff@example.com"), "body.email"),
    "a number for a name": (body(name=7), "body.name"),
    "an object for a phone": (body(phone={}), "body.phone"),
    "NaN": (b'{"name": NaN}', "body"),
    "Infinity": (b'{"name": -Infinity}', "body"),
    "a name given twice": (b'{"name": "a", "name": "b"}', "body"),
    "JSON cut off": (b'{"name": "a"', "body"),
    "JSON and more": (b"{} {}", "body"),
    "a list": (b"[]", "body"),
    "a text": (b'"lead"', "body"),
    "null": (b"null", "body"),
    "nothing": (b"", "body"),
    "lists nested deeply": (b"[" * 100_000, "body"),
    "objects nested deeply": (b'{"a":' * 100_000, "body"),
    "a number of 10,000 digits": (b'{"name": ' + b"9" * 10_000 + b"}", "body"),
    "Latin-1": ('{"name": "Zoë"}'.encode("latin-1"), "body"),
    "UTF-16": (body().decode().encode("utf-16"), "body"),
    "a byte order mark": (b"\xef\xbb\xbf" + body(), "body"),
}
QUERIES = [
    "limit=0",
    "limit=-1",
    "limit=1001",
    f"limit={HUGE}",
    "limit=ten",
    "limit=1e3",
    "limit=",
    "skip=-1",
    f"skip={HUGE}",
    "skip=1.5",
    "status=hot",
    "status=",
    "status=NEW",
    "status=%00",
]


def test_every_unusable_body_is_refused_and_nothing_is_created(client: TestClient) -> None:
    wrong = {}
    for name, (content, location) in BODIES.items():
        answer = client.post("/api/leads", content=content, headers=JSON)
        first = answer.json().get("errors", [{}])[0]
        told = (answer.status_code, answer.headers["Content-Type"], first.get("location"))
        if told != (422, PROBLEM, location) or not (first["message"] and first["hint"]):
            wrong[name] = told

    assert wrong == {}
    assert client.get("/api/leads").json() == []


def test_every_absurd_page_is_refused_not_bent_into_shape(client: TestClient) -> None:
    wrong = {}
    for query in QUERIES:
        answer = client.get(f"/api/leads?{query}")
        first = answer.json()["errors"][0] if answer.status_code == 422 else {}
        if first.get("location") != f"query.{query.partition('=')[0]}":
            wrong[query] = (answer.status_code, first)

    assert wrong == {}


def test_the_last_page_there_can_be_is_empty(client: TestClient, lead: dict[str, str]) -> None:
    client.post("/api/leads", json=lead)

    answer = client.get("/api/leads", params={"skip": HUGE - 1, "limit": 1_000})

    assert (answer.status_code, answer.json()) == (200, [])


def test_every_id_that_can_be_none_is_refused(client: TestClient) -> None:
    statuses = {
        answer.status_code
        for number in (0, -1, HUGE, 10**40, "one", "1.5", "%00")
        for answer in (
            client.get(f"/api/leads/{number}"),
            client.delete(f"/api/leads/{number}"),
            client.put(f"/api/leads/{number}/status", json={"status": "new"}),
            client.get(f"/api/runs/{number}"),
            client.post(f"/api/operations/{number}/undo"),
        )
    }

    assert statuses == {422}


def test_an_answer_never_repeats_what_was_sent(client: TestClient) -> None:
    secret = "hunter2-very-secret"

    answer = client.post("/api/leads", json={"name": 7, "email": secret, "status": secret})

    assert answer.status_code == 422
    assert secret not in answer.text


def test_a_body_that_is_not_declared_as_json_is_refused(client: TestClient) -> None:
    kinds = ["", "text/plain", "application/xml", "text/json", "x"]

    answers = [
        client.post("/api/leads", content=body(), headers={"Content-Type": kind}) for kind in kinds
    ]
    undeclared = client.post("/api/leads", content=body())

    assert {answer.status_code for answer in (*answers, undeclared)} == {415}


def test_a_body_beyond_the_limit_is_refused_by_its_length(client: TestClient) -> None:
    answer = client.post("/api/leads", content=b" " * (10 << 20), headers=JSON)

    assert answer.status_code == 413
    assert answer.headers["Content-Type"].startswith("application/problem+json")


def test_a_body_beyond_the_limit_is_refused_though_it_hides_its_length(client: TestClient) -> None:
    sent = 0

    def chunks() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(200):
            sent += 1
            yield b" " * 65_536

    answer = client.post("/api/leads", content=chunks(), headers=JSON)

    assert answer.status_code == 413


def test_a_body_within_the_limit_is_read_though_it_hides_its_length(client: TestClient) -> None:
    answer = client.post("/api/leads", content=iter([body()]), headers=JSON)

    assert answer.status_code == 201


def test_a_page_that_does_not_exist_is_a_problem_too(client: TestClient) -> None:
    answer = client.get("/api/nothing")

    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("application/problem+json")
