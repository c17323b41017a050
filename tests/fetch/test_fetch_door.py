"""What a fetch gives back, what it sends, and whom it never reaches."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from pipeline.errors import FetchFailed, FetchRefused
from pipeline.fetch.client import Fetcher, user_agent
from pipeline.fetch.response import Response
from pipeline.settings import Settings
from tests.fetch.hostile_server import PAGE

OpenBench = Callable[..., AbstractAsyncContextManager]


@pytest.mark.parametrize("path", ["/good", "/gzip", "/zlib", "/deflate", "/redirect-good"])
def test_a_page_comes_back_unpacked(open_bench: OpenBench, path: str) -> None:
    async def work() -> Response:
        async with open_bench() as bench:
            return await bench.fetcher.fetch(bench.server.url(path))

    response = asyncio.run(work())

    assert (response.status, response.body, response.text) == (200, PAGE, PAGE.decode())
    assert response.url.endswith(path)
    assert response.final_url.endswith("/good" if "redirect" in path else path)


def test_a_gzip_of_several_members_is_read_whole(open_bench: OpenBench) -> None:
    async def work() -> bytes:
        async with open_bench() as bench:
            return (await bench.fetcher.fetch(bench.server.url("/gzip-members"))).body

    assert asyncio.run(work()) == PAGE * 2


def test_an_error_status_is_an_answer(open_bench: OpenBench) -> None:
    async def work() -> int:
        async with open_bench() as bench:
            return (await bench.fetcher.fetch(bench.server.url("/failing"))).status

    assert asyncio.run(work()) == 500


def test_a_body_can_be_cut_at_a_limit(open_bench: OpenBench) -> None:
    async def work() -> bytes:
        async with open_bench() as bench:
            url = bench.server.url("/endless")
            return (await bench.fetcher.fetch(url, max_bytes=1_000, cut=True)).body

    assert asyncio.run(work()) == b"x" * 1_000


def test_every_request_says_who_asks(open_bench: OpenBench) -> None:
    async def work() -> dict[str, str]:
        async with open_bench(contact="mailto:me@example.com") as bench:
            await bench.fetcher.fetch(bench.server.url("/good"), headers={"User-Agent": "else"})
            return bench.server.headers[0]

    sent = asyncio.run(work())

    assert sent["user-agent"].startswith("lead-engine/")
    assert sent["user-agent"].endswith("(+mailto:me@example.com)")
    assert sent["accept-encoding"] == "gzip, deflate"


def test_a_contact_cannot_smuggle_a_header_in() -> None:
    assert "\r" not in user_agent("a\r\nX-Evil: 1")


def test_credentials_stay_with_the_origin_they_were_meant_for(open_bench: OpenBench) -> None:
    secrets = {"Authorization": "Bearer s", "Cookie": "c=1", "X-Api-Key": "k", "Accept": "a/b"}

    async def work() -> list[dict[str, str]]:
        async with open_bench() as bench:
            url = bench.server.url("/redirect-other-origin")
            await bench.fetcher.fetch(url, headers=secrets)
            return bench.server.headers

    first, second = asyncio.run(work())

    assert {name.lower() for name in secrets} <= set(first)
    assert not {"authorization", "cookie", "x-api-key"} & set(second)
    assert second["accept"] == "a/b"


def test_cookies_of_a_host_are_not_kept(open_bench: OpenBench) -> None:
    async def work() -> list[dict[str, str]]:
        async with open_bench() as bench:
            await bench.fetcher.fetch(bench.server.url("/cookie"))
            await bench.fetcher.fetch(bench.server.url("/good"))
            return bench.server.headers

    assert all("cookie" not in headers for headers in asyncio.run(work()))


def test_a_proxy_in_the_environment_is_ignored(
    open_bench: OpenBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")

    async def work() -> int:
        async with open_bench() as bench:
            return (await bench.fetcher.fetch(bench.server.url("/good"))).status

    assert asyncio.run(work()) == 200


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]"])
def test_a_private_host_that_nobody_opened_gets_no_request(
    open_bench: OpenBench, host: str
) -> None:
    async def work() -> tuple[str, list[str]]:
        async with open_bench(allow="") as bench:
            with pytest.raises(FetchRefused) as caught:
                await bench.fetcher.fetch(bench.server.url("/good", host=host))
            return caught.value.code, bench.server.seen

    assert asyncio.run(work()) == ("private_address", [])


def test_opening_one_port_opens_no_other(open_bench: OpenBench) -> None:
    async def work() -> tuple[str, list[str]]:
        async with open_bench(allow="127.0.0.1:1") as bench:
            with pytest.raises(FetchRefused) as caught:
                await bench.fetcher.fetch(bench.server.url("/good"))
            return caught.value.code, bench.server.seen

    assert asyncio.run(work()) == ("private_address", [])


def test_a_network_can_be_opened(open_bench: OpenBench) -> None:
    async def work() -> int:
        async with open_bench(allow="127.0.0.0/8") as bench:
            return (await bench.fetcher.fetch(bench.server.url("/good"))).status

    assert asyncio.run(work()) == 200


@pytest.mark.parametrize(
    "addresses", [["93.184.215.14", "127.0.0.1"], ["2606:2800::1", "::1"], ["64:ff9b::7f00:1"]]
)
def test_one_private_address_among_public_ones_closes_the_host(
    open_bench: OpenBench, addresses: list[str]
) -> None:
    async def lookup(host: str, port: int) -> list[str]:
        return addresses

    async def work() -> str:
        async with open_bench(lookup=lookup, allow="") as bench:
            with pytest.raises(FetchRefused) as caught:
                await bench.fetcher.fetch("http://mixed.example/")
            return caught.value.code

    assert asyncio.run(work()) == "private_address"


def test_a_name_that_changes_its_address_between_look_ups_gains_nothing(
    open_bench: OpenBench,
) -> None:
    asked: list[str] = []

    async def lookup(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["192.175.48.6"] if len(asked) == 1 else ["127.0.0.1"]

    async def work() -> tuple[list[str], list[str]]:
        async with open_bench(lookup=lookup, allow="", fetch_timeout_seconds=0.4) as bench:
            codes = []
            for _ in range(2):
                with pytest.raises(FetchFailed) as caught:
                    await bench.fetcher.fetch(f"http://rebinding.example:{bench.server.port}/")
                codes.append(caught.value.code)
            return codes, bench.server.seen

    codes, seen = asyncio.run(work())

    assert codes == ["port", "private_address"]
    assert seen == []
    assert len(asked) == 2


def test_the_connection_goes_to_the_very_address_that_was_vetted(open_bench: OpenBench) -> None:
    asked: list[str] = []

    async def lookup(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.9.9.9"]

    async def work() -> tuple[int, dict[str, str]]:
        async with open_bench(lookup=lookup, allow="127.0.0.0/8") as bench:
            url = f"http://name-without-dns.example:{bench.server.port}/good"
            response = await bench.fetcher.fetch(url)
            return response.status, bench.server.headers[0]

    status, sent = asyncio.run(work())

    assert (status, asked) == (200, ["name-without-dns.example"])
    assert sent["host"].startswith("name-without-dns.example:")


def test_an_unknown_host_is_named() -> None:
    async def work() -> str:
        async with Fetcher(Settings()) as fetcher:
            with pytest.raises(FetchFailed) as caught:
                await fetcher.fetch("http://does-not-exist.invalid/")
            return caught.value.code

    assert asyncio.run(work()) == "dns"
