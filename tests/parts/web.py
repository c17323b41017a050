"""Several hosts on this machine, made of dicts, that remember to the moment who asked for what."""

import asyncio
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf

NETWORK = "127.0.2"
PORT = "{port}"
"""Stands in texts and redirects for the port, which is known only when the hosts serve."""
_ENDED = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a path answers after some seconds; the first ``refusals`` times with a 429."""

    body: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    refusals: int = 0


@dataclass(slots=True)
class Request:
    """A request as the server saw it; ``ended`` when it was answered, or its connection died."""

    host: str
    path: str
    began: float
    ended: float = inf
    status: int = 0


@dataclass
class Web:
    """Running hosts, and every request that they were sent, in order."""

    port: int
    hosts: Mapping[str, Mapping[str, Reply]]
    log: list[Request] = field(default_factory=list)
    connections: set[asyncio.WriteTransport] = field(default_factory=set)

    @property
    def origins(self) -> list[str]:
        """Where the hosts answer."""
        return [f"http://{host}:{self.port}" for host in self.hosts]

    def count(self) -> Counter[tuple[str, str]]:
        """Count the requests for each page."""
        return Counter((request.host, request.path) for request in self.log)

    def gaps(self) -> Iterator[tuple[float, Request, Request]]:
        """Give for each two requests in turn to one host how far their beginnings are apart."""
        by_host: dict[str, list[Request]] = defaultdict(list)
        for request in self.log:
            by_host[request.host].append(request)
        for requests in by_host.values():
            for before, after in pairwise(requests):
                yield after.began - before.began, before, after


@contextmanager
def open_web(hosts: Sequence[Mapping[str, Reply]]) -> Iterator[Web]:
    """Serve hosts at 127.0.2.1, 127.0.2.2, …, all on one free port, from a thread."""
    web = Web(0, {f"{NETWORK}.{number}": pages for number, pages in enumerate(hosts, start=1)})
    loop = asyncio.new_event_loop()
    ready = threading.Event()
    thread = threading.Thread(target=_run, args=(loop, web, ready), daemon=True)
    thread.start()
    try:
        assert ready.wait(10), "The hosts did not start."
        yield web
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def _run(loop: asyncio.AbstractEventLoop, web: Web, ready: threading.Event) -> None:
    asyncio.set_event_loop(loop)
    servers = [loop.run_until_complete(_listen(loop, web, host)) for host in web.hosts]
    ready.set()
    loop.run_forever()
    for server in servers:
        server.close()
    for connection in list(web.connections):
        connection.abort()
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()


async def _listen(loop: asyncio.AbstractEventLoop, web: Web, host: str) -> asyncio.Server:
    server = await loop.create_server(lambda: _Connection(web, host), host, web.port)
    web.port = server.sockets[0].getsockname()[1]
    return server


class _Connection(asyncio.Protocol):
    def __init__(self, web: Web, host: str) -> None:
        self._web = web
        self._host = host
        self._received = b""
        self._open: list[Request] = []
        self._transport: asyncio.WriteTransport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport
        self._web.connections.add(transport)

    def connection_lost(self, _: Exception | None) -> None:
        self._web.connections.discard(self._transport)
        for request in self._open:
            request.ended = time.monotonic()

    def data_received(self, data: bytes) -> None:
        self._received += data
        while _ENDED in self._received:
            head, _, self._received = self._received.partition(_ENDED)
            path = head.split(b" ", 2)[1].decode()
            request = Request(self._host, path, time.monotonic())
            self._web.log.append(request)
            self._open.append(request)
            self._reply(request)

    def _reply(self, request: Request) -> None:
        reply = self._web.hosts[self._host].get(request.path, Reply("not here", 404))
        if self._web.count()[request.host, request.path] <= reply.refusals:
            reply = Reply("later", 429, {"Retry-After": "1"})
        loop = asyncio.get_running_loop()
        loop.call_later(reply.seconds, self._send, request, reply)

    def _send(self, request: Request, reply: Reply) -> None:
        if self._transport.is_closing():
            return
        body = reply.body.replace(PORT, str(self._web.port)).encode()
        kind = "text/plain" if request.path == "/robots.txt" else "text/html; charset=utf-8"
        headers = {"Content-Type": kind, "Content-Length": str(len(body)), **reply.headers}
        if "Location" in headers:
            headers["Location"] = headers["Location"].replace(PORT, str(self._web.port))
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self._open.remove(request)
        request.status = reply.status
        request.ended = time.monotonic()
        self._transport.write(f"HTTP/1.1 {reply.status} X\r\n{lines}\r\n".encode() + body)
