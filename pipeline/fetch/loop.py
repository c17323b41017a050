"""One event loop a process: connections, robots.txt and politeness outlive a single batch."""

import asyncio
import functools
import threading
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from pipeline.fetch.client import Fetcher
from pipeline.fetch.visitor import Visitor
from pipeline.settings import Settings

Result = TypeVar("Result")


class FetchLoop:
    """A visitor that lives in a thread of its own, for callers that are not asynchronous."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._loop = asyncio.new_event_loop()
        self._visitor: Visitor | None = None
        threading.Thread(target=self._loop.run_forever, name="fetch", daemon=True).start()

    def run(self, work: Callable[[Visitor], Awaitable[Result]]) -> Result:
        """Run asynchronous work with the visitor and wait for its result."""

        async def call() -> Result:
            return await work(await self._open())

        coroutine: Coroutine[Any, Any, Result] = call()
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()

    async def _open(self) -> Visitor:
        if self._visitor is None:
            fetcher = await Fetcher(self._settings).__aenter__()
            self._visitor = Visitor(fetcher, delay=self._settings.fetch_delay_seconds)
        return self._visitor


@functools.cache
def fetch_loop(settings: Settings) -> FetchLoop:
    """Give this process's loop for these settings; started at first use, so after a fork."""
    return FetchLoop(settings)
