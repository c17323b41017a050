"""A visitor reads robots.txt first and slows down when asked to."""

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from pipeline.errors import FetchFailed, FetchRefused
from pipeline.fetch.visitor import Visitor
from tests.fetch.hostile_server import answer, redirect

OpenBench = Callable[..., AbstractAsyncContextManager]
ANSWERS = {
    "no file": answer(b"", status="404 Not Found"),
    "forbidden file": answer(b"", status="403 Forbidden"),
    "empty": answer(b""),
    "other robot": answer(b"User-agent: other\nDisallow: /"),
    "all, but this allowed": answer(b"User-agent: *\nDisallow: /\nAllow: /good"),
    "us allowed": answer(b"User-agent: *\nDisallow: /\n\nUser-agent: Lead-Engine\nDisallow:"),
    "a page instead": answer(b"<!doctype html><p>Disallow: everything?"),
    "byte order mark": answer(b"\xef\xbb\xbfUser-agent: other\nDisallow: /"),
    "rule beyond the limit": answer(b"#" * (500 << 10) + b"\nUser-agent: *\nDisallow: /"),
    "moved": redirect("/no-robots"),
}
REFUSALS = {
    "disallowed": (answer(b"User-agent: *\nDisallow: /"), "robots"),
    "us disallowed": (answer(b"User-agent: lead-engine\nDisallow: /go"), "robots"),
    "wildcard": (answer(b"User-agent: *\nDisallow: /*od$"), "robots"),
    "moved to a rule": (redirect("/robots-elsewhere"), "robots"),
    "server error": (answer(b"", status="500 Internal Server Error"), "robots_unreachable"),
    "network error": (b"", "robots_unreachable"),
}


async def _visit(bench: object, robots: bytes, path: str = "/good", **options: float) -> int:
    bench.server.answers["/robots.txt"] = lambda: robots
    bench.server.answers["/no-robots"] = lambda: answer(b"", status="404 Not Found")
    bench.server.answers["/robots-elsewhere"] = lambda: answer(b"User-agent: *\nDisallow: /")
    visitor = Visitor(bench.fetcher, delay=0, back_off=0.01)
    return (await visitor.visit(bench.server.url(path), **options)).status


@pytest.mark.parametrize("case", ANSWERS)
def test_this_robots_txt_lets_us_in(open_bench: OpenBench, case: str) -> None:
    async def work() -> int:
        async with open_bench() as bench:
            return await _visit(bench, ANSWERS[case])

    assert asyncio.run(work()) == 200


@pytest.mark.parametrize("case", REFUSALS)
def test_this_robots_txt_keeps_us_out(open_bench: OpenBench, case: str) -> None:
    robots, code = REFUSALS[case]

    async def work() -> tuple[str, int]:
        async with open_bench() as bench:
            with pytest.raises(FetchRefused) as caught:
                await _visit(bench, robots)
            return caught.value.code, bench.server.hits("/good")

    assert asyncio.run(work()) == (code, 0)


def test_robots_txt_is_asked_for_once(open_bench: OpenBench) -> None:
    async def work() -> int:
        async with open_bench() as bench:
            bench.server.answers["/robots.txt"] = lambda: answer(b"")
            visitor = Visitor(bench.fetcher, delay=0)
            url = bench.server.url("/good")
            await asyncio.gather(*(visitor.visit(url) for _ in range(5)))
            return bench.server.hits("/robots.txt")

    assert asyncio.run(work()) == 1


def test_a_redirect_is_held_to_the_rules_of_where_it_leads(open_bench: OpenBench) -> None:
    rule = answer(b"User-agent: *\nDisallow: /good")

    async def work() -> tuple[str, int]:
        async with open_bench() as bench:
            with pytest.raises(FetchRefused) as caught:
                await _visit(bench, rule, "/redirect-good")
            return caught.value.code, bench.server.hits("/good")

    assert asyncio.run(work()) == ("robots", 0)


@pytest.mark.parametrize(
    ("crawl_delay", "own", "wanted"), [("0.3", 0.0, 0.3), ("0", 0.3, 0.3), ("0.3", 0.1, 0.3)]
)
def test_the_longest_of_all_delays_counts(
    open_bench: OpenBench, crawl_delay: str, own: float, wanted: float
) -> None:
    robots = answer(f"User-agent: *\nCrawl-delay: {crawl_delay}".encode())

    async def work() -> float:
        async with open_bench() as bench:
            bench.server.answers["/robots.txt"] = lambda: robots
            visitor = Visitor(bench.fetcher, delay=0)
            await visitor.visit(bench.server.url("/good"), delay=own)
            began = time.monotonic()
            await visitor.visit(bench.server.url("/good"), delay=own)
            return time.monotonic() - began

    assert wanted - 0.05 <= asyncio.run(work()) < wanted + 0.3


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_a_host_that_asks_for_a_pause_is_asked_again_after_it(
    open_bench: OpenBench, status: str
) -> None:
    answers = [answer(b"", "Retry-After: 1", status=status), answer()]

    async def work() -> tuple[int, float]:
        async with open_bench() as bench:
            bench.server.answers["/busy"] = lambda: answers.pop(0)
            began = time.monotonic()
            code = await _visit(bench, answer(b""), "/busy")
            return code, time.monotonic() - began

    code, seconds = asyncio.run(work())

    assert code == 200
    assert 1 <= seconds < 1.8


def test_a_host_that_asks_for_a_month_is_left_alone(open_bench: OpenBench) -> None:
    busy = answer(b"", "Retry-After: 2678400", status="429 Too Many Requests")

    async def work() -> tuple[str, int]:
        async with open_bench() as bench:
            bench.server.answers["/busy"] = lambda: busy
            with pytest.raises(FetchFailed) as caught:
                await _visit(bench, answer(b""), "/busy")
            return caught.value.code, bench.server.hits("/busy")

    assert asyncio.run(work()) == ("host_busy", 1)


def test_a_host_that_stays_overloaded_gives_its_status(open_bench: OpenBench) -> None:
    async def work() -> tuple[int, int]:
        async with open_bench() as bench:
            bench.server.answers["/busy"] = lambda: answer(b"", status="503 Busy")
            return await _visit(bench, answer(b""), "/busy"), bench.server.hits("/busy")

    assert asyncio.run(work()) == (503, 3)


def test_a_connection_that_breaks_once_is_tried_again(open_bench: OpenBench) -> None:
    answers = [b"", answer()]

    async def work() -> int:
        async with open_bench() as bench:
            bench.server.answers["/flaky"] = lambda: answers.pop(0)
            return await _visit(bench, answer(b""), "/flaky")

    assert asyncio.run(work()) == 200


def test_the_sitemaps_that_a_site_names_are_found(open_bench: OpenBench) -> None:
    async def work() -> list[str]:
        async with open_bench() as bench:
            bench.server.answers["/robots.txt"] = lambda: answer(b"Sitemap: /map.xml")
            return await Visitor(bench.fetcher, delay=0).find_sitemaps(bench.server.url("/good"))

    assert asyncio.run(work()) == ["/map.xml"]
