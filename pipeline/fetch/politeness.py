"""Whose turn it is: one request at a time to each host, never sooner than it asks for."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from pipeline.errors import FetchFailed

PATIENCE_SECONDS = 120.0
"""The longest wait for a turn. A host that asks for more is not fetched now."""

_MANY_HOSTS = 10_000


@dataclass(slots=True)
class _Host:
    next_at: float = 0.0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Politeness:
    """Keeps for every host the moment of its next request. Times are in seconds."""

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str, delay: float) -> AsyncIterator[None]:
        """Wait for a host's turn and hold it; the next one starts at least ``delay`` later.

        Raises:
            FetchFailed: with code ``host_busy``: the turn is too far away to wait for.
        """
        entry = self._entry(host)
        async with entry.lock:
            wait = entry.next_at - self._clock()
            if wait > PATIENCE_SECONDS:
                raise FetchFailed("host_busy", f"The host wants no request for {wait:,.0f} s.")
            if wait > 0:
                await self._sleep(wait)
            entry.next_at = max(entry.next_at, self._clock() + delay)
            yield

    def slow_down(self, host: str, seconds: float) -> None:
        """Leave a host alone for so long."""
        entry = self._entry(host)
        entry.next_at = max(entry.next_at, self._clock() + seconds)

    def _entry(self, host: str) -> _Host:
        if len(self._hosts) > _MANY_HOSTS:
            now = self._clock()
            self._hosts = {
                name: entry
                for name, entry in self._hosts.items()
                if entry.next_at > now or entry.lock.locked()
            }
        return self._hosts.setdefault(host, _Host())


def retry_after(value: str | None, *, now: datetime | None = None) -> float | None:
    """Read a ``Retry-After`` header: seconds from now, or None if it says nothing usable."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - (now or datetime.now(UTC))).total_seconds())
