"""A robots.txt may be slow, huge, absurd or hostile: it is obeyed, or nothing is fetched."""

import asyncio
import gzip
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from pipeline.errors import FetchFailed, FetchRefused
from pipeline.fetch.response import Response
from pipeline.fetch.robots import MAX_CRAWL_DELAY, Robots
from pipeline.fetch.visitor import Visitor
from tests.fetch.hostile_server import answer, redirect

OpenBench = Callable[..., AbstractAsyncContextManager]
FORBID = b"User-agent: *\nDisallow: /"
SIZE = 500 << 10


def rules(text: str | bytes) -> Robots:
    body = text.encode() if isinstance(text, str) else text
    url = "http://a.example/robots.txt"
    return Robots.read(Response(url, url, 200, {}, body))


def allows(text: str | bytes, path: str = "/page") -> bool:
    try:
        return rules(text).require_allowed(f"http://a.example{path}") == "robots:allowed"
    except FetchRefused:
        return False


REFUSED = {
    "hangs": "/hang",
    "drips": "/drip",
    "hangs after its head": "/hang-after-headers",
    "breaks off": "/reset",
    "is no HTTP": "/not-http",
    "goes in circles": "/redirect-loop",
    "is redirected on and on": "/redirect-on",
    "is redirected to a file": "/redirect-file",
    "is redirected to a private place": "/redirect-metadata",
    "is badly packed": "/gzip-not",
    "fails": "/failing",
}


@pytest.mark.parametrize("path", REFUSED.values(), ids=list(REFUSED))
def test_where_no_robots_txt_can_be_had_nothing_is_fetched(
    open_bench: OpenBench, path: str
) -> None:
    async def work() -> tuple[str, int]:
        async with open_bench() as bench:
            bench.server.answers["/robots.txt"] = lambda: redirect(path)
            visitor = Visitor(bench.fetcher, delay=0, back_off=0.01)
            with pytest.raises(FetchRefused) as caught:
                await visitor.visit(bench.server.url("/good"))
            return caught.value.code, bench.server.hits("/good")

    code, hits = asyncio.run(work())

    assert code in {"robots_unreachable", "scheme", "private_address"}
    assert hits == 0


@pytest.mark.parametrize(
    "robots",
    [
        answer(b"\0\xff\xfe garbage \x80" * 999),
        answer(b"<!doctype html><title>Not found</title>"),
        answer(b"#" * SIZE + b"\n" + FORBID),
        answer(b"User-agent: *\nDisallow:\n" + b"x" * (5 << 20)),
        answer(gzip.compress(b"#" * (40 << 20)), "Content-Encoding: gzip"),
        redirect("/empty"),
    ],
    ids=["garbage", "a page", "late rules", "huge", "a bomb", "elsewhere"],
)
def test_a_robots_txt_that_forbids_nothing_in_time_lets_us_in(
    open_bench: OpenBench, robots: bytes
) -> None:
    async def work() -> int:
        async with open_bench() as bench:
            bench.server.answers["/robots.txt"] = lambda: robots
            visitor = Visitor(bench.fetcher, delay=0)
            return (await visitor.visit(bench.server.url("/good"))).status

    assert asyncio.run(work()) == 200


def test_a_robots_txt_on_another_host_counts_for_its_own(open_bench: OpenBench) -> None:
    async def work() -> str:
        async with open_bench() as bench:
            elsewhere = bench.server.url("/rules", host="localhost")
            bench.server.answers["/robots.txt"] = lambda: redirect(elsewhere)
            bench.server.answers["/rules"] = lambda: answer(FORBID)
            with pytest.raises(FetchRefused) as caught:
                await Visitor(bench.fetcher, delay=0).visit(bench.server.url("/good"))
            return caught.value.code

    assert asyncio.run(work()) == "robots"


def test_five_redirects_of_a_robots_txt_are_followed_whatever_pages_may(
    open_bench: OpenBench,
) -> None:
    async def work() -> str:
        async with open_bench(fetch_max_redirects=0) as bench:
            for n in range(5):
                path = f"/r{n}" if n else "/robots.txt"
                bench.server.answers[path] = lambda n=n: redirect(f"/r{n + 1}")
            bench.server.answers["/r5"] = lambda: answer(FORBID)
            with pytest.raises(FetchRefused) as caught:
                await Visitor(bench.fetcher, delay=0).visit(bench.server.url("/good"))
            return caught.value.code

    assert asyncio.run(work()) == "robots"


def test_a_robots_txt_that_leads_astray_is_asked_for_once(open_bench: OpenBench) -> None:
    async def work() -> int:
        async with open_bench() as bench:
            bench.server.answers["/robots.txt"] = lambda: redirect("file:///etc/passwd")
            visitor = Visitor(bench.fetcher, delay=0)
            for _ in range(3):
                with pytest.raises(FetchRefused, match="scheme"):
                    await visitor.visit(bench.server.url("/good"))
            return bench.server.hits("/robots.txt")

    assert asyncio.run(work()) == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_each_origin_has_rules_of_its_own(open_bench: OpenBench, host: str) -> None:
    async def work() -> int:
        async with open_bench() as bench:
            bench.server.answers["/robots.txt"] = lambda: answer(b"")
            visitor = Visitor(bench.fetcher, delay=0)
            await visitor.visit(bench.server.url("/good"))
            await visitor.visit(bench.server.url("/good", host=host))
            return bench.server.hits("/robots.txt")

    assert asyncio.run(work()) == (1 if host == "127.0.0.1" else 2)


def test_an_unreachable_robots_txt_is_not_asked_for_again_for_every_page(
    open_bench: OpenBench,
) -> None:
    async def work() -> int:
        async with open_bench() as bench:
            bench.server.answers["/robots.txt"] = lambda: answer(b"", status="500 Broken")
            visitor = Visitor(bench.fetcher, delay=0)
            for _ in range(3):
                with pytest.raises(FetchFailed):
                    await visitor.visit(bench.server.url("/good"))
            return bench.server.hits("/robots.txt")

    assert asyncio.run(work()) == 1


@pytest.mark.parametrize(
    "text",
    [
        "User-agent: other\nUser-agent: lead-engine\nDisallow: /page",
        "user-AGENT : Lead-Engine/2.0 (bot)\ndisallow: /page",
        "User-agent: a\nUser-agent: b\nUser-agent: *\nDisallow: /page",
        "\ufeffUser-agent: *\nDisallow: /page",
        "User-agent: *\nDisallow: /nothing\n\nUser-agent: *\nDisallow: /page",
        "User-agent: *\nDisallow: /p*e$",
        "User-agent: *\rDisallow: /page",
    ],
)
def test_this_forbids_the_page(text: str) -> None:
    assert not allows(text)


@pytest.mark.parametrize(
    "text",
    [
        "User-agent: lead-engine-beta\nDisallow: /page",
        "User-agent: *bot\nDisallow: /page",
        "User-agent: lead\nDisallow: /page",
        "User-agent: *\nDisallow: /\n\nUser-agent: lead-engine\nAllow: /",
        "User-agent: *\nDisallow: /pa\nAllow: /page",
        "Disallow: /page",
        "User-agent:\nDisallow: /page",
    ],
)
def test_this_allows_the_page(text: str) -> None:
    assert allows(text)


@pytest.mark.parametrize(
    ("line", "delay"),
    [
        ("Crawl-delay: 7.5", 7.5),
        ("Crawl-delay: -1", 0),
        ("Crawl-delay: soon", 0),
        ("Crawl-delay: 1e300", MAX_CRAWL_DELAY),
        ("Request-rate: 1/30", 30),
        ("Request-rate: 2/1m", 30),
        ("Crawl-delay: 60\nRequest-rate: 1/30", 60),
    ],
)
def test_the_time_between_two_pages_is_read(line: str, delay: float) -> None:
    assert rules(f"User-agent: *\n{line}\nDisallow: /x").delay == delay


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"User-agent: a{n}\n" for n in range(9_000))
        + "".join(f"Disallow: /{n}\n" for n in range(20_000)),
        "User-agent: *\nDisallow: /" + "*a" * 250_000,
        "User-agent: *\n" + "".join(f"Disallow: /{'*a' * 100}{n}b\n" for n in range(2_000)),
        "User-agent: *\n" * 30_000,
        " " * SIZE,
        "\r" * SIZE,
    ],
    ids=["agents times rules", "one long rule", "many deep rules", "agents", "blanks", "returns"],
)
def test_hostile_rules_are_read_in_a_moment(text: str) -> None:
    began = time.process_time()
    allows(text, "/" + "a" * 4_000)

    assert time.process_time() - began < 1.5
