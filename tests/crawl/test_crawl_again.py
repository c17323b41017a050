"""Crawling again: what has not changed is not sent again, and what was kept can be read anew."""

from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from pipeline.bodies.store import bodies_folder, remove_old_bodies
from pipeline.crawl import request_replay
from pipeline.crawl.report import report_crawl
from pipeline.database.engine import Database
from pipeline.errors import Conflict
from pipeline.leads.models import Lead
from pipeline.runs.crawl_models import FrontierPage
from pipeline.settings import Settings
from tests.crawl.conftest import Finish, Scrape
from tests.parts.sites import Site, open_site, to_answer

LISTING = {"item": ".card", "fields": {"name": "h2", "email": "a"}, "region": "GB"}


def card(name: str, email: str) -> str:
    return f'<div class="card"><h2>{name}</h2><a>{email}</a></div>'


@pytest.fixture
def site() -> Iterator[Site]:
    status, headers, body = to_answer(card("Ann Lee", "ann@firm.example"))
    pages = {
        "/a": (status, {**headers, "ETag": '"one"'}, body),
        "/b": card("Bo Ray", "bo@x.example"),
    }
    with open_site(pages) as opened:
        yield opened


def names(database: Database) -> set[str]:
    with database.read() as db:
        return set(db.scalars(select(Lead.name)))


def test_a_page_that_has_not_changed_is_not_sent_again(
    database: Database, site: Site, scrape: Scrape
) -> None:
    start = [f"{site.url}/a", f"{site.url}/b"]
    scrape("listing", start=start, **LISTING)
    site.not_modified = {"/a": '"one"'}

    again = scrape("listing", start=start, **LISTING)

    assert (again.pages, again.read, again.unchanged) == (2, 2, 2)
    with database.read() as db:
        assert report_crawl(db, again.id).not_modified == 1


def test_a_page_that_was_thrown_away_is_asked_for_in_full(
    database: Database, local: Settings, site: Site, scrape: Scrape
) -> None:
    start = [f"{site.url}/a"]
    scrape("listing", start=start, **LISTING)
    site.not_modified = {"/a": '"one"'}
    past = local.model_copy(update={"keep_pages_days": 0.0})
    assert remove_old_bodies(past, set()) == 1

    again = scrape("listing", start=start, **LISTING)

    assert (again.pages, again.unchanged) == (1, 1)
    with database.read() as db:
        assert report_crawl(db, again.id).not_modified == 0


def test_a_mended_scraper_reads_the_kept_pages_without_fetching(
    database: Database, site: Site, scrape: Scrape, finish: Finish
) -> None:
    start = [f"{site.url}/a", f"{site.url}/b"]
    first = scrape("listing", start=start, **LISTING)
    asked = Counter(site.paths())
    site.pages.clear()
    with database.write() as db:
        # As if the scraper had been mended since: it reads another field.
        replay = request_replay(db, first.id)
        fields = {**LISTING["fields"], "title": "h2"}
        replay.params = {**replay.params, "fields": fields}

    ended = finish(replay.id)

    assert (ended.state, ended.pages, ended.read, ended.updated) == ("finished", 2, 2, 2)
    assert Counter(site.paths()) == asked
    with database.read() as db:
        assert set(db.scalars(select(Lead.title))) == {"Ann Lee", "Bo Ray"}


def test_what_is_not_kept_cannot_be_read_again(
    database: Database, local: Settings, site: Site, scrape: Scrape, finish: Finish
) -> None:
    run = scrape("listing", start=[f"{site.url}/gone"], **LISTING)
    with database.write() as db, pytest.raises(Conflict, match="LEADS_KEEP_PAGES_DAYS"):
        request_replay(db, run.id)

    kept = scrape("listing", start=[f"{site.url}/a"], **LISTING)
    remove_old_bodies(local.model_copy(update={"keep_pages_days": 0.0}), set())
    with database.write() as db:
        replay = request_replay(db, kept.id).id
    finish(replay)
    with database.read() as db:
        errors = db.scalars(select(FrontierPage.error).where(FrontierPage.run_id == replay)).all()
    assert errors == ["not_kept"]


def test_pages_are_thrown_away_when_their_time_is_over_but_not_those_of_open_runs(
    local: Settings, site: Site, scrape: Scrape
) -> None:
    run = scrape("listing", start=[f"{site.url}/a"], **LISTING)
    past = local.model_copy(update={"keep_pages_days": 0.0})

    assert remove_old_bodies(local, set()) == 0
    assert remove_old_bodies(past, {run.id}) == 0
    assert list(bodies_folder(local).iterdir())
    assert remove_old_bodies(past, set()) == 1
    assert list(bodies_folder(local).iterdir()) == []
