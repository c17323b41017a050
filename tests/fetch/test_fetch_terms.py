"""The terms of a visit: until when, on which host, and what is known of the page already."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pipeline.errors import FetchFailed, FetchRefused
from pipeline.fetch.response import Response, Validators
from pipeline.fetch.visitor import Visitor
from tests.fetch.hostile_server import PAGE, answer, redirect
from tests.fetch.ledgers import Ledger

OpenBench = Callable[..., AbstractAsyncContextManager]
KNOWN = Validators('"v1"', "Sun, 01 Nov 2026 12:00:00 GMT")


def run(
    open_bench: OpenBench,
    answers: dict[str, bytes],
    work: Callable[[Visitor, Callable[[str], str]], Awaitable[Any]],
) -> tuple[Any, list[dict[str, str]]]:
    """Do something with a visitor; gives its result and the headers the site has seen."""

    async def call() -> tuple[Any, list[dict[str, str]]]:
        async with open_bench() as bench:
            given = {"/robots.txt": answer(b"", status="404 Not Found"), **answers}
            bench.server.answers.update({path: lambda p=path: given[p] for path in given})
            visitor = Visitor(bench.fetcher, delay=0, back_off=0.05)
            return await work(visitor, bench.server.url), bench.server.headers

    return asyncio.run(call())


def soon(seconds: float) -> float:
    return asyncio.get_running_loop().time() + seconds


def test_a_page_that_has_not_changed_costs_no_body(open_bench: OpenBench) -> None:
    ledger = Ledger()

    async def work(visitor: Visitor, url: Callable[[str], str]) -> Response:
        return await visitor.visit(url("/page"), validators=KNOWN, log=ledger)

    unchanged = {"/page": answer(b"", "Content-Length: 0", status="304 Not Modified")}
    response, headers = run(open_bench, unchanged, work)

    assert (response.status, response.body) == (304, b"")
    assert headers[-1]["if-none-match"] == KNOWN.etag
    assert headers[-1]["if-modified-since"] == KNOWN.last_modified
    assert ledger.records[-1].not_modified


def test_what_names_the_version_of_a_page_is_given_back(open_bench: OpenBench) -> None:
    async def work(visitor: Visitor, url: Callable[[str], str]) -> Response:
        return await visitor.visit(url("/page"))

    page = answer(PAGE, f"ETag: {KNOWN.etag}", f"Last-Modified: {KNOWN.last_modified}")
    response, headers = run(open_bench, {"/page": page}, work)

    assert Validators(response.etag, response.last_modified) == KNOWN
    assert datetime.now(UTC) - response.fetched_at < timedelta(seconds=5)
    assert "if-none-match" not in headers[-1]


@pytest.mark.parametrize("etag", ["x" * 5_000, "a\x80b"])
def test_a_version_that_cannot_be_sent_back_is_none(open_bench: OpenBench, etag: str) -> None:
    async def work(visitor: Visitor, url: Callable[[str], str]) -> Response:
        return await visitor.visit(url("/page"))

    assert run(open_bench, {"/page": answer(PAGE, f"ETag: {etag}")}, work)[0].etag == ""


def test_versions_stay_with_the_origin_they_were_meant_for(open_bench: OpenBench) -> None:
    async def work(visitor: Visitor, url: Callable[[str], str]) -> Response:
        return await visitor.visit(url("/redirect-other-origin"), validators=KNOWN)

    response, headers = run(open_bench, {}, work)

    assert response.status == 200
    assert "if-none-match" not in headers[-1]


def test_a_redirect_to_another_host_is_an_answer_to_those_who_stay(open_bench: OpenBench) -> None:
    async def work(visitor: Visitor, url: Callable[[str], str]) -> tuple[Response, str]:
        elsewhere = url("/good").replace("127.0.0.1", "localhost")
        return await visitor.visit(url("/redirect-other-origin"), stay=True), elsewhere

    (response, elsewhere), headers = run(open_bench, {}, work)

    assert (response.status, response.location) == (302, elsewhere)
    assert not any(sent["host"].startswith("localhost") for sent in headers)


def test_a_redirect_on_the_same_host_is_followed_by_those_who_stay(open_bench: OpenBench) -> None:
    async def work(visitor: Visitor, url: Callable[[str], str]) -> Response:
        return await visitor.visit(url("/redirect-good"), stay=True)

    response, _ = run(open_bench, {}, work)

    assert (response.status, response.location) == (200, None)


def test_a_redirect_to_a_forbidden_place_is_refused_to_those_who_stay(
    open_bench: OpenBench,
) -> None:
    async def work(visitor: Visitor, url: Callable[[str], str]) -> None:
        await visitor.visit(url("/redirect-file"), stay=True)

    with pytest.raises(FetchRefused):
        run(open_bench, {}, work)


def test_a_host_that_is_busy_for_longer_than_we_have_is_not_waited_for(
    open_bench: OpenBench,
) -> None:
    async def work(visitor: Visitor, url: Callable[[str], str]) -> tuple[int, float, str, float]:
        began = time.monotonic()
        response = await visitor.visit(url("/busy"), until=soon(2))
        with pytest.raises(FetchFailed) as caught:
            await visitor.visit(url("/good"), until=soon(2))
        waited = time.monotonic() - began
        return response.status, waited, caught.value.code, visitor.next_turn("127.0.0.1")

    busy = answer(b"", "Retry-After: 3600", status="429 Slow Down")
    (status, waited, code, next_turn), _ = run(open_bench, {"/busy": busy}, work)

    assert (status, code) == (429, "host_busy")
    assert waited < 1
    assert 3_590 < next_turn <= 3_600


def test_a_host_that_is_busy_for_a_moment_is_asked_again_in_time(open_bench: OpenBench) -> None:
    async def work(visitor: Visitor, url: Callable[[str], str]) -> Response:
        return await visitor.visit(url("/busy"), until=soon(5))

    response, headers = run(open_bench, {"/busy": answer(b"", status="503 Busy")}, work)

    assert response.status == 503
    assert len(headers) == 1 + 3


def test_a_crawl_delay_of_an_hour_is_no_failure_but_a_time_to_come_back(
    open_bench: OpenBench,
) -> None:
    async def work(visitor: Visitor, url: Callable[[str], str]) -> tuple[int, str, float]:
        first = await visitor.visit(url("/good"), until=soon(2))
        with pytest.raises(FetchFailed) as caught:
            await visitor.visit(url("/good"), until=soon(2))
        return first.status, caught.value.code, visitor.next_turn("127.0.0.1")

    slow = {"/robots.txt": answer(b"User-agent: *\nCrawl-delay: 3600")}
    (status, code, next_turn), _ = run(open_bench, slow, work)

    assert (status, code) == (200, "host_busy")
    assert 3_590 < next_turn <= 3_600


def test_a_moment_that_has_passed_is_named_before_anything_is_sent(open_bench: OpenBench) -> None:
    async def work(visitor: Visitor, url: Callable[[str], str]) -> str:
        visitor.politeness.slow_down("127.0.0.1", least=1)
        with pytest.raises(FetchFailed) as caught:
            await visitor.visit(url("/good"), until=soon(0))
        return caught.value.code

    assert run(open_bench, {}, work) == ("host_busy", [])


def test_a_busy_robots_txt_is_not_taken_for_a_forbidding_one(open_bench: OpenBench) -> None:
    async def work(visitor: Visitor, url: Callable[[str], str]) -> int:
        visitor.politeness.slow_down("127.0.0.1", least=0.3)
        with pytest.raises(FetchFailed):
            await visitor.visit(url("/good"), until=soon(0.1))
        return (await visitor.visit(url("/good"), until=soon(5))).status

    assert run(open_bench, {}, work)[0] == 200


def test_the_largest_page_is_what_the_source_says(open_bench: OpenBench) -> None:
    async def work(visitor: Visitor, url: Callable[[str], str]) -> str:
        with pytest.raises(FetchFailed) as caught:
            await visitor.visit(url("/good"), max_bytes=5)
        return caught.value.code

    assert run(open_bench, {}, work)[0] == "too_large"


def test_a_host_that_hangs_is_asked_more_slowly_from_then_on(open_bench: OpenBench) -> None:
    async def work(visitor: Visitor, url: Callable[[str], str]) -> float:
        with pytest.raises(FetchFailed):
            await visitor.visit(url("/hang"))
        return visitor.politeness.state("127.0.0.1").slowness

    assert run(open_bench, {}, work)[0] > 0


@pytest.mark.parametrize(
    ("status", "is_slowed"),
    [("504 Gateway Timeout", True), ("500 Broken", False), ("404 Not Found", False)],
)
def test_a_gateway_that_speaks_of_trouble_is_heard(
    open_bench: OpenBench, status: str, *, is_slowed: bool
) -> None:
    async def work(visitor: Visitor, url: Callable[[str], str]) -> float:
        await visitor.visit(url("/page"))
        return visitor.politeness.state("127.0.0.1").slowness

    slowness, headers = run(open_bench, {"/page": answer(b"", status=status)}, work)

    assert (slowness > 0, len(headers)) == (is_slowed, 2)


def test_a_redirect_that_moves_on_is_followed_to_its_end(open_bench: OpenBench) -> None:
    async def work(visitor: Visitor, url: Callable[[str], str]) -> Response:
        return await visitor.visit(url("/a"))

    response, _ = run(open_bench, {"/a": redirect("/b"), "/b": redirect("good")}, work)

    assert response.status == 200
    assert response.url.endswith("/a")
    assert response.final_url.endswith("/good")
