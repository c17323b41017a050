"""A file on the web, run after run: every row lands, and one that has not changed costs a 304."""

from sqlalchemy import func, select

from pipeline.crawl import request_scrape
from pipeline.database.engine import Database
from pipeline.fetch.loop import fetch_loop
from pipeline.leads.models import Lead
from pipeline.runs.crawl_models import PageRequest
from pipeline.runs.models import Run
from pipeline.runs.service import require_run
from pipeline.settings import Settings
from pipeline.work import work_on_run
from tests.parts.sites import Site, open_site

ROWS = 6_000
PATH = "/members.csv"


def make_file(rows: int) -> bytes:
    lines = [f"Firm {n},office@firm{n}.example,Street {n}" for n in range(rows)]
    return "\n".join(["Firm,E-Mail,Address", *lines]).encode()


def scrape(database: Database, settings: Settings, site: Site) -> Run:
    with database.write() as db:
        run_id = request_scrape(db, "remote_file", {"url": f"{site.url}{PATH}"}).id
    while work_on_run(database, settings, run_id):
        pass
    with database.read() as db:
        return require_run(db, run_id)


def test_a_large_file_lands_once_and_unchanged_it_is_not_sent_again(
    database: Database, settings: Settings
) -> None:
    body = make_file(ROWS)
    headers = {"Content-Type": "text/csv", "ETag": '"v1"'}
    with open_site({PATH: (200, headers, body)}) as site:
        allowed = {"fetch_allow": site.url.removeprefix("http://"), "fetch_delay_seconds": 0.0}
        crawling = settings.model_copy(update={**allowed, "matching": "off"})
        first = scrape(database, crawling, site)
        site.not_modified[PATH] = '"v1"'
        second = scrape(database, crawling, site)
        fetch_loop(crawling).close()
        fetch_loop.cache_clear()

    assert (first.state, first.read, first.created) == ("finished", ROWS, ROWS)
    assert (second.state, second.created, second.pages_failed) == ("finished", 0, 0)
    with database.read() as db:
        asked = select(PageRequest.not_modified).where(
            PageRequest.run_id == second.id, PageRequest.url.endswith(PATH)
        )
        assert db.scalars(asked).all() == [True]
        assert db.scalar(select(func.count()).select_from(Lead)) == ROWS
