"""However a host misbehaves, a fetch ends in time and says why."""

import asyncio
import resource
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from pipeline.errors import FetchFailed, FetchRefused

FAILURES = {
    "/hang": "timeout",
    "/hang-after-headers": "timeout",
    "/drip": "timeout",
    "/drip-headers": "timeout",
    "/redirect-slowly": "timeout",
    "/endless": "too_large",
    "/gzip-bomb": "too_large",
    "/wide-headers": "too_large",
    "/nested-gzip": "bad_encoding",
    "/gzip-not": "bad_encoding",
    "/brotli": "bad_encoding",
    "/gzip-truncated": "truncated",
    "/too-short": "truncated",
    "/chunks-cut": "truncated",
    "/reset": "truncated",
    "/nothing": "disconnected",
    "/negative-length": "bad_response",
    "/two-lengths": "bad_response",
    "/not-http": "bad_response",
    "/huge-header": "bad_response",
    "/many-headers": "bad_response",
    "/bad-chunks": "bad_response",
    "/chunk-lies": "bad_response",
    "/redirect-nowhere": "bad_redirect",
    "/redirect-loop": "too_many_redirects",
}
REFUSALS = {
    "/redirect-file": "scheme",
    "/redirect-gopher": "scheme",
    "/redirect-javascript": "scheme",
    "/redirect-metadata": "private_address",
    "/redirect-ipv6": "private_address",
    "/redirect-port": "private_address",
    "/redirect-userinfo": "userinfo",
}
OpenBench = Callable[..., AbstractAsyncContextManager]


async def _fail(open_bench: OpenBench, path: str) -> tuple[FetchFailed, float]:
    async with open_bench() as bench:
        began = time.monotonic()
        with pytest.raises(FetchFailed) as caught:
            await bench.fetcher.fetch(bench.server.url(path))
        return caught.value, time.monotonic() - began


@pytest.mark.parametrize("path", FAILURES)
def test_a_misbehaving_host_gives_a_named_error_within_the_deadline(
    open_bench: OpenBench, path: str
) -> None:
    error, seconds = asyncio.run(_fail(open_bench, path))

    assert (error.code, type(error)) == (FAILURES[path], FetchFailed)
    assert seconds < 1.8


@pytest.mark.parametrize("path", REFUSALS)
def test_a_redirect_to_a_forbidden_place_is_refused(open_bench: OpenBench, path: str) -> None:
    error, seconds = asyncio.run(_fail(open_bench, path))

    assert (error.code, type(error)) == (REFUSALS[path], FetchRefused)
    assert seconds < 1.8


def test_hostile_answers_cost_little_memory(open_bench: OpenBench) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    for path in ("/gzip-bomb", "/endless", "/many-headers", "/huge-header"):
        asyncio.run(_fail(open_bench, path))

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 << 10


def test_a_host_that_does_not_listen_is_named(open_bench: OpenBench) -> None:
    async def work() -> str:
        async with open_bench(allow="127.0.0.1:9") as bench:
            with pytest.raises(FetchFailed) as caught:
                await bench.fetcher.fetch("http://127.0.0.1:9/")
            return caught.value.code

    assert asyncio.run(work()) == "connect"


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
