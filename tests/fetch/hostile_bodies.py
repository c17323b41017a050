"""Ways to send a page: a few good ones, and all the ways in which a body can hurt."""

import asyncio
import gzip
import socket
import struct
import zlib

from tests.fetch.hostile_server import PAGE, HostileServer, always, answer, mode

CHUNKED = "Transfer-Encoding: chunked"
GZIP = "Content-Encoding: gzip"
BOMB = gzip.compress(b"\0" * (40 << 20))
ENDLESS = b"HTTP/1.1 200 OK\r\n\r\n"

always("/good", answer())
always("/kept", answer(PAGE, "Connection: keep-alive"), stay_open=True)
always("/gzip", answer(gzip.compress(PAGE), GZIP))
always("/gzip-members", answer(gzip.compress(PAGE) * 2, GZIP))
always("/zlib", answer(zlib.compress(PAGE), "Content-Encoding: deflate"))
always("/deflate", answer(zlib.compress(PAGE)[2:-4], "Content-Encoding: deflate"))
always("/failing", answer(b"", status="500 Internal Server Error"))
always("/empty", answer(b""))
always("/no-content-with-body", answer(PAGE, status="204 No Content"))
always("/nulls", answer(b"\0" * 99 + PAGE))
always("/wrong-charset", answer(b"J\xfcrgen", "Content-Type: text/html; charset=no-such-thing"))
always("/too-long", answer(PAGE + b"GET / HTTP/1.1\r\n\r\n", f"Content-Length: {len(PAGE)}"))

always("/gzip-bomb", answer(BOMB, GZIP))
always("/deflate-bomb", answer(zlib.compress(b"\0" * (40 << 20)), "Content-Encoding: deflate"))
always("/gzip-bomb-of-members", answer(gzip.compress(b"\0" * 100_000) * 400, GZIP))
always("/nested-gzip", answer(gzip.compress(BOMB), "Content-Encoding: gzip, gzip"))
always("/gzip-truncated", answer(gzip.compress(PAGE * 99)[:-20], GZIP))
always("/gzip-not", answer(PAGE, GZIP))
always("/gzip-empty-members", answer(gzip.compress(b"") * 50_000 + gzip.compress(PAGE), GZIP))
always("/brotli", answer(PAGE, "Content-Encoding: br"))
always("/too-short", answer(PAGE, "Content-Length: 9999"))
always("/head-only", answer(b"", "Content-Length: 9999"))
always("/length-of-terabytes", answer(PAGE, f"Content-Length: {1 << 42}"), stay_open=True)
always("/huge", answer(b"x" * (5 << 20), CHUNKED.replace("chunked", "identity")))
always("/bad-chunks", answer(b"zz\r\nhello\r\n0\r\n\r\n", CHUNKED))
always("/chunk-lies", answer(b"5\r\nhello world\r\n0\r\n\r\n", CHUNKED))
always("/chunk-overflow", answer(b"fffffffffffffffff\r\nhello", CHUNKED))
always("/chunk-negative", answer(b"-5\r\nhello\r\n0\r\n\r\n", CHUNKED))
always("/chunks-cut", answer(b"ff\r\nhello", CHUNKED))


@mode("/hang-after-headers")
async def _hang_after_headers(writer: asyncio.StreamWriter, _: HostileServer) -> None:
    writer.write(answer(b"", "Content-Length: 100"))
    await asyncio.sleep(60)


@mode("/hang-in-body")
async def _hang_in_body(writer: asyncio.StreamWriter, _: HostileServer) -> None:
    writer.write(answer(PAGE, "Content-Length: 100"))
    await asyncio.sleep(60)


@mode("/drip")
async def _drip(writer: asyncio.StreamWriter, _: HostileServer) -> None:
    writer.write(answer(b"", "Content-Length: 100000"))
    await _slowly(writer, b"x")


@mode("/drip-chunks")
async def _drip_chunks(writer: asyncio.StreamWriter, _: HostileServer) -> None:
    writer.write(answer(b"", CHUNKED))
    await _slowly(writer, b"1\r\nx\r\n")


@mode("/endless")
async def _endless(writer: asyncio.StreamWriter, _: HostileServer) -> None:
    writer.write(ENDLESS)
    await _flood(writer, b"x" * 65_536)


@mode("/endless-chunks")
async def _endless_chunks(writer: asyncio.StreamWriter, _: HostileServer) -> None:
    writer.write(answer(b"", CHUNKED))
    await _flood(writer, b"400\r\n" + b"x" * 0x400 + b"\r\n")


@mode("/endless-tiny-chunks")
async def _endless_tiny_chunks(writer: asyncio.StreamWriter, _: HostileServer) -> None:
    writer.write(answer(b"", CHUNKED))
    await _flood(writer, b"1\r\nx\r\n" * 1_000)


@mode("/endless-chunk-extension")
async def _endless_chunk_extension(writer: asyncio.StreamWriter, _: HostileServer) -> None:
    writer.write(answer(b"5;a=", CHUNKED))
    await _flood(writer, b"b" * 65_536)


@mode("/endless-trailers")
async def _endless_trailers(writer: asyncio.StreamWriter, _: HostileServer) -> None:
    writer.write(answer(b"5\r\nhello\r\n0\r\n", CHUNKED))
    await _flood(writer, b"X-Trailer: y\r\n" * 1_000)


@mode("/endless-gzip")
async def _endless_gzip(writer: asyncio.StreamWriter, _: HostileServer) -> None:
    writer.write(ENDLESS.replace(b"\r\n\r\n", b"\r\nContent-Encoding: gzip\r\n\r\n"))
    await _flood(writer, gzip.compress(b"") * 1_000)


@mode("/reset")
async def _reset(writer: asyncio.StreamWriter, _: HostileServer) -> None:
    writer.write(answer(PAGE, "Content-Length: 9999"))
    await writer.drain()
    abort(writer)


def abort(writer: asyncio.StreamWriter) -> None:
    """Break the connection off with a reset rather than a farewell."""
    raw: socket.socket = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def _slowly(writer: asyncio.StreamWriter, piece: bytes) -> None:
    for _ in range(600):
        writer.write(piece)
        await writer.drain()
        await asyncio.sleep(0.05)


async def _flood(writer: asyncio.StreamWriter, piece: bytes) -> None:
    while True:
        writer.write(piece)
        await writer.drain()
        await asyncio.sleep(0)
