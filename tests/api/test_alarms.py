"""Alarms, verdicts and the health of sources over the API, on a directory that changes."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from pipeline.database.engine import Database
from pipeline.runs.crawl_models import FieldCount
from pipeline.runs.models import Run
from pipeline.runs.service import request_run
from pipeline.schedules import add_schedule
from tests.crawl.conftest import finish, local, scrape
from tests.parts.sites import Site, to_answer
from tests.watching.conftest import PAGES, cards, crawl, directory

__all__ = ["crawl", "directory", "finish", "local", "scrape"]


@pytest.fixture
def quarantined(directory: Site, crawl: Callable[[], Run]) -> int:
    """A run that found no phone where four before it did."""
    for _ in range(4):
        crawl()
    for page in range(PAGES):
        text = cards(page, phone="span").replace("Person", "<script>alert(1)</script>Person")
        directory.pages[f"/{page}"] = to_answer(text)
    return crawl().id


def _health(client: TestClient) -> Any:
    return {one["slug"]: one for one in client.get("/api/health/sources").json()}["listing"]


def test_an_alarm_shows_a_page_before_and_after(client: TestClient, quarantined: int) -> None:
    (alarm,) = client.get("/api/alarms", params={"state": "open", "run_id": quarantined}).json()

    shown = client.get(f"/api/alarms/{alarm['id']}").json()

    assert (alarm["run_id"], alarm["field"], alarm["value"]) == (quarantined, "phone", 0.0)
    assert alarm["message"].startswith("0 % of the records have phone; usual are ")
    assert alarm.items() <= shown.items()
    assert shown["is_told"]
    assert shown["before"]["url"] == shown["after"]["url"]
    assert len(shown["before"]["values"]) == 9
    assert shown["after"]["values"] == []
    assert client.get("/api/alarms/99").status_code == 404


def test_accepting_lets_a_run_land_once(client: TestClient, quarantined: int) -> None:
    accepted = client.post(f"/api/runs/{quarantined}/accept")

    assert (accepted.status_code, accepted.json()["state"]) == (200, "running")
    assert client.post(f"/api/runs/{quarantined}/accept").status_code == 409
    assert client.get("/api/alarms", params={"state": "open"}).json() == []
    (alarm,) = client.get("/api/alarms", params={"state": "accepted"}).json()
    assert (alarm["decided_by"], alarm["decided_at"] is None) == ("anonymous", False)


def test_discarding_throws_a_run_away(client: TestClient, quarantined: int) -> None:
    discarded = client.post(f"/api/runs/{quarantined}/discard")

    assert (discarded.json()["state"], discarded.json()["read"]) == ("cancelled", 0)
    assert client.post(f"/api/runs/{quarantined}/discard").status_code == 409
    assert client.post("/api/runs/99/discard").status_code == 404
    assert _health(client)["state"] == "healthy"


def test_the_health_of_a_source_tells_what_its_runs_found(
    client: TestClient, database: Database, quarantined: int
) -> None:
    with database.write() as db:
        params = {"start": ["https://example.com/"], "item": "p", "fields": {"name": "b"}}
        due = add_schedule(db, "listing", params, rule="every 2 hours").next_due_at

    told = _health(client)

    assert (told["state"], told["open_alarms"]) == ("quarantined", 1)
    assert told["reason"] == f"Run {quarantined} waits for a decision."
    assert (told["records"], told["rates"]["phone"]) == ([60] * 5, [0.9] * 4 + [0.0])
    assert told["requests_checked"] >= PAGES
    assert told["impolite_requests"] == 0
    assert told["due_at"][:19] == due.isoformat()[:19]


def test_a_source_that_finds_nothing_or_fails_is_told_apart(
    client: TestClient, database: Database, directory: Site, crawl: Callable[[], Run]
) -> None:
    assert _health(client)["state"] == "untried"
    crawl()
    assert _health(client)["state"] == "healthy"
    with database.write() as db:
        run = request_run(db, "scrape", "listing", first_batch="pages")
        run.state, run.finished_at = "finished", run.requested_at
        db.add(FieldCount(run_id=run.id, field="", count=0))
    assert _health(client)["state"] == "silent"
    directory.pages.clear()
    crawl()

    told = _health(client)

    assert (told["state"], told["records"]) == ("failing", [60, 0, 0])
    assert told["reason"] == "6 pages failed, only 0 could be read."


def test_what_a_strange_page_says_is_shown_as_text_and_never_run(
    client: TestClient, quarantined: int
) -> None:
    (alarm,) = client.get("/api/alarms", params={"run_id": quarantined}).json()

    page = client.get(f"/api/ui-dashboard/alarms/{alarm['id']}")

    assert "&lt;script&gt;alert(1)" in page.text
    assert "<script>alert" not in page.text
    assert page.text.count("<mark>+44 20 7946 0001</mark>") == 3
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
