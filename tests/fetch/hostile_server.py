"""A web server on the loopback that misbehaves in one way for each path."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

PAGE = b"<title>Hello</title>"


@dataclass
class HostileServer:
    """The running server: its base URL, and every request it has seen."""

    port: int
    seen: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    answers: dict[str, Callable[[], bytes]] = field(default_factory=dict)
    connections: int = 0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def hits(self, path: str) -> int:
        return self.seen.count(path)


Mode = Callable[[asyncio.StreamWriter, HostileServer], Awaitable[bool | None]]
"""Writes an answer, or what passes for one; true if the connection stays open for more."""

MODES: dict[str, Mode] = {}


def mode(path: str) -> Callable[[Mode], Mode]:
    def add(function: Mode) -> Mode:
        MODES[path] = function
        return function

    return add


def always(path: str, data: bytes, *, stay_open: bool = False) -> None:
    async def send(writer: asyncio.StreamWriter, _: HostileServer) -> bool:
        writer.write(data)
        await writer.drain()
        return stay_open

    MODES[path] = send


def answer(body: bytes = PAGE, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", *headers]
    if not any(line.startswith("Connection") for line in headers):
        lines.append("Connection: close")
    if not any(line.startswith(("Content-Length", "Transfer-Encoding")) for line in headers):
        lines.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    return answer(b"", f"Location: {location}", status=status)


@asynccontextmanager
async def open_hostile_server() -> AsyncIterator[HostileServer]:
    server = HostileServer(0)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server.connections += 1
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while await _serve_one(server, reader, writer):
                pass
        writer.close()

    listener = await asyncio.start_server(serve, "127.0.0.1", 0)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()


async def _serve_one(
    server: HostileServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> bool:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    request, *lines = head.strip().split("\r\n")
    path = request.split(" ")[1]
    server.seen.append(path)
    server.headers.append({k.lower(): v for k, v in (line.split(": ", 1) for line in lines)})
    if path in server.answers:
        data = server.answers[path]()
        writer.write(data)
        await writer.drain()
        return b"keep-alive" in data
    return bool(await MODES[path.partition("?")[0]](writer, server))
