"""How often somebody may try to sign in: kept in memory, by address."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable

WINDOW_SECONDS = 300.0
MAX_FAILURES = 10
MAX_ADDRESSES = 10_000


class Attempts:
    """Failed attempts of the last five minutes. The oldest addresses are forgotten first."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: OrderedDict[str, deque[float]] = OrderedDict()

    def wait_seconds(self, address: str) -> int:
        """Give how long an address must wait, 0 if it need not."""
        failures = self._failures.get(address, deque())
        while failures and failures[0] <= self._clock() - WINDOW_SECONDS:
            failures.popleft()
        if len(failures) < MAX_FAILURES:
            return 0
        return int(failures[0] + WINDOW_SECONDS - self._clock()) + 1

    def note_failure(self, address: str) -> None:
        """Remember that an address has tried in vain."""
        self._failures.setdefault(address, deque(maxlen=MAX_FAILURES)).append(self._clock())
        self._failures.move_to_end(address)
        if len(self._failures) > MAX_ADDRESSES:
            self._failures.popitem(last=False)
