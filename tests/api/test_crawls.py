"""A crawl's report and its repetition over the API and the run's page."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from pipeline.database.engine import Database
from tests.crawl.conftest import Finish, Scrape, finish, local, scrape
from tests.parts.sites import Site, open_site

__all__ = ["finish", "local", "scrape"]

CARD = '<div class="card"><h2>Ann Lee</h2><a>ann@firm.example</a></div>'
LISTING = {"item": ".card", "fields": {"name": "h2", "email": "a"}, "region": "GB"}


@pytest.fixture
def site() -> Iterator[Site]:
    with open_site({"/a": CARD, "/b": (500, {}, b"broken")}) as opened:
        yield opened


def test_a_crawl_tells_what_it_asked_for_and_that_it_was_polite(
    client: TestClient, site: Site, scrape: Scrape
) -> None:
    run = scrape("listing", start=[f"{site.url}/a", f"{site.url}/b"], **LISTING)

    report = client.get(f"/api/runs/{run.id}/crawl").json()

    assert (report["requests"], report["hosts"], report["records"]) == (3, 1, 1)
    assert report["errors"] == [{"host": "127.0.0.1", "error": "status_500", "pages": 1}]
    assert (report["compliant"], report["violations"]) == (True, [])
    page = client.get(f"/api/ui-dashboard/runs/{run.id}").text
    assert "every request was allowed and in time" in page


def test_a_crawl_is_read_again_when_asked_to(
    client: TestClient, database: Database, site: Site, scrape: Scrape, finish: Finish
) -> None:
    run = scrape("listing", start=[f"{site.url}/a"], **LISTING)

    answer = client.post(f"/api/runs/{run.id}/replay")

    assert answer.status_code == 202
    again = finish(answer.json()["id"])
    assert (again.replays, again.pages, again.unchanged) == (run.id, 1, 1)
    page = client.get(answer.headers["location"]).json()
    assert page["replays"] == run.id


def test_what_is_not_kept_is_not_read_again(client: TestClient, site: Site, scrape: Scrape) -> None:
    run = scrape("listing", start=[f"{site.url}/b"], **LISTING)

    answer = client.post(f"/api/runs/{run.id}/replay")

    assert answer.status_code == 409
    assert "LEADS_KEEP_PAGES_DAYS" in answer.json()["detail"]
    assert client.get("/api/runs/99999/crawl").status_code == 404
