"""Pages read as the engine reads them: ``python -m tests.benchmarks.our_pages PAGES``."""

import json
import sys
import time
from statistics import median

from pipeline.extract import find_contacts
from pipeline.fetch.response import Response
from pipeline.sources import Page, Params
from pipeline.work import spare_collector
from tests.benchmarks.directory_pages import RECORDS, render_page

HEADERS = {"content-type": "text/html; charset=utf-8"}


def main() -> None:
    """Read each page from its bytes, and once more when it is parsed; print milliseconds."""
    count = int(sys.argv[1])
    bodies = [render_page(number, count).encode() for number in range(count)]
    spare_collector()
    for body in bodies[:20]:
        find_contacts(_page(body))
    whole = [_milliseconds(_page(body)) for body in bodies]
    parsed = []
    for body in bodies:
        page = _page(body)
        assert page.html.root is not None
        parsed.append(_milliseconds(page))
    figures = {"median": median(whole), "longest": max(whole), "parsed": median(parsed)}
    print(json.dumps(figures))


def _page(body: bytes) -> Page[Params]:
    url = "http://127.0.0.1/company/7"
    return Page(Response(url, url, 200, HEADERS, body), Params())


def _milliseconds(page: Page[Params]) -> float:
    """Read a page, which is parsed on the way if it was not before."""
    began = time.process_time()
    assert len(find_contacts(page)) == RECORDS
    return (time.process_time() - began) * 1_000


if __name__ == "__main__":
    main()
