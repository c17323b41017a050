"""The one outbound door: every request of the engine to a foreign host goes through here."""

import asyncio
import ssl
from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import version
from typing import Self

import aiohttp
import httpx
from aiohttp.http_exceptions import HttpProcessingError

from pipeline.errors import FetchFailed
from pipeline.fetch.addresses import Gate
from pipeline.fetch.body import read_body
from pipeline.fetch.failures import name_failure
from pipeline.fetch.redirects import follow_redirects
from pipeline.fetch.resolver import Lookup, VettedResolver, look_up
from pipeline.fetch.response import NOT_MODIFIED, REDIRECTS, Response
from pipeline.fetch.transport import WireTransport
from pipeline.fetch.urls import Target
from pipeline.records import EMPTY
from pipeline.settings import Settings

PRODUCT = "lead-engine"
MAX_HEADER_BYTES = 64 << 10
_NAMES_KEPT_SECONDS = 60
_OURS = frozenset({"accept-encoding", "host", "user-agent"})
_CONDITIONS = frozenset({"if-none-match", "if-modified-since"})


class Fetcher:
    """Fetches what may be fetched; an async context manager that belongs to one event loop.

    ``lookup`` and ``tls`` replace the system's name service and trust store.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        lookup: Lookup = look_up,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.user_agent = user_agent(settings.contact)
        self.seconds = settings.fetch_timeout_seconds
        self.hops = settings.fetch_max_redirects
        self._max_bytes = settings.fetch_max_bytes
        self._gate = Gate.parse(settings.fetch_allow)
        self._lookup = lookup
        self._tls = tls
        self._transport: httpx.AsyncBaseTransport
        self._headers = httpx.Headers(
            {
                "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "Accept-Encoding": "gzip, deflate",
                "User-Agent": self.user_agent,
            }
        )

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(
            resolver=VettedResolver(self._gate, self._lookup),
            ttl_dns_cache=_NAMES_KEPT_SECONDS,
            ssl=self._tls or httpx.create_ssl_context(trust_env=False),
            limit=0,
        )
        self._transport = WireTransport(connector)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._transport.aclose()

    async def fetch(
        self,
        url: str,
        *,
        headers: Mapping[str, str] = EMPTY,
        max_bytes: int | None = None,
        cut: bool = False,
    ) -> Response:
        """Fetch a page, following redirects through the same checks.

        Every status is an answer, not an error. ``cut`` shortens a body that exceeds
        ``max_bytes`` instead of failing.

        Raises:
            FetchRefused: the address must not be reached; nothing was sent to it.
            FetchFailed: no whole answer within the deadline; ``code`` says why.
        """

        async def ask(
            target: Target, headers: Mapping[str, str], budget: float
        ) -> tuple[Response, float]:
            began = asyncio.get_running_loop().time()
            answer = await self.ask(target, headers, budget, max_bytes=max_bytes, cut=cut)
            return answer, asyncio.get_running_loop().time() - began

        return await follow_redirects(ask, url, headers, budget=self.seconds, hops=self.hops)

    async def ask(
        self,
        target: Target,
        headers: Mapping[str, str],
        budget: float,
        *,
        max_bytes: int | None = None,
        cut: bool = False,
    ) -> Response:
        """Send one request and read its answer, within ``budget`` seconds; see :meth:`fetch`."""
        if target.address:  # the connector asks its resolver about names only
            self._gate.admit(target.host, target.port, [str(target.address)])
        try:
            async with asyncio.timeout(max(budget, 0)):
                return await self._exchange(target, headers, max_bytes or self._max_bytes, cut=cut)
        except FetchFailed:
            raise
        except (aiohttp.ClientError, HttpProcessingError, OSError, httpx.InvalidURL) as error:
            raise name_failure(error) from error

    async def _exchange(
        self, target: Target, headers: Mapping[str, str], limit: int, *, cut: bool
    ) -> Response:
        url = target.url
        sent = self._headers.copy() if headers else self._headers
        sent.update({k: v for k, v in headers.items() if k.lower() not in _OURS})
        exact = {"target": target.path.encode("ascii")}
        request = httpx.Request("GET", _origin(target.origin), headers=sent, extensions=exact)
        answer = await self._transport.handle_async_request(request)
        try:
            status, received = answer.status_code, answer.headers
            _check_head(status, received, headers, limit if not cut else None)
            body, on_wire = b"", 0
            if status not in REDIRECTS:
                encoding = received.get("content-encoding", "")
                body, on_wire = await read_body(answer.aiter_raw(), encoding, limit, cut=cut)
            return Response(url, url, status, received, body, wire_bytes=on_wire)
        finally:
            await answer.aclose()


def user_agent(contact: str) -> str:
    """Say who asks, and how to reach its owner."""
    name = f"{PRODUCT}/{version(PRODUCT)}"
    plain = "".join(c for c in contact if c.isascii() and c.isprintable() and c not in "()")
    return f"{name} (+{plain})" if plain else name


@lru_cache(maxsize=1_024)
def _origin(text: str) -> httpx.URL:
    return httpx.URL(text)


def _check_head(
    status: int, received: httpx.Headers, sent: Mapping[str, str], limit: int | None
) -> None:
    """Refuse an answer whose body need not be read to see that it cannot be used."""
    if sum(len(name) + len(value) for name, value in received.raw) > MAX_HEADER_BYTES:
        raise FetchFailed("too_large", "The answer's headers are too large.")
    length = received.get("content-length", "")
    if limit is not None and length.isdecimal() and int(length) > limit:
        raise FetchFailed("too_large", f"The page is larger than {limit:,} bytes.")
    if status == NOT_MODIFIED and not any(name.lower() in _CONDITIONS for name in sent):
        raise FetchFailed("bad_response", "The host says 'not modified' to a first visit.")
