"""Encryption that is not sound is no encryption: each way to fail has a name and an end."""

import asyncio
import ssl
import time
from collections.abc import Awaitable, Callable

import pytest

from pipeline.errors import FetchFailed
from pipeline.fetch.client import Fetcher
from pipeline.settings import Settings
from tests.fetch.certificates import Authority, make_authority
from tests.fetch.hostile_bodies import abort
from tests.fetch.hostile_server import answer

DEADLINE = 0.5
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("authority"))


async def _answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(answer())
    writer.close()


async def _hang(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        await asyncio.sleep(3)
    finally:
        writer.close()


async def _reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(10)
    abort(writer)


async def _garbage(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(10)
    writer.write(bytes(range(256)))
    writer.close()


async def _fetch(
    serve: Serve, offered: ssl.SSLContext | None, trusted: ssl.SSLContext | None
) -> tuple[int | str, float]:
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=offered)
    port = server.sockets[0].getsockname()[1]
    settings = Settings(fetch_allow=f"localhost:{port}", fetch_timeout_seconds=DEADLINE)
    async with server, Fetcher(settings, tls=trusted) as fetcher:
        began = time.monotonic()
        try:
            came: int | str = (await fetcher.fetch(f"https://localhost:{port}/")).status
        except FetchFailed as error:
            came = error.code
        return came, time.monotonic() - began


def test_a_certificate_that_holds_lets_us_in(authority: Authority) -> None:
    offered = authority.certify("localhost")

    assert asyncio.run(_fetch(_answer, offered, authority.trust))[0] == 200


def test_a_certificate_nobody_vouches_for_is_refused(authority: Authority) -> None:
    offered = authority.certify("localhost")

    assert asyncio.run(_fetch(_answer, offered, None))[0] == "tls"


def test_a_certificate_that_has_run_out_is_refused(authority: Authority) -> None:
    offered = authority.certify("localhost", days=0)
    time.sleep(1.1)  # its last second

    assert asyncio.run(_fetch(_answer, offered, authority.trust))[0] == "tls"


def test_a_certificate_for_another_host_is_refused(authority: Authority) -> None:
    offered = authority.certify("elsewhere.example")

    assert asyncio.run(_fetch(_answer, offered, authority.trust))[0] == "tls"


@pytest.mark.parametrize(
    ("serve", "code"),
    [(_answer, "tls"), (_garbage, "tls"), (_reset, "connect"), (_hang, "timeout")],
)
def test_a_port_that_does_not_speak_tls_is_named(serve: Serve, code: str) -> None:
    came, seconds = asyncio.run(_fetch(serve, None, None))

    assert came == code
    assert seconds < DEADLINE + 1
