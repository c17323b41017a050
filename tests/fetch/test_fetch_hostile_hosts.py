"""However a host misbehaves, a fetch ends in time, takes little memory, and says why."""

import asyncio
import socket
import time
import tracemalloc
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from pipeline.errors import FetchFailed, FetchRefused
from tests.fetch.hostile_server import MODES, PAGE

DEADLINE = 0.6
MARGIN = 0.8
MAX_BYTES = 1 << 20

FAILURES = {
    "timeout": """
        hang hang-in-headers hang-after-headers hang-in-body drip drip-headers drip-chunks
        drip-continue redirect-slowly endless-tiny-chunks endless-chunk-extension""",
    "too_large": """
        endless endless-chunks huge length-of-terabytes gzip-bomb deflate-bomb
        gzip-bomb-of-members wide-headers""",
    "bad_encoding": "nested-gzip gzip-not brotli gzip-empty-members endless-gzip",
    "truncated": "gzip-truncated too-short head-only chunks-cut reset",
    "disconnected": "nothing head-cut reset-at-once",
    "bad_response": """
        not-http http-0.9 garbage no-status status-of-words status-too-large no-colon
        null-in-header switches not-modified-unasked negative-length two-lengths length-of-words
        length-and-chunks huge-header many-headers endless-headers endless-header
        endless-status-line endless-continue bad-chunks chunk-lies chunk-overflow chunk-negative
        endless-trailers no-content-with-body too-long""",
    "bad_redirect": "redirect-nowhere",
    "too_many_redirects": "redirect-loop redirect-on",
}
REFUSALS = {
    "scheme": "redirect-file redirect-gopher redirect-data redirect-javascript",
    "private_address": """
        redirect-metadata redirect-ipv6 redirect-mapped redirect-nat64 redirect-port""",
    "bad_url": """
        redirect-octal redirect-decimal redirect-hex redirect-backslash redirect-long""",
    "userinfo": "redirect-userinfo",
}
HARMLESS = """
    good kept gzip gzip-members zlib deflate failing empty nulls wrong-charset cookie cookies
    odd-status continue-first hints-first answers-twice redirect-good redirect-other-origin"""
LARGE = """
    gzip-bomb deflate-bomb gzip-bomb-of-members huge endless endless-chunks endless-gzip
    endless-headers endless-header endless-trailers endless-continue"""
OpenBench = Callable[..., AbstractAsyncContextManager]


def cases(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(f"/{name}", code) for code, names in table.items() for name in names.split()]


async def _fail(open_bench: OpenBench, path: str) -> tuple[FetchFailed, float]:
    async with open_bench(fetch_timeout_seconds=DEADLINE, fetch_max_bytes=MAX_BYTES) as bench:
        began = time.monotonic()
        with pytest.raises(FetchFailed) as caught:
            await bench.fetcher.fetch(bench.server.url(path))
        return caught.value, time.monotonic() - began


@pytest.mark.parametrize(("path", "code"), cases(FAILURES))
def test_a_misbehaving_host_gives_a_named_error_within_the_deadline(
    open_bench: OpenBench, path: str, code: str
) -> None:
    error, seconds = asyncio.run(_fail(open_bench, path))

    assert (error.code, type(error)) == (code, FetchFailed)
    assert seconds < DEADLINE + MARGIN


@pytest.mark.parametrize(("path", "code"), cases(REFUSALS))
def test_a_redirect_to_a_forbidden_place_is_refused(
    open_bench: OpenBench, path: str, code: str
) -> None:
    error, seconds = asyncio.run(_fail(open_bench, path))

    assert (error.code, type(error)) == (code, FetchRefused)
    assert seconds < DEADLINE + MARGIN


@pytest.mark.parametrize("name", HARMLESS.split())
def test_an_odd_answer_that_can_be_read_is_an_answer(open_bench: OpenBench, name: str) -> None:
    async def work() -> int:
        async with open_bench() as bench:
            return (await bench.fetcher.fetch(bench.server.url(f"/{name}"))).status

    assert asyncio.run(work()) in {200, 299, 500}


def test_every_way_to_misbehave_is_tried() -> None:
    tried = {path for path, _ in cases(FAILURES) + cases(REFUSALS)}

    assert tried | {f"/{name}" for name in HARMLESS.split()} == set(MODES)
    assert len(tried) >= 40


@pytest.mark.parametrize("name", LARGE.split())
def test_hostile_answers_cost_little_memory(open_bench: OpenBench, name: str) -> None:
    tracemalloc.start()
    try:
        asyncio.run(_fail(open_bench, f"/{name}"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < 4 * MAX_BYTES


def test_a_host_that_does_not_listen_is_named(open_bench: OpenBench) -> None:
    async def work() -> str:
        async with open_bench(allow="127.0.0.1:9") as bench:
            with pytest.raises(FetchFailed) as caught:
                await bench.fetcher.fetch("http://127.0.0.1:9/")
            return caught.value.code

    assert asyncio.run(work()) == "connect"


def test_a_host_that_never_takes_the_connection_is_named(open_bench: OpenBench) -> None:
    async def work(port: int) -> str:
        async with open_bench(allow=f"127.0.0.1:{port}") as bench:
            with pytest.raises(FetchFailed) as caught:
                await bench.fetcher.fetch(f"http://127.0.0.1:{port}/")
            return caught.value.code

    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        with socket.create_connection(full.getsockname()):  # it fills the queue of those who wait
            assert asyncio.run(work(full.getsockname()[1])) == "timeout"


def test_a_name_server_that_never_answers_is_named(open_bench: OpenBench) -> None:
    async def lookup(host: str, port: int) -> list[str]:
        await asyncio.sleep(60)
        return ["127.0.0.1"]

    async def work() -> str:
        async with open_bench(lookup=lookup) as bench:
            with pytest.raises(FetchFailed) as caught:
                await bench.fetcher.fetch("http://slow-name.example/")
            return caught.value.code

    assert asyncio.run(work()) == "timeout"


def test_an_error_leaves_the_door_open_for_the_next_fetch(open_bench: OpenBench) -> None:
    async def work() -> list[int]:
        async with open_bench() as bench:
            statuses = []
            for path in ("/reset", "/endless", "/hang"):
                with pytest.raises(FetchFailed):
                    await bench.fetcher.fetch(bench.server.url(path))
                statuses.append((await bench.fetcher.fetch(bench.server.url("/good"))).status)
            return statuses

    assert asyncio.run(work()) == [200, 200, 200]


def test_an_answer_that_nobody_asked_for_is_nobodys_answer(open_bench: OpenBench) -> None:
    async def work() -> tuple[list[str], list[str]]:
        async with open_bench() as bench:
            bodies = []
            for path in ("/answers-twice", "/gzip-members", "/answers-twice", "/gzip"):
                response = await bench.fetcher.fetch(bench.server.url(path))
                bodies.append(response.text)
            return bodies, bench.server.seen

    bodies, seen = asyncio.run(work())

    assert bodies == [PAGE.decode(), PAGE.decode() * 2, PAGE.decode(), PAGE.decode()]
    assert len(seen) == 4


def test_a_connection_is_used_again(open_bench: OpenBench) -> None:
    async def work() -> int:
        async with open_bench() as bench:
            for _ in range(5):
                await bench.fetcher.fetch(bench.server.url("/kept"))
            return bench.server.connections

    assert asyncio.run(work()) == 1
