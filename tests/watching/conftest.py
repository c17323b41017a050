"""A directory on this machine that can be crawled again and again, and changed in between."""

from collections.abc import Callable, Iterator

import pytest

from pipeline.runs.models import Run
from tests.crawl.conftest import Scrape, finish, local, scrape
from tests.parts.sites import Site, open_site

__all__ = ["Crawl", "crawl", "directory", "finish", "local", "scrape"]

PAGES, CARDS = 6, 10

Crawl = Callable[[], Run]


def cards(page: int, *, phone: str = "a", count: int = CARDS) -> str:
    """Give a page of people; nine in ten of them have a phone, if ``phone`` names its tag."""
    people = range(page * CARDS, page * CARDS + count)
    return "".join(
        f'<div class="card"><h2>Person Number{n}</h2><i>p{n}@firm{n}.example</i>'
        f"<{phone} class=tel>{'' if n % 10 == 0 else f'+44 20 7946 0{n:03}'}</{phone}></div>"
        for n in people
    )


@pytest.fixture
def directory() -> Iterator[Site]:
    """A site of six pages with ten people each."""
    with open_site({f"/{page}": cards(page) for page in range(PAGES)}) as opened:
        yield opened


@pytest.fixture
def crawl(scrape: Scrape, directory: Site) -> Crawl:
    """Crawl the directory to the run's end, or to its quarantine."""
    params = {
        "start": [f"{directory.url}/{page}" for page in range(PAGES)],
        "item": ".card",
        "fields": {"name": "h2", "email": "i", "phone": "a.tel"},
        "region": "GB",
    }
    return lambda: scrape("listing", **params)
