"""One event loop a process: connections, robots.txt and politeness outlive a single batch."""

import asyncio
import atexit
import functools
import threading
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from pipeline.fetch.client import Fetcher
from pipeline.fetch.visitor import Visitor
from pipeline.settings import Settings

Result = TypeVar("Result")

_LOOK_UPS = 64
"""How many names are looked up at once: a name server that is silent must not hold up the rest."""


class FetchLoop:
    """A visitor that lives in a thread of its own, for callers that are not asynchronous."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._loop = asyncio.new_event_loop()
        self._loop.set_default_executor(ThreadPoolExecutor(_LOOK_UPS, "fetch-names"))
        self._visitor: Visitor | None = None
        self._fetcher: Fetcher | None = None
        self._thread = threading.Thread(target=self._loop.run_forever, name="fetch", daemon=True)
        self._thread.start()

    def run(self, work: Callable[[Visitor], Awaitable[Result]]) -> Result:
        """Run asynchronous work with the visitor and wait for its result."""

        async def call() -> Result:
            return await work(await self._open())

        coroutine: Coroutine[Any, Any, Result] = call()
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()

    def close(self) -> None:
        """Close the connections and end the thread. Nothing can be fetched here any more."""
        if self._loop.is_closed():
            return
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _close(self) -> None:
        if self._fetcher is not None:
            await self._fetcher.__aexit__()

    async def _open(self) -> Visitor:
        if self._visitor is None:
            self._fetcher = await Fetcher(self._settings).__aenter__()
            self._visitor = Visitor(self._fetcher, delay=self._settings.fetch_delay_seconds)
        return self._visitor


@functools.cache
def fetch_loop(settings: Settings) -> FetchLoop:
    """Give this process's loop for these settings; started at first use, so after a fork."""
    loop = FetchLoop(settings)
    atexit.register(loop.close)
    return loop
