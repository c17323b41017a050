"""What every answer bears, and what the log never holds."""

import logging

import pytest
from fastapi.testclient import TestClient

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
    "Strict-Transport-Security": None,
    "Access-Control-Allow-Origin": None,
}
ANSWERS = {
    "/api/leads": 200,
    "/api/leads/7": 404,
    "/api/leads?limit=0": 422,
    "/api/nothing": 404,
    "/login": 200,
    "/static/docs.js": 200,
    "/static/nothing": 404,
    "/docs": 200,
}


def test_every_answer_bears_the_security_headers(client: TestClient) -> None:
    for path, status in ANSWERS.items():
        answer = client.get(path)

        assert answer.status_code == status
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        assert len(answer.headers["X-Request-ID"]) == 32


def test_the_log_tells_the_route_and_nothing_of_a_person(
    client: TestClient, lead: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        client.post("/api/leads", json=lead)
        client.get("/api/leads?q=john@example.com")
        client.get("/api/leads/john@example.com")

    told = [record.getMessage() for record in caplog.records if record.name == "api.requests"]
    assert [" ".join(line.split()[1:4]) for line in told] == [
        "POST /api/leads 201",
        "GET /api/leads 200",
        "GET /api/leads/{lead_id} 422",
    ]
    assert "john" not in " ".join(told)
