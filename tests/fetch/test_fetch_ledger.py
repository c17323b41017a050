"""Every request is on record, with what permitted it, and the record proves it polite."""

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress

import pytest

from pipeline.compliance import check_compliance
from pipeline.errors import FetchFailed
from pipeline.fetch.visitor import Visitor
from tests.fetch.hostile_server import answer, redirect
from tests.fetch.ledgers import Ledger

OpenBench = Callable[..., AbstractAsyncContextManager]
ROBOTS = answer(b"User-agent: *\nDisallow: /secret\nCrawl-delay: 0.04")


def visit_all(open_bench: OpenBench, paths: list[str], *, at_once: bool = False) -> Ledger:
    """Visit pages of one site and give what was written down."""
    ledger = Ledger()

    async def work() -> None:
        async with open_bench() as bench:
            bench.server.answers["/robots.txt"] = lambda: ROBOTS
            bench.server.answers["/busy"] = lambda: answer(b"", status="429 Slow Down")
            bench.server.answers["/moved"] = lambda: redirect("/good")
            visitor = Visitor(bench.fetcher, delay=0.01, back_off=0.02)

            async def visit(path: str) -> None:
                with suppress(FetchFailed):
                    await visitor.visit(bench.server.url(path), log=ledger, concurrency=2)

            if at_once:
                await asyncio.gather(*map(visit, paths))
            else:
                for path in paths:
                    await visit(path)

    asyncio.run(work())
    return ledger


def test_a_page_and_its_robots_txt_are_on_record(open_bench: OpenBench) -> None:
    before = time.time()
    robots, page = visit_all(open_bench, ["/good"]).records

    assert (robots.permission, robots.status) == ("robots.txt", 200)
    assert (page.permission, page.status, page.error) == ("robots:allowed", 200, None)
    assert (page.host, page.bytes, page.not_modified) == ("127.0.0.1", 20, False)
    assert before <= robots.asked_at < page.asked_at <= time.time()
    assert 0 < page.seconds < 1


def test_a_request_is_on_record_before_it_is_sent(open_bench: OpenBench) -> None:
    first = visit_all(open_bench, ["/good"]).asked_first

    assert [(record.status, record.seconds, record.bytes) for record in first] == [(None, 0, 0)] * 2


def test_each_redirect_and_each_try_is_a_request_of_its_own(open_bench: OpenBench) -> None:
    ledger = visit_all(open_bench, ["/moved", "/busy", "/nothing"])

    assert ledger.paths() == ["/robots.txt", "/moved", "/good", *["/busy"] * 3, *["/nothing"] * 3]
    assert [record.error for record in ledger.records[-3:]] == ["disconnected"] * 3


def test_a_page_that_is_not_allowed_is_no_request(open_bench: OpenBench) -> None:
    assert visit_all(open_bench, ["/secret/1"]).paths() == ["/robots.txt"]


def test_a_site_without_rules_permits_all(open_bench: OpenBench) -> None:
    ledger = Ledger()

    async def work() -> None:
        async with open_bench() as bench:
            bench.server.answers["/robots.txt"] = lambda: answer(b"", status="404 Not Found")
            await Visitor(bench.fetcher, delay=0).visit(bench.server.url("/good"), log=ledger)

    asyncio.run(work())

    assert [record.permission for record in ledger.records] == ["robots.txt", "robots:none"]


def test_a_request_that_is_cut_off_is_on_record(open_bench: OpenBench) -> None:
    ledger = Ledger()

    async def work() -> None:
        async with open_bench() as bench:
            bench.server.answers["/robots.txt"] = lambda: answer(b"")
            visitor = Visitor(bench.fetcher, delay=0)
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(visitor.visit(bench.server.url("/hang"), log=ledger), 0.2)

    asyncio.run(work())

    assert (ledger.paths()[-1], ledger.records[-1].error) == ("/hang", "cancelled")


@pytest.mark.parametrize("at_once", [False, True])
def test_the_record_of_a_visit_to_all_kinds_of_pages_is_compliant(
    open_bench: OpenBench, *, at_once: bool
) -> None:
    paths = ["/good", "/moved", "/busy", "/nothing", "/secret", "/gzip", "/failing", "/kept"]
    ledger = visit_all(open_bench, paths, at_once=at_once)
    report = check_compliance(ledger.records)

    assert report.violations == []
    assert report.requests >= 10
    assert all(record.delay >= 0.01 for record in ledger.records)
    assert sum(record.delay >= 0.04 for record in ledger.records) >= 8


def test_the_checker_would_see_it_if_a_visitor_were_rude(open_bench: OpenBench) -> None:
    ledger = visit_all(open_bench, ["/good", "/gzip"])
    for record in ledger.records:
        record.delay += 1

    assert [violation.kind for violation in check_compliance(ledger.records).violations] == [
        "too_soon",
        "too_soon",
    ]
