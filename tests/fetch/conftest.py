"""What the tests of the outbound door share."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

import pytest

import tests.fetch.hostile_bodies
import tests.fetch.hostile_heads  # noqa: F401 - both add their modes
from pipeline.fetch.client import Fetcher
from pipeline.fetch.resolver import Lookup, look_up
from pipeline.settings import Settings
from tests.fetch.hostile_server import HostileServer, open_hostile_server


@dataclass
class Bench:
    """A server that misbehaves, and a fetcher that may reach it."""

    server: HostileServer
    fetcher: Fetcher


OpenBench = Callable[..., AbstractAsyncContextManager[Bench]]


@pytest.fixture
def open_bench() -> OpenBench:
    """Give an opener of benches; ``more`` replaces settings, ``allow`` the allow list."""

    @asynccontextmanager
    async def _open(
        *, lookup: Lookup = look_up, allow: str | None = None, **more: object
    ) -> AsyncIterator[Bench]:
        async with open_hostile_server() as server:
            opened = f"127.0.0.1:{server.port},localhost:{server.port}"
            values = {
                "fetch_allow": opened if allow is None else allow,
                "fetch_timeout_seconds": 1.0,
                "fetch_max_bytes": 1 << 20,
                **more,
            }
            settings = Settings.model_validate(values)
            async with Fetcher(settings, lookup=lookup) as fetcher:
                yield Bench(server, fetcher)

    return _open
