"""Ways to begin an answer: all that can stand, or fail to stand, before a body; and redirects."""

import asyncio

from tests.fetch.hostile_bodies import CHUNKED, abort
from tests.fetch.hostile_server import PAGE, HostileServer, always, answer, mode, redirect

always("/cookie", answer(PAGE, "Set-Cookie: id=1; Path=/"))
always("/cookies", answer(PAGE, *(f"Set-Cookie: c{n}={'x' * 100}" for n in range(100))))
always("/odd-status", answer(PAGE, status="299 Whatever"))
always("/continue-first", b"HTTP/1.1 100 Continue\r\n\r\n" + answer())
always("/hints-first", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 3 + answer())
always("/answers-twice", answer(PAGE, "Connection: keep-alive") * 2, stay_open=True)

always("/nothing", b"")
always("/not-http", b"SSH-2.0-OpenSSH_9.9\r\n\r\n")
always("/http-0.9", b"<html><body>No head at all</body></html>")
always("/garbage", bytes(range(256)) * 40)
always("/no-status", b"HTTP/1.1 OK\r\n\r\n")
always("/status-of-words", b"HTTP/1.1 two hundred\r\nContent-Length: 0\r\n\r\n")
always("/status-too-large", b"HTTP/1.1 99999 OK\r\nContent-Length: 0\r\n\r\n")
always("/no-colon", b"HTTP/1.1 200 OK\r\nthis is no header\r\n\r\n")
always("/null-in-header", b"HTTP/1.1 200 OK\r\nX-A: b\0c\r\nContent-Length: 0\r\n\r\n")
always("/head-cut", b"HTTP/1.1 200 OK\r\nContent-Ty")
always("/switches", answer(b"", "Upgrade: h2c", status="101 Switching Protocols"))
always("/not-modified-unasked", answer(b"", status="304 Not Modified"))
always("/negative-length", answer(PAGE, "Content-Length: -5"))
always("/two-lengths", answer(PAGE, "Content-Length: 5", "Content-Length: 20"))
always("/length-of-words", answer(PAGE, "Content-Length: many"))
always("/length-and-chunks", answer(b"0\r\n\r\n", "Content-Length: 5", CHUNKED))
always("/huge-header", answer(PAGE, "X-Big: " + "x" * 10_000_000))
always("/many-headers", answer(PAGE, *(f"X-{n}: {'y' * 900}" for n in range(10_000))))
always("/wide-headers", answer(PAGE, *(f"X-{n}: {'y' * 7_000}" for n in range(50))))

always("/redirect-nowhere", answer(b"", status="302 Found"))
always("/redirect-file", redirect("file:///etc/passwd"))
always("/redirect-gopher", redirect("gopher://127.0.0.1:70/"))
always("/redirect-data", redirect("data:text/html,hello"))
always("/redirect-javascript", redirect("javascript:alert(1)"))
always("/redirect-metadata", redirect("http://169.254.169.254/latest/meta-data/"))
always("/redirect-ipv6", redirect("http://[::1]/"))
always("/redirect-mapped", redirect("http://[::ffff:169.254.169.254]/"))
always("/redirect-nat64", redirect("http://[64:ff9b::a9fe:a9fe]/"))
always("/redirect-octal", redirect("http://0251.0376.0251.0376/"))
always("/redirect-decimal", redirect("http://2852039166/"))
always("/redirect-hex", redirect("http://0xa9fea9fe/"))
always("/redirect-port", redirect("http://127.0.0.1:1/"))
always("/redirect-userinfo", redirect("http://a:b@127.0.0.1/"))
always("/redirect-backslash", redirect("http:\\\\169.254.169.254\\"))
always("/redirect-long", redirect("/" + "x" * 5_000))
always("/redirect-loop", redirect("/redirect-loop"))
always("/redirect-good", redirect("good", status="308 Permanent Redirect"))


@mode("/hang")
async def _hang(writer: asyncio.StreamWriter, _: HostileServer) -> None:
    await asyncio.sleep(60)


@mode("/hang-in-headers")
async def _hang_in_headers(writer: asyncio.StreamWriter, _: HostileServer) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text")
    await asyncio.sleep(60)


@mode("/drip-headers")
async def _drip_headers(writer: asyncio.StreamWriter, _: HostileServer) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    for n in range(600):
        writer.write(f"X-{n}: y\r\n".encode())
        await writer.drain()
        await asyncio.sleep(0.05)


@mode("/endless-headers")
async def _endless_headers(writer: asyncio.StreamWriter, _: HostileServer) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-Some: y\r\n" * 1_000)
        await writer.drain()


@mode("/endless-header")
async def _endless_header(writer: asyncio.StreamWriter, _: HostileServer) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nX-Some: ")
    while True:
        writer.write(b"y" * 65_536)
        await writer.drain()


@mode("/endless-status-line")
async def _endless_status_line(writer: asyncio.StreamWriter, _: HostileServer) -> None:
    writer.write(b"HTTP/1.1 200 ")
    while True:
        writer.write(b"O" * 65_536)
        await writer.drain()


@mode("/endless-continue")
async def _endless_continue(writer: asyncio.StreamWriter, _: HostileServer) -> None:
    while True:
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n" * 1_000)
        await writer.drain()


@mode("/drip-continue")
async def _drip_continue(writer: asyncio.StreamWriter, _: HostileServer) -> None:
    for _n in range(600):
        writer.write(b"HTTP/1.1 102 Processing\r\n\r\n")
        await asyncio.sleep(0.1)


@mode("/reset-at-once")
async def _reset_at_once(writer: asyncio.StreamWriter, _: HostileServer) -> None:
    abort(writer)


@mode("/redirect-slowly")
async def _redirect_slowly(writer: asyncio.StreamWriter, _: HostileServer) -> None:
    await asyncio.sleep(0.15)
    writer.write(redirect("/redirect-slowly"))


@mode("/redirect-on")
async def _redirect_on(writer: asyncio.StreamWriter, server: HostileServer) -> None:
    writer.write(redirect(f"/redirect-on?{len(server.seen)}"))


@mode("/redirect-other-origin")
async def _redirect_other_origin(writer: asyncio.StreamWriter, server: HostileServer) -> None:
    writer.write(redirect(server.url("/good", host="localhost")))
