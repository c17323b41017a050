"""Proves from the record of all requests that a crawl was polite, or names what was not."""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from pipeline.fetch.requests import ALLOWED, NO_RULES, ROBOTS_TXT

TOLERANCE_SECONDS = 0.005
"""How far apart two clocks may be: waiting is done on one that never jumps, records bear the
other. Clocks that are being set right also drift, by less than :data:`TOLERANCE_SHARE`."""

TOLERANCE_SHARE = 0.001

PERMISSIONS = frozenset({ALLOWED, NO_RULES, ROBOTS_TXT})

Kind = Literal["too_soon", "too_many_at_once", "not_permitted"]


class Request(Protocol):
    """What is asked of a record; see :class:`pipeline.fetch.requests.RequestRecord`."""

    @property
    def host(self) -> str:
        """Whom it was sent to."""

    @property
    def asked_at(self) -> float:
        """When it began, in seconds since the epoch."""

    @property
    def delay(self) -> float:
        """How many seconds the host was owed since the request before."""

    @property
    def permission(self) -> str:
        """What permitted it."""

    @property
    def concurrency(self) -> int:
        """How many requests to the host could run at once, this one included."""

    @property
    def seconds(self) -> float:
        """How long it took."""


@dataclass(frozen=True, slots=True)
class Violation:
    """A request that should not have been sent, or not yet.

    ``seconds_short`` is how much too soon it was; 0 if it should not have been sent at all.
    """

    host: str
    asked_at: float
    kind: Kind
    seconds_short: float = 0.0


@dataclass(frozen=True, slots=True)
class ComplianceReport:
    """How many requests to how many hosts were checked, and what was wrong with them."""

    requests: int
    hosts: int
    violations: list[Violation]

    @property
    def is_compliant(self) -> bool:
        """Whether every request was permitted and waited for its turn."""
        return not self.violations


def check_compliance(records: Iterable[Request]) -> ComplianceReport:
    """Check that each host was asked only for what it permits, and as slowly as it was owed.

    No two requests to a host may begin sooner than the delay owed, no more than ``concurrency``
    may overlap, and each needs a permission. The order of the records does not matter; n of them
    cost n log n.
    """
    by_host: defaultdict[str, list[Request]] = defaultdict(list)
    for record in records:
        by_host[record.host].append(record)
    violations: list[Violation] = []
    for host in sorted(by_host):
        violations += _check_host(sorted(by_host[host], key=_moment))
    return ComplianceReport(sum(map(len, by_host.values())), len(by_host), violations)


def _moment(record: Request) -> tuple[float, float, float, int, str]:
    settled = record.delay, record.concurrency, record.permission
    return record.asked_at, record.seconds, *settled


def _check_host(records: Sequence[Request]) -> list[Violation]:
    """Check one host's requests, the earliest first."""
    found: list[Violation] = []
    running: list[float] = []
    before: float | None = None
    for record in records:
        now = record.asked_at
        if record.permission not in PERMISSIONS:
            found.append(Violation(record.host, now, "not_permitted"))
        if before is not None and (short := _seconds_short(record, now - before)):
            found.append(Violation(record.host, now, "too_soon", short))
        while running and running[0] <= now + TOLERANCE_SECONDS:
            heapq.heappop(running)
        if len(running) >= record.concurrency:
            found.append(Violation(record.host, now, "too_many_at_once", running[0] - now))
        heapq.heappush(running, now + record.seconds)
        before = now
    return found


def _seconds_short(record: Request, waited: float) -> float:
    short = record.delay - waited
    tolerated = TOLERANCE_SECONDS + TOLERANCE_SHARE * record.delay
    return short if short > tolerated else 0.0
