"""A web server on the loopback that misbehaves in one way for each path."""

import asyncio
import gzip
import socket
import struct
import zlib
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

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def hits(self, path: str) -> int:
        return self.seen.count(path)


@asynccontextmanager
async def open_hostile_server() -> AsyncIterator[HostileServer]:
    server = HostileServer(0)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            request, *lines = head.strip().split("\r\n")
            path = request.split(" ")[1]
            server.seen.append(path)
            server.headers.append(
                {k.lower(): v for k, v in (line.split(": ", 1) for line in lines)}
            )
            if path in server.answers:
                writer.write(server.answers[path]())
            else:
                await MODES[path.partition("?")[0]](writer, server)
            await writer.drain()
        writer.close()

    listener = await asyncio.start_server(serve, "127.0.0.1", 0)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()


def answer(body: bytes = PAGE, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", "Connection: close", *headers]
    if not any(line.startswith(("Content-Length", "Transfer-Encoding")) for line in headers):
        lines.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    return answer(b"", f"Location: {location}", status=status)


Mode = Callable[[asyncio.StreamWriter, HostileServer], Awaitable[None]]
MODES: dict[str, Mode] = {}


def mode(path: str) -> Callable[[Mode], Mode]:
    def add(function: Mode) -> Mode:
        MODES[path] = function
        return function

    return add


def always(path: str, data: bytes) -> None:
    async def send(writer: asyncio.StreamWriter, _: HostileServer) -> None:
        writer.write(data)

    MODES[path] = send


BOMB = gzip.compress(b"\0" * (40 << 20))
always("/good", answer())
always("/gzip", answer(gzip.compress(PAGE), "Content-Encoding: gzip"))
always("/gzip-members", answer(gzip.compress(PAGE) * 2, "Content-Encoding: gzip"))
always("/zlib", answer(zlib.compress(PAGE), "Content-Encoding: deflate"))
always("/deflate", answer(zlib.compress(PAGE)[2:-4], "Content-Encoding: deflate"))
always("/gzip-bomb", answer(BOMB, "Content-Encoding: gzip"))
always("/nested-gzip", answer(gzip.compress(BOMB), "Content-Encoding: gzip, gzip"))
always("/gzip-truncated", answer(gzip.compress(PAGE * 99)[:-20], "Content-Encoding: gzip"))
always("/gzip-not", answer(PAGE, "Content-Encoding: gzip"))
always("/brotli", answer(PAGE, "Content-Encoding: br"))
always("/too-short", answer(PAGE, "Content-Length: 9999"))
always("/negative-length", answer(PAGE, "Content-Length: -5"))
always("/two-lengths", answer(PAGE, "Content-Length: 5", "Content-Length: 20"))
always("/bad-chunks", answer(b"zz\r\nhello\r\n0\r\n\r\n", "Transfer-Encoding: chunked"))
always("/chunk-lies", answer(b"5\r\nhello world\r\n0\r\n\r\n", "Transfer-Encoding: chunked"))
always("/chunks-cut", answer(b"ff\r\nhello", "Transfer-Encoding: chunked"))
always("/huge-header", answer(PAGE, "X-Big: " + "x" * 10_000_000))
always("/many-headers", answer(PAGE, *(f"X-{n}: {'y' * 900}" for n in range(100_000))))
always("/wide-headers", answer(PAGE, *(f"X-{n}: {'y' * 7_000}" for n in range(50))))
always("/not-http", b"SSH-2.0-OpenSSH_9.9\r\n\r\n")
always("/nothing", b"")
always("/redirect-nowhere", answer(b"", status="302 Found"))
always("/redirect-file", redirect("file:///etc/passwd"))
always("/redirect-gopher", redirect("gopher://127.0.0.1:70/"))
always("/redirect-javascript", redirect("javascript:alert(1)"))
always("/redirect-metadata", redirect("http://169.254.169.254/latest/meta-data/"))
always("/redirect-ipv6", redirect("http://[::1]/"))
always("/redirect-port", redirect("http://127.0.0.1:1/"))
always("/redirect-userinfo", redirect("http://a:b@127.0.0.1/"))
always("/redirect-loop", redirect("/redirect-loop"))
always("/redirect-good", redirect("good", status="308 Permanent Redirect"))
always("/cookie", answer(PAGE, "Set-Cookie: id=1; Path=/"))
always("/failing", answer(b"", status="500 Internal Server Error"))


@mode("/hang")
async def _hang(writer: asyncio.StreamWriter, _: HostileServer) -> None:
    await asyncio.sleep(60)


@mode("/hang-after-headers")
async def _hang_after_headers(writer: asyncio.StreamWriter, _: HostileServer) -> None:
    writer.write(answer(b"", "Content-Length: 100"))
    await asyncio.sleep(60)


@mode("/drip")
async def _drip(writer: asyncio.StreamWriter, _: HostileServer) -> None:
    writer.write(answer(b"", "Content-Length: 100000"))
    for _n in range(600):
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.05)


@mode("/drip-headers")
async def _drip_headers(writer: asyncio.StreamWriter, _: HostileServer) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    for n in range(600):
        writer.write(f"X-{n}: y\r\n".encode())
        await writer.drain()
        await asyncio.sleep(0.05)


@mode("/endless")
async def _endless(writer: asyncio.StreamWriter, _: HostileServer) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        writer.write(b"x" * 65_536)
        await writer.drain()


@mode("/reset")
async def _reset(writer: asyncio.StreamWriter, _: HostileServer) -> None:
    writer.write(answer(PAGE, "Content-Length: 9999"))
    await writer.drain()
    raw: socket.socket = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


@mode("/redirect-slowly")
async def _redirect_slowly(writer: asyncio.StreamWriter, _: HostileServer) -> None:
    await asyncio.sleep(0.3)
    writer.write(redirect("/redirect-slowly"))


@mode("/redirect-other-origin")
async def _redirect_other_origin(writer: asyncio.StreamWriter, server: HostileServer) -> None:
    writer.write(redirect(server.url("/good", host="localhost")))
