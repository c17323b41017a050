"""Many hosts: each is asked in its own time, by one worker at a time, whoever crawls it."""

import threading
import time
from collections.abc import Iterator
from itertools import pairwise

import pytest
from sqlalchemy import select

from pipeline.crawl import request_scrape, request_trial
from pipeline.crawl.report import report_crawl
from pipeline.crawl.trial import read_trial
from pipeline.database.engine import Database
from pipeline.leads.models import Lead
from pipeline.runs.crawl_models import CrawlHost, FrontierPage
from pipeline.runs.service import cancel_run, require_run
from pipeline.settings import Settings
from pipeline.work import work_on_run
from tests.crawl.conftest import Finish, Scrape
from tests.parts.web import Reply, Web, open_web

LISTING = {"item": ".card", "fields": {"name": "h2", "email": "a"}, "region": "GB"}
DELAY = 0.3


def page(number: int, count: int = 1) -> Reply:
    cards = "".join(
        f'<div class="card"><h2>Ann Lee {number}</h2><a>ann{number}{n}@firm.example</a></div>'
        for n in range(count)
    )
    return Reply(cards)


@pytest.fixture
def web() -> Iterator[Web]:
    hosts = [{f"/{n}": page(10 * host + n) for n in range(3)} for host in range(6)]
    with open_web(hosts) as opened:
        yield opened


def is_polite(web: Web) -> bool:
    """Whether the hosts were asked slowly; a busy machine makes them see a few requests late."""
    gaps = [gap for gap, _, after in web.gaps() if after.path != "/robots.txt"]
    return sum(gap < 0.8 * DELAY for gap in gaps) <= len(gaps) // 8


def starts(web: Web) -> list[str]:
    return [f"{origin}/{n}" for n in range(3) for origin in web.origins]


def test_hosts_are_asked_at_once_and_each_in_its_own_time(
    database: Database, web: Web, scrape: Scrape
) -> None:
    began = time.monotonic()
    run = scrape("listing", start=starts(web), delay_seconds=DELAY, **LISTING)

    assert (run.state, run.pages, run.read) == ("finished", 18, 18)
    # robots.txt and three pages a host; one after the other all hosts would take six times that.
    assert time.monotonic() - began < 6 * 3 * DELAY
    assert is_polite(web)
    with database.read() as db:
        report = report_crawl(db, run.id)
    assert report.compliance.is_compliant
    assert (report.requests, report.compliance.hosts) == (24, 6)


def test_two_runs_never_ask_a_host_at_once_nor_too_soon(
    database: Database, local: Settings, web: Web
) -> None:
    with database.write() as db:
        values = {"start": starts(web)[:6], "delay_seconds": DELAY, **LISTING}
        runs = [request_scrape(db, "listing", values).id for _ in range(2)]

    def work(run_id: int) -> None:
        # Other settings give a worker an event loop and a politeness of its own.
        settings = local.model_copy(update={"port": run_id})
        deadline = time.monotonic() + 40
        while time.monotonic() < deadline:
            work_on_run(database, settings, run_id)
            with database.read() as db:
                if require_run(db, run_id).state == "finished":
                    return
            time.sleep(0.05)

    threads = [threading.Thread(target=work, args=(run_id,)) for run_id in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with database.read() as db:
        ended = [require_run(db, run_id) for run_id in runs]
        reports = [report_crawl(db, run_id) for run_id in runs]
    assert [(run.state, run.pages) for run in ended] == [("finished", 6)] * 2
    assert is_polite(web)
    assert all(report.compliance.is_compliant for report in reports)


def test_a_host_that_asks_for_a_long_pause_keeps_its_pages_waiting_and_holds_up_no_other(
    database: Database, web: Web, local: Settings
) -> None:
    slow, quick = web.origins[:2]
    robots = Reply("User-agent: *\nCrawl-delay: 600")
    web.hosts["127.0.2.1"]["/robots.txt"] = robots  # type: ignore[index]
    with database.write() as db:
        start = [f"{slow}/0", f"{slow}/1", f"{quick}/0", f"{quick}/1"]
        run_id = request_scrape(db, "listing", {"start": start, **LISTING}).id
    began = time.monotonic()

    while work_on_run(database, local, run_id):
        pass

    assert time.monotonic() - began < 5
    with database.read() as db:
        run = require_run(db, run_id)
        waiting = db.scalars(
            select(FrontierPage.host).where(
                FrontierPage.run_id == run_id, FrontierPage.state == "ready"
            )
        ).all()
        host = db.get_one(CrawlHost, "127.0.2.1")
        assert host.batch_id is None
    assert run.state == "running"
    assert set(waiting) == {"127.0.2.1"}
    assert run.pages + len(waiting) == 4


def test_a_redirect_to_another_host_is_a_link_to_follow(
    database: Database, web: Web, scrape: Scrape
) -> None:
    there, here = web.origins[:2]
    moved = Reply(status=301, headers={"Location": f"{there}/2"})
    web.hosts["127.0.2.2"]["/moved"] = moved  # type: ignore[index]

    run = scrape("listing", start=[f"{here}/moved"], **LISTING)

    assert (run.state, run.pages, run.pages_failed, run.read) == ("finished", 1, 0, 1)
    with database.read() as db:
        pages = db.execute(
            select(FrontierPage.state, FrontierPage.error).order_by(FrontierPage.id)
        ).all()
    assert [tuple(one) for one in pages] == [("skipped", "redirected"), ("done", None)]


def test_a_host_that_says_it_is_overloaded_is_asked_again_later(web: Web, scrape: Scrape) -> None:
    web.hosts["127.0.2.1"]["/0"] = Reply(  # type: ignore[index]
        page(1).body, headers={"Retry-After": "1"}, refusals=1
    )

    run = scrape("listing", start=[f"{web.origins[0]}/0"], **LISTING)

    assert (run.pages, run.pages_failed, run.read) == (1, 0, 1)
    asked = [request.began for request in web.log if request.path == "/0"]
    assert len(asked) == 2
    assert min(b - a for a, b in pairwise(asked)) >= 0.95


def test_several_workers_share_a_run_by_host(database: Database, web: Web, local: Settings) -> None:
    with database.write() as db:
        values = {"start": starts(web), "delay_seconds": 0.2, "max_pages": 18, **LISTING}
        run_id = request_scrape(db, "listing", values).id
    settings = [local.model_copy(update={"port": port}) for port in (1, 2)]
    deadline = time.monotonic() + 40

    def work(mine: Settings) -> None:
        while time.monotonic() < deadline:
            work_on_run(database, mine, run_id)
            with database.read() as db:
                if require_run(db, run_id).state == "finished":
                    return
            time.sleep(0.02)

    threads = [threading.Thread(target=work, args=(mine,)) for mine in settings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with database.read() as db:
        run = require_run(db, run_id)
        leads = len(db.scalars(select(Lead.email)).all())
        assert report_crawl(db, run_id).compliance.is_compliant
    assert (run.state, run.pages, run.read, leads) == ("finished", 18, 18, 18)
    assert max(web.count().values()) <= 2  # robots.txt, once for each worker


def test_a_host_left_behind_by_a_batch_is_free_again_after_a_while(
    database: Database, web: Web, scrape: Scrape
) -> None:
    with database.write() as db:
        db.add(CrawlHost(host="127.0.2.1", batch_id=999_999, next_at=1.0))

    run = scrape("listing", start=[f"{web.origins[0]}/0"], **LISTING)

    assert (run.state, run.pages) == ("finished", 1)


def test_a_trial_reads_some_pages_and_nothing_lands(
    database: Database, web: Web, finish: Finish
) -> None:
    with database.write() as db:
        run_id = request_trial(db, "listing", {"start": starts(web), **LISTING}, pages=5).id

    run = finish(run_id)

    assert (run.state, run.pages, run.read) == ("finished", 5, 0)
    with database.read() as db:
        tried = read_trial(db, run_id)
        assert db.scalars(select(Lead)).all() == []
    assert [one.state for one in tried] == ["done"] * 5
    assert {one.url for one in tried} < set(starts(web))
    shown = {one.url[-1]: record.fields["name"] for one in tried for record in one.records}
    assert all(name.endswith(number) for number, name in shown.items())


def test_a_cancelled_run_gives_its_hosts_back(
    database: Database, web: Web, local: Settings
) -> None:
    with database.write() as db:
        values = {"start": starts(web), "delay_seconds": 2.0, **LISTING}
        run_id = request_scrape(db, "listing", values).id
    worker = threading.Thread(target=work_on_run, args=(database, local, run_id))
    worker.start()
    time.sleep(0.5)
    with database.write() as db:
        cancel_run(db, run_id)
    worker.join(20)

    with database.read() as db:
        held = db.scalars(select(CrawlHost.host).where(CrawlHost.batch_id.is_not(None))).all()
    assert held == []


def test_what_an_owner_wants_no_robot_to_keep_or_follow_is_not(
    database: Database, web: Web, scrape: Scrape
) -> None:
    here = web.hosts["127.0.2.1"]
    more = '<a class="next" href="/2">next</a>'
    orders = '<meta name="Robots" content="noindex, nofollow">'
    here["/0"] = Reply(orders + page(1).body + more)  # type: ignore[index]
    here["/1"] = Reply(  # type: ignore[index]
        page(2).body + more, headers={"X-Robots-Tag": "nofollow"}
    )
    here["/3"] = Reply(page(3).body + '<a class="next" href="/4">next</a>')  # type: ignore[index]
    start = [f"{web.origins[0]}/{n}" for n in (0, 1, 3)]

    run = scrape("listing", start=start, next="a.next", max_depth=1, **LISTING)

    assert (run.pages, run.pages_failed, run.read) == (3, 1, 2)
    with database.read() as db:
        assert set(db.scalars(select(Lead.name))) == {"Ann Lee 2", "Ann Lee 3"}


def test_a_link_that_one_page_forbids_to_follow_is_followed_from_another(
    web: Web, scrape: Scrape
) -> None:
    here = web.hosts["127.0.2.1"]
    more = page(1).body + '<a class="next" href="/2">next</a>'
    orders = '<meta name="robots" content="nofollow">'
    here["/0"], here["/1"] = Reply(orders + more), Reply(more)  # type: ignore[index]

    run = scrape(
        "listing", start=[f"{web.origins[0]}/{n}" for n in (0, 1)], next="a.next", **LISTING
    )

    assert run.pages == 3
