"""The one outbound door: every request of the engine to a foreign host goes through here."""

import asyncio
import logging
import ssl
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, nullcontext
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Self

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from pipeline.errors import FetchFailed
from pipeline.fetch.addresses import Gate
from pipeline.fetch.body import read_body
from pipeline.fetch.decode import decode_text
from pipeline.fetch.failures import name_failure
from pipeline.fetch.resolver import Lookup, VettedResolver, look_up
from pipeline.fetch.urls import Target, join_url, parse_url
from pipeline.records import EMPTY
from pipeline.settings import Settings

PRODUCT = "lead-engine"
MAX_HEADER_BYTES = 64 << 10
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HARMLESS = frozenset({"accept", "accept-language"})

# httpx writes every URL it asks for into the log, and a URL may name a person.
logging.getLogger("httpx").setLevel(logging.WARNING)

Around = Callable[[Target], AbstractAsyncContextManager[None]]
"""Wraps each request of a fetch, redirects included; the time spent entering is not counted."""


@dataclass(frozen=True, slots=True)
class Response:
    """What came back. ``url`` was asked for, ``final_url`` answered; ``body`` is unpacked."""

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def content_type(self) -> str:
        """The media type in lower case, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def text(self) -> str:
        """The body as text, by BOM, header, meta element, UTF-8 or Windows-1252."""
        return decode_text(self.body, self.headers.get("content-type", ""))[0]

    @property
    def charset(self) -> str:
        """The encoding that :attr:`text` uses."""
        return decode_text(self.body, self.headers.get("content-type", ""))[1]


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
        self._settings = settings
        self._gate = Gate.parse(settings.fetch_allow)
        self._lookup = lookup
        self._tls = tls
        self._stack = AsyncExitStack()
        self._client: httpx.AsyncClient

    async def __aenter__(self) -> Self:
        session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=VettedResolver(self._gate, self._lookup),
                use_dns_cache=False,
                ssl=self._tls or httpx.create_ssl_context(trust_env=False),
                limit=0,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            timeout=aiohttp.ClientTimeout(total=None),
        )
        self._client = httpx.AsyncClient(
            transport=AiohttpTransport(client=session),
            trust_env=False,
            timeout=None,  # noqa: S113 - every fetch has its own total deadline
        )
        await self._stack.enter_async_context(self._client)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def fetch(
        self,
        url: str,
        *,
        headers: Mapping[str, str] = EMPTY,
        max_bytes: int | None = None,
        cut: bool = False,
        around: Around | None = None,
    ) -> Response:
        """Fetch a page, following redirects through the same checks.

        Every status is an answer, not an error. ``cut`` shortens a body that exceeds
        ``max_bytes`` instead of failing.

        Raises:
            FetchRefused: the address must not be reached; nothing was sent to it.
            FetchFailed: no whole answer within the deadline; ``code`` says why.
        """
        target = parse_url(url)
        budget = self._settings.fetch_timeout_seconds
        limit = max_bytes or self._settings.fetch_max_bytes
        clock = asyncio.get_running_loop().time
        for _ in range(self._settings.fetch_max_redirects + 1):
            async with around(target) if around else nullcontext():
                began = clock()
                answer = await self._ask(target, headers, limit, budget, cut=cut)
                budget -= clock() - began
            if answer.status not in _REDIRECTS:
                return replace(answer, url=url)
            following = _redirected(target, answer)
            if following.origin != target.origin:
                headers = {k: v for k, v in headers.items() if k.lower() in _HARMLESS}
            target = following
        raise FetchFailed("too_many_redirects", "The page is redirected again and again.")

    async def _ask(
        self,
        target: Target,
        headers: Mapping[str, str],
        limit: int,
        budget: float,
        *,
        cut: bool,
    ) -> Response:
        if target.address:  # the connector asks its resolver about names only
            self._gate.admit(target.host, target.port, [str(target.address)])
        try:
            async with asyncio.timeout(max(budget, 0)):
                return await self._exchange(target, headers, limit, cut=cut)
        except FetchFailed:
            raise
        except (httpx.HTTPError, aiohttp.ClientError, OSError, httpx.InvalidURL) as error:
            raise name_failure(error) from error

    async def _exchange(
        self, target: Target, headers: Mapping[str, str], limit: int, *, cut: bool
    ) -> Response:
        sent = {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            **headers,
            "User-Agent": self.user_agent,
            "Accept-Encoding": "gzip, deflate",
        }
        async with self._client.stream("GET", target.url, headers=sent) as answer:
            self._client.cookies.clear()
            if sum(len(name) + len(value) for name, value in answer.headers.raw) > MAX_HEADER_BYTES:
                raise FetchFailed("too_large", "The answer's headers are too large.")
            body = b""
            if answer.status_code not in _REDIRECTS:
                encoding = answer.headers.get("content-encoding", "")
                body = await read_body(answer.aiter_raw(), encoding, limit, cut=cut)
            return Response(target.url, target.url, answer.status_code, answer.headers, body)


def user_agent(contact: str) -> str:
    """Say who asks, and how to reach its owner."""
    name = f"{PRODUCT}/{version(PRODUCT)}"
    plain = "".join(c for c in contact if c.isascii() and c.isprintable() and c not in "()")
    return f"{name} (+{plain})" if plain else name


def _redirected(target: Target, answer: Response) -> Target:
    location = answer.headers.get("location", "")
    if not location.strip():
        raise FetchFailed("bad_redirect", "The page is redirected to nowhere.")
    return parse_url(join_url(target.url, location))
