"""Whose turn it is: so many requests at a time to each host, never sooner than it is owed.

A host in trouble earns *slowness*: seconds between two requests that double with every sign of
trouble and fade by a tenth with every good answer.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from pipeline.errors import FetchFailed

PATIENCE_SECONDS = 120.0
"""The longest wait for a turn of those who name no moment. A host that asks for more is not
fetched now."""

MAX_SLOWNESS = 60.0
MAX_PAUSE = 86_400.0
"""A host that asks for a longer pause is asked again once a day."""

_FADING = 0.9
_LEAST_SLOWNESS = 0.01
_MANY_HOSTS = 10_000


@dataclass(frozen=True, slots=True)
class HostState:
    """What another process must know to go on where this one stopped. Times are in seconds.

    ``next_in`` is the time to the host's next turn, ``asked_ago`` that since the last request
    began (None: none is known), ``slowness`` the least time between two requests that the host's
    troubles have earned it.
    """

    next_in: float = 0.0
    slowness: float = 0.0
    asked_ago: float | None = None


@dataclass(slots=True)
class _Host:
    next_at: float = 0.0
    asked_at: float | None = None
    page_at: float | None = None
    delay: float = 0.0
    slowness: float = 0.0
    running: int = 0
    door: asyncio.Lock = field(default_factory=asyncio.Lock)
    left: asyncio.Event = field(default_factory=asyncio.Event)

    def moment(self, delay: float = 0.0, crawl_delay: float = 0.0) -> float:
        """The moment at which the next request may begin."""
        moment = self.next_at
        if self.asked_at is not None:
            moment = max(moment, self.asked_at + max(delay, self.slowness))
        if crawl_delay and self.page_at is not None:
            moment = max(moment, self.page_at + crawl_delay)
        return moment

    def begin(self, now: float, delay: float, crawl_delay: float | None) -> float:
        """Write down that a request begins; gives the time that was owed before it."""
        owed = max(delay, self.slowness)
        if self.asked_at is not None:
            owed = max(owed, self.moment(delay, crawl_delay or 0.0) - self.asked_at)
        self.asked_at = now
        self.delay = max(delay, crawl_delay or 0.0)
        self.next_at = max(self.next_at, now + max(self.delay, self.slowness))
        if crawl_delay is not None:
            self.page_at = now
        self.running += 1
        return owed


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
        self._room = _MANY_HOSTS

    @asynccontextmanager
    async def turn(
        self,
        host: str,
        delay: float,
        *,
        crawl_delay: float | None = 0.0,
        concurrency: int = 1,
        until: float | None = None,
    ) -> AsyncIterator[float]:
        """Wait for a host's turn and hold it; gives the time the host was owed before it.

        Between two turns lie at least ``delay``, between two pages ``crawl_delay`` too (None: this
        is no page but robots.txt, which a site does not count). At most ``concurrency`` turns are
        held at once, and those who wait are served in order. ``until`` is a moment on the clock.

        Raises:
            FetchFailed: with code ``host_busy``: the turn lies beyond ``until``, or is too far
                away to wait for.
        """
        entry = self._entry(host)
        async with entry.door:
            while entry.running >= concurrency:
                entry.left.clear()
                await entry.left.wait()
            while (wait := entry.moment(delay, crawl_delay or 0.0) - self._clock()) > 0:
                if self._is_far(wait, until):
                    entry.next_at = self._clock() + wait
                    raise FetchFailed("host_busy", f"The host wants no request for {wait:,.0f} s.")
                await self._sleep(wait)
            owed = entry.begin(self._clock(), delay, crawl_delay)
        try:
            yield owed
        finally:
            entry.running -= 1
            entry.left.set()

    def slow_down(self, host: str, *, least: float, pause: float | None = None) -> None:
        """Heed a sign of trouble: leave the host alone for ``pause``, and go slower after it.

        The slowness doubles and is at least ``least``; without a ``pause`` it is the pause.
        """
        entry = self._entry(host)
        entry.slowness = min(max(2 * entry.slowness, 2 * entry.delay, least), MAX_SLOWNESS)
        pause = entry.slowness if pause is None else min(max(pause, entry.delay), MAX_PAUSE)
        entry.next_at = max(entry.next_at, self._clock() + pause)

    def recover(self, host: str) -> None:
        """Take a good answer for a sign that the host can do a little more."""
        entry = self._hosts.get(host)
        if entry is not None and entry.slowness:
            entry.slowness *= _FADING
            if entry.slowness < _LEAST_SLOWNESS:
                entry.slowness = 0.0

    def next_turn(self, host: str) -> float:
        """Give the time from now to a host's next turn; 0 if it may be asked at once."""
        entry = self._hosts.get(host)
        return 0.0 if entry is None else max(0.0, entry.moment() - self._clock())

    def state(self, host: str) -> HostState:
        """Give what another process must know of a host."""
        entry = self._hosts.get(host)
        if entry is None:
            return HostState()
        asked_ago = None if entry.asked_at is None else self._clock() - entry.asked_at
        return HostState(self.next_turn(host), entry.slowness, asked_ago)

    def load(self, host: str, state: HostState) -> None:
        """Take over what another process knew of a host. What is known here can only add to it."""
        entry = self._entry(host)
        now = self._clock()
        entry.next_at = max(entry.next_at, now + state.next_in)
        entry.slowness = state.slowness
        asked_at = None if state.asked_ago is None else now - state.asked_ago
        if asked_at is None or entry.asked_at is None or asked_at > entry.asked_at:
            entry.asked_at = asked_at

    def _is_far(self, wait: float, until: float | None) -> bool:
        return wait > PATIENCE_SECONDS if until is None else self._clock() + wait > until

    def _entry(self, host: str) -> _Host:
        entry = self._hosts.get(host)
        if entry is None:
            if len(self._hosts) >= self._room:
                self._forget()
            entry = self._hosts[host] = _Host()
        return entry

    def _forget(self) -> None:
        """Drop the hosts that are owed nothing; so rarely that it costs each host O(1)."""
        now = self._clock()
        self._hosts = {
            name: entry
            for name, entry in self._hosts.items()
            if entry.running or entry.slowness or entry.door.locked() or entry.moment() > now
        }
        self._room = max(_MANY_HOSTS, 2 * len(self._hosts))
