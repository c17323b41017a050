"""What a host answered, and what to say to be told only of changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from pipeline.errors import FetchFailed
from pipeline.fetch.decode import decode_text
from pipeline.fetch.urls import join_url

REDIRECTS = frozenset({301, 302, 303, 307, 308})
NOT_MODIFIED = 304
_MAX_VALIDATOR = 1_000


@dataclass(frozen=True, slots=True)
class Validators:
    """How a host named the version of a page that is known already, as it wrote it."""

    etag: str = ""
    last_modified: str = ""

    def to_headers(self) -> dict[str, str]:
        """Give the headers of a conditional request."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True)
class Response:
    """What came back. ``url`` was asked for, ``final_url`` answered; ``body`` is unpacked.

    ``wire_bytes`` is the size of the body before it was unpacked.
    """

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    wire_bytes: int = 0

    @property
    def content_type(self) -> str:
        """The media type in lower case, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def text(self) -> str:
        """The body as text; see :func:`pipeline.fetch.decode.decode_text`."""
        return decode_text(self.body, self.headers.get("content-type", ""))[0]

    @property
    def charset(self) -> str:
        """The encoding that :attr:`text` uses."""
        return decode_text(self.body, self.headers.get("content-type", ""))[1]

    @property
    def etag(self) -> str:
        """The version of the page as the host names it, or nothing."""
        return _validator(self.headers.get("etag", ""))

    @property
    def last_modified(self) -> str:
        """When the page changed, as the host says it, or nothing."""
        return _validator(self.headers.get("last-modified", ""))

    @property
    def location(self) -> str | None:
        """Where a redirect leads, absolute and canonical; None if this is no redirect.

        Raises:
            FetchRefused: it leads to where nothing is fetched from.
            FetchFailed: with code ``bad_redirect``: it leads nowhere.
        """
        if self.status not in REDIRECTS:
            return None
        location = self.headers.get("location", "")
        if not location.strip():
            raise FetchFailed("bad_redirect", "The page is redirected to nowhere.")
        return join_url(self.final_url, location)


def _validator(value: str) -> str:
    """Give what can be sent back as it came: visible characters, and not too many."""
    return value if len(value) <= _MAX_VALIDATOR and value.isprintable() else ""
