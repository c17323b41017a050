"""A page that was read is freed at once: its parsed tree is large, and crawls read thousands."""

import gc

from pipeline.extract import find_contacts
from pipeline.fetch.response import Response
from pipeline.sources import Page, Params
from tests.benchmarks.directory_pages import RECORDS, render_page


def test_a_page_that_was_read_needs_no_collector_to_be_freed() -> None:
    url, body = "http://directory.example/company/7", render_page(7, 100).encode()
    answer = Response(url, url, 200, {"content-type": "text/html; charset=utf-8"}, body)
    assert len(find_contacts(Page(answer, Params()))) == RECORDS
    gc.collect()
    gc.disable()
    try:
        records = find_contacts(Page(answer, Params()))
        rings = gc.collect()
    finally:
        gc.enable()

    assert len(records) == RECORDS
    assert rings == 0
