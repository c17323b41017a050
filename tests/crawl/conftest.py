"""Settings that let hosts of this machine be crawled, and the means to do so."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pipeline.crawl import request_scrape
from pipeline.database.engine import Database
from pipeline.fetch.loop import fetch_loop
from pipeline.runs.models import Run
from pipeline.runs.service import require_run
from pipeline.settings import Settings
from pipeline.work import work_on_run

Finish = Callable[[int], Run]
Scrape = Callable[..., Run]


@pytest.fixture
def local(settings: Settings) -> Iterator[Settings]:
    """Settings that let this machine be asked, at once."""
    changed = settings.model_copy(
        update={
            "fetch_allow": "127.0.0.0/8",
            "fetch_delay_seconds": 0.0,
            "fetch_timeout_seconds": 2.0,
            "lease_seconds": 0.5,
        }
    )
    yield changed
    fetch_loop(changed).close()
    fetch_loop.cache_clear()


@pytest.fixture
def finish(database: Database, local: Settings) -> Finish:
    """Work on a run until it has ended, in this process."""

    def work(run_id: int) -> Run:
        deadline = time.monotonic() + 40
        while time.monotonic() < deadline:
            work_on_run(database, local, run_id)
            with database.read() as db:
                run = require_run(db, run_id)
            if run.state not in {"requested", "running"}:
                return run
            time.sleep(0.05)
        raise AssertionError("the crawl did not end")

    return work


@pytest.fixture
def scrape(database: Database, finish: Finish) -> Scrape:
    """Scrape a source in this process, to its end."""

    def run(slug: str, **params: Any) -> Run:
        with database.write() as db:
            run_id = request_scrape(db, slug, params).id
        return finish(run_id)

    return run
