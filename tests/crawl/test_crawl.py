"""A crawl on the ledger: every page once, nothing lost, and the same result after any death."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from pipeline.crawl import request_scrape
from pipeline.database.engine import Database
from pipeline.errors import InvalidInput, SourceNotFound
from pipeline.fetch.loop import fetch_loop
from pipeline.leads.models import Lead, Sighting
from pipeline.runs.crawl_models import FrontierPage
from pipeline.runs.ledger import claim_next_batch
from pipeline.runs.models import Batch, Run
from pipeline.runs.service import find_outcomes, require_run
from pipeline.settings import Settings
from pipeline.work import work_on_batch, work_on_run
from tests.parts.sites import Site, open_site, to_answer
from tests.undo.states import undo_at_once

MEMBERS = 25
DEADLY = "the parser dies of this"


def member(number: int) -> str:
    """Write one page; together they link to each other in many ways, and twice."""
    return (
        f"<title>Firm {number} | Guild</title><h1>Firm {number} Ltd</h1><div><h3>Ann Lee</h3>"
        f"<p>Director</p><a href='mailto:ann@firm{number}.example'>mail</a></div>"
        f"<a href='/members/{number + 1}'>next</a> <a href='/members/{number + 2}'>on</a>"
        f"<a href='/members/{min(number * 2, MEMBERS)}'>far</a> <a href='/members/1#x'>1</a>"
    )


def guild() -> dict[str, Any]:
    pages: dict[str, Any] = {f"/members/{n}": member(n) for n in range(1, MEMBERS)}
    pages[f"/members/{MEMBERS + 1}"] = "<title>The last page</title>"
    pages[f"/members/{MEMBERS}"] = (500, {}, b"broken")
    pages["/"] = (
        "<title>Guild</title><a href='/members/1'>1</a> <a href='/members/9'>9</a>"
        "<a href='/secret/1'>no robots</a> <a href='/gone'>gone</a> <a href='/contact'>write</a>"
    )
    pages["/contact"] = "<title>Contact | Guild</title><a href='mailto:hi@guild.example'>hi</a>"
    pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /secret/")
    return pages


@pytest.fixture
def site() -> Iterator[Site]:
    with open_site(guild()) as opened:
        yield opened


@pytest.fixture
def crawling(settings: Settings, site: Site) -> Iterator[Settings]:
    """Settings that let the site be fetched, at once."""
    changed = settings.model_copy(
        update={
            "fetch_allow": site.url.removeprefix("http://"),
            "fetch_delay_seconds": 0.0,
            "fetch_timeout_seconds": 2.0,
            "lease_seconds": 0.5,
        }
    )
    yield changed
    fetch_loop(changed).close()
    fetch_loop.cache_clear()


def request(database: Database, site: Site, **params: Any) -> int:
    values = {"url": site.url, "max_depth": 50, "max_pages": 100, "region": "GB", **params}
    with database.write() as db:
        return request_scrape(db, "website", values).id


def finish(database: Database, settings: Settings, run_id: int) -> Run:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        work_on_run(database, settings, run_id)
        with database.read() as db:
            run = require_run(db, run_id)
        if run.state not in {"requested", "running"}:
            return run
        time.sleep(0.05)
    raise AssertionError("the crawl did not end")


def states(database: Database, run_id: int) -> Counter[str]:
    with database.read() as db:
        query = select(FrontierPage.state).where(FrontierPage.run_id == run_id)
        return Counter(db.scalars(query))


def errors(database: Database, run_id: int) -> Mapping[str, str | None]:
    with database.read() as db:
        query = select(FrontierPage).where(FrontierPage.run_id == run_id)
        pages = [page for page in db.scalars(query) if page.state != "done"]
        return {urlsplit(page.url).path: page.error for page in pages}


def table(database: Database) -> set[tuple[str, str | None, str | None]]:
    with database.read() as db:
        return {(lead.name, lead.email, lead.company) for lead in db.scalars(select(Lead))}


EXPECTED = {("Ann Lee", f"ann@firm{n}.example", f"Firm {n} Ltd") for n in range(1, MEMBERS)} | {
    ("Guild", "hi@guild.example", "Guild")
}


def test_a_crawl_visits_every_page_once_and_balances(
    database: Database, crawling: Settings, site: Site
) -> None:
    run = finish(database, crawling, request(database, site))

    assert (run.state, run.pages, run.pages_failed) == ("finished", MEMBERS + 2, 2)
    assert (run.read, run.created) == (MEMBERS, MEMBERS)
    assert table(database) == EXPECTED
    asked = Counter(site.paths())
    assert {path: n for path, n in asked.items() if n > 1} == {}
    assert "/secret/1" not in asked


def test_pages_that_fail_are_named_and_stop_nothing(
    database: Database, crawling: Settings, site: Site
) -> None:
    run = finish(database, crawling, request(database, site))

    assert errors(database, run.id) == {
        f"/members/{MEMBERS}": "status_500",
        "/gone": "status_404",
        "/secret/1": "robots",
        "/sitemap.xml": "status_404",
    }
    assert states(database, run.id) == {"done": MEMBERS + 2, "failed": 2, "skipped": 2}


def test_contact_pages_are_fetched_before_others(
    database: Database, crawling: Settings, site: Site
) -> None:
    finish(database, crawling, request(database, site))

    pages = [path for path in site.paths() if path not in {"/robots.txt", "/sitemap.xml"}]
    assert pages[:2] == ["/", "/contact"]


def test_a_crawl_stops_at_its_number_of_pages(
    database: Database, crawling: Settings, site: Site
) -> None:
    run = finish(database, crawling, request(database, site, max_pages=5))

    assert (run.state, run.pages + run.pages_failed) == ("finished", 5)
    assert "max_pages" in errors(database, run.id).values()


def test_a_crawl_stops_at_its_depth(database: Database, crawling: Settings, site: Site) -> None:
    run = finish(database, crawling, request(database, site, max_depth=1))

    fetched = {path for path in site.paths() if path.startswith("/members/")}
    assert fetched == {"/members/1", "/members/9"}
    assert run.state == "finished"


def test_a_page_that_cannot_be_read_fails_alone(
    database: Database, crawling: Settings, site: Site
) -> None:
    params = {"start": [f"{site.url}/members/1", f"{site.url}/contact"], "item": "h1"}
    fields = {"company": "", "email": "a"}
    with database.write() as db:
        run_id = request_scrape(db, "listing", {**params, "fields": fields}).id

    run = finish(database, crawling, run_id)

    assert (run.state, run.pages, run.pages_failed) == ("finished", 1, 1)
    assert "unreadable: UnexpectedPage" in errors(database, run.id).values()


def test_a_second_crawl_changes_nothing(database: Database, crawling: Settings, site: Site) -> None:
    finish(database, crawling, request(database, site))

    run = finish(database, crawling, request(database, site))

    assert (run.created, run.updated, run.unchanged) == (0, 0, MEMBERS)
    assert table(database) == EXPECTED


def test_every_lead_knows_its_page(database: Database, crawling: Settings, site: Site) -> None:
    run = finish(database, crawling, request(database, site))

    with database.read() as db:
        urls = {seen.url for seen in db.scalars(select(Sighting))}
        rows = [outcome.row for outcome in find_outcomes(db, run.id)]
    assert f"{site.url}/members/7" in urls
    assert rows == list(range(1, MEMBERS + 1))


def test_a_crawl_can_be_taken_back(database: Database, crawling: Settings, site: Site) -> None:
    run = finish(database, crawling, request(database, site))

    with database.write() as db:
        undo_at_once(db, run.operation_id)

    assert table(database) == set()


def test_a_worker_that_died_before_writing_leaves_its_pages_to_the_next(
    database: Database, crawling: Settings, site: Site
) -> None:
    run_id = request(database, site)
    with database.write() as db:
        claim = claim_next_batch(db, run_id, crawling.lease_seconds)
    assert claim is not None

    run = finish(database, crawling, run_id)

    assert (run.state, run.read) == ("finished", MEMBERS)
    assert table(database) == EXPECTED


def test_a_worker_that_comes_back_late_is_fenced_out(
    database: Database, crawling: Settings, site: Site
) -> None:
    run_id = request(database, site)
    with database.write() as db:
        late = claim_next_batch(db, run_id, -1.0)
    assert late is not None
    run = finish(database, crawling, run_id)

    work_on_batch(database, crawling, late)

    with database.read() as db:
        again = require_run(db, run_id)
    assert (again.read, again.created) == (run.read, run.created)
    assert table(database) == EXPECTED


def test_a_crawl_killed_again_and_again_ends_with_the_same_result(
    database: Database, crawling: Settings, site: Site
) -> None:
    run_id = request(database, site)
    for pause in (0.15, 0.3, 0.45, 0.6):
        worker = _start_worker(crawling, run_id)
        time.sleep(pause)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    run = finish(database, crawling, run_id)

    assert (run.state, run.read, run.created) == ("finished", MEMBERS, MEMBERS)
    assert table(database) == EXPECTED
    with database.read() as db:
        open_batches = select(Batch).where(Batch.run_id == run_id, Batch.state != "done")
        assert db.scalars(open_batches).all() == []


def test_a_page_that_kills_its_worker_is_given_up_and_the_rest_goes_on(
    database: Database, crawling: Settings, site: Site
) -> None:
    site.pages["/members/3"] = to_answer(f"{member(3)}<!-- {DEADLY} -->")
    run_id = request(database, site)
    deaths = 0
    while _start_worker(crawling, run_id).wait() == -signal.SIGSEGV:
        deaths += 1
        assert deaths < crawling.max_attempts
        time.sleep(2 * crawling.lease_seconds)

    run = finish(database, crawling, run_id)

    assert deaths == 2
    assert (run.state, run.pages_failed) == ("finished", 3)
    assert errors(database, run_id)["/members/3"] == "killed_worker"
    assert table(database) == EXPECTED - {("Ann Lee", "ann@firm3.example", "Firm 3 Ltd")}
    assert Counter(site.paths())["/members/3"] == 1


def test_what_a_dead_worker_has_fetched_is_not_fetched_again(
    database: Database, crawling: Settings, site: Site
) -> None:
    run_id = request(database, site)
    for pause in (0.2, 0.5, 0.8):
        worker = _start_worker(crawling, run_id)
        time.sleep(pause)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    finish(database, crawling, run_id)

    # At each death one request of the host may be under way, and robots.txt is asked anew.
    again = {path: n - 1 for path, n in Counter(site.paths()).items() if n > 1}
    assert sum(n for path, n in again.items() if path != "/robots.txt") <= 3, again


def test_an_unknown_source_or_unusable_params_are_refused(database: Database) -> None:
    with database.write() as db:
        with pytest.raises(SourceNotFound):
            request_scrape(db, "no_such_source", {})
        with pytest.raises(InvalidInput, match="url"):
            request_scrape(db, "website", {})


def test_a_site_that_cannot_be_reached_is_a_failure_that_is_named(
    database: Database, crawling: Settings, site: Site
) -> None:
    site.pages["/robots.txt"] = (500, {}, b"")

    run = finish(database, crawling, request(database, site))

    assert (run.state, run.pages, run.pages_failed) == ("finished", 0, 2)
    assert set(errors(database, run.id).values()) == {"robots_unreachable"}


def test_a_private_host_is_refused_before_any_page(
    database: Database, crawling: Settings, site: Site
) -> None:
    closed = crawling.model_copy(update={"fetch_allow": ""})

    run = finish(database, closed, request(database, site))
    fetch_loop(closed).close()

    assert (run.state, run.pages, run.read) == ("finished", 0, 0)
    assert set(errors(database, run.id).values()) == {"private_address"}
    assert site.paths() == []


def _start_worker(settings: Settings, run_id: int) -> subprocess.Popen[bytes]:
    """Start a worker whose parser dies of a page that bears the deadly mark."""
    code = f"""
import ctypes, os
from pipeline.database.engine import Database
from pipeline.pages import Page
from pipeline.settings import Settings
from pipeline.work import work_on_run
plain = Page.html.func
def parse(page):
    if {DEADLY!r} in page.markup:
        ctypes.string_at(0)
    return plain(page)
Page.html.func = parse
settings = Settings.from_env(os.environ)
work_on_run(Database(settings.database), settings, {run_id})
"""
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env=settings.to_env(),
        start_new_session=True,
    )
