"""The politeness ledger's entry: one request, when it was asked, and what permitted it."""

from dataclasses import dataclass
from typing import Protocol

ROBOTS_TXT = "robots.txt"
"""The permission of requests for robots.txt itself, which nobody needs to allow."""

ALLOWED = "robots:allowed"
"""The permission of a page that its site's rules allow."""

NO_RULES = "robots:none"
"""The permission of a page whose site has no rules (4xx)."""


@dataclass(slots=True)
class RequestRecord:
    """One request to a host: written down right before it is sent, completed by its answer.

    ``asked_at`` is in seconds since the epoch (UTC), ``seconds`` how long the answer took.
    ``delay`` is the least time in seconds that the host was owed since the request before: the
    largest of the settings', the source's, its own Crawl-delay, what its troubles earned it, and
    a pause it asked for. ``concurrency`` is how many requests may run at once, this one included.
    ``bytes`` counts the body as it came over the wire. ``error`` is the code of what failed.
    """

    host: str
    url: str
    asked_at: float
    delay: float
    permission: str
    concurrency: int = 1
    seconds: float = 0.0
    status: int | None = None
    error: str | None = None
    bytes: int = 0
    not_modified: bool = False


class RequestLog(Protocol):
    """Takes down every request, redirects and robots.txt included. Both calls must be quick."""

    def asked(self, record: RequestRecord) -> None:
        """Take a request that is about to be sent."""

    def answered(self, record: RequestRecord) -> None:
        """Take the same request again, now with its answer or its error."""
