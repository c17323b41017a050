"""httpx over aiohttp's connections, without the layers of aiohttp's sessions and requests.

The connector (pool, name look-up, TLS) and the parser are aiohttp's, the requests and responses
are httpx's. What lies between costs a third of a millisecond a page and is left out.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import httpx
from aiohttp.client_proto import ResponseHandler
from aiohttp.connector import Connection
from yarl import URL

from pipeline.errors import FetchFailed

MAX_LINE_BYTES = 32 << 10
MAX_HEADERS = 128
_MOST_INTERIM = 10
_MANY_ROUTES = 512
_NO_TIMEOUT = aiohttp.ClientTimeout(total=None)
_INFORMATIONAL = range(100, 200)


class WireTransport(httpx.AsyncBaseTransport):
    """Sends httpx's requests over the connections of an aiohttp connector.

    It follows no redirect, keeps no cookie, unpacks nothing, never asks twice, and has no time
    limit of its own. The request's extension ``target`` replaces the target in the request line.
    """

    def __init__(self, connector: aiohttp.BaseConnector) -> None:
        self._connector = connector
        self._routes: dict[tuple[str, str, int | None], aiohttp.ClientRequest] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request without a body and give its answer, whose body is still to be read.

        Raises:
            aiohttp.ClientError: the connection fails, or the answer is not HTTP.
            FetchFailed: the answer is one that HTTP does not allow here.
        """
        head = _write_head(request)
        connection = await self._connect(request.url)
        try:
            protocol, transport = _opened(connection)
            protocol.set_response_params(
                skip_payload=request.method == "HEAD",
                read_until_eof=True,
                auto_decompress=False,
                max_line_size=MAX_LINE_BYTES,
                max_field_size=MAX_LINE_BYTES,
                max_headers=MAX_HEADERS,
            )
            transport.write(head)
            message, payload = await _read_answer(protocol)
        except BaseException:
            connection.close()
            raise
        return httpx.Response(
            message.code, headers=message.raw_headers, stream=_Body(connection, payload)
        )

    async def aclose(self) -> None:
        """Close all connections."""
        await self._connector.close()

    async def _connect(self, url: httpx.URL) -> Connection:
        key = (url.scheme, url.host, url.port)
        route = self._routes.get(key)
        if route is None:
            if len(self._routes) >= _MANY_ROUTES:
                self._routes.clear()
            origin = URL.build(scheme=url.scheme, host=url.host, port=url.port)
            route = aiohttp.ClientRequest("GET", origin, loop=asyncio.get_running_loop())
            self._routes[key] = route
        while True:
            connection = await self._connector.connect(route, [], _NO_TIMEOUT)
            if connection.protocol is not None and not connection.protocol.should_close:
                return connection
            connection.close()  # something came unasked while it waited: it is no answer to us


class _Body(httpx.AsyncByteStream):
    """An answer's body; closing it early closes the connection, too."""

    def __init__(self, connection: Connection, payload: aiohttp.StreamReader) -> None:
        self._connection = connection
        self._payload = payload

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while chunk := await self._payload.readany():
            yield chunk

    async def aclose(self) -> None:
        self._connection.release()


def _opened(connection: Connection) -> tuple[ResponseHandler, asyncio.Transport]:
    protocol, transport = connection.protocol, connection.transport
    if protocol is None or transport is None:
        raise aiohttp.ServerDisconnectedError
    return protocol, transport


def _write_head(request: httpx.Request) -> bytes:
    target: bytes = request.extensions.get("target", request.url.raw_path)
    lines = [b"%s %s HTTP/1.1" % (request.method.encode(), target)]
    lines += [b"%s: %s" % header for header in request.headers.raw]
    head = b"\r\n".join(lines) + b"\r\n\r\n"
    if head.count(b"\n") != len(lines) + 1 or b"\0" in head:
        raise FetchFailed("bad_url", "A header or the URL holds control characters.")
    return head


async def _read_answer(protocol: ResponseHandler) -> tuple[Any, aiohttp.StreamReader]:
    for _ in range(_MOST_INTERIM):
        message, payload = await protocol.read()
        if message.code not in _INFORMATIONAL:
            return message, payload
        if message.code == httpx.codes.SWITCHING_PROTOCOLS:
            break
    raise FetchFailed("bad_response", "The host talks on without giving an answer.")
