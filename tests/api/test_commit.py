"""An answer of success means that the work is committed, never only hoped for."""

import logging
import sqlite3
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from pipeline.access import Role


@pytest.fixture
def failing_commit(client: TestClient) -> Iterator[None]:
    """Let every commit fail from now on."""

    def fail(_: Session) -> None:
        raise RuntimeError("ann@example.com could not be committed")

    event.listen(Session, "before_commit", fail)
    yield
    event.remove(Session, "before_commit", fail)


@pytest.mark.usefixtures("failing_commit")
def test_a_failed_commit_is_never_answered_with_success(
    client: TestClient, lead: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = client.post("/api/leads", json=lead)

    assert answer.status_code == 500
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert answer.headers["X-Request-ID"] in caplog.text
    assert "example.com" not in answer.text + caplog.text
    assert client.get("/api/leads").json() == []


def test_a_busy_database_asks_to_come_again(client: TestClient, lead: dict[str, str]) -> None:
    def be_busy(_: Session) -> None:
        raise OperationalError("INSERT", {}, sqlite3.OperationalError("database is locked"))

    event.listen(Session, "before_commit", be_busy)
    try:
        answer = client.post("/api/leads", json=lead)
    finally:
        event.remove(Session, "before_commit", be_busy)

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "1"


def test_the_ledger_names_who_acted(
    client: TestClient, lead: dict[str, str], keys: dict[Role, str]
) -> None:
    headers = {"X-API-Key": keys[Role.REVIEWER]}

    client.post("/api/leads", json=lead, headers=headers)

    assert client.get("/api/operations", headers=headers).json()[0]["actor"] == "key:2"
