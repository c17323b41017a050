"""The invented directory, served by a process of its own for crawlers to visit.

``python -m tests.benchmarks.directory_site PAGES [--hosts N] [--latency SECONDS]`` prints the
site's port and serves it until it is ended: at 127.0.0.1, or at so many addresses from 127.0.1.1
on. It answers from memory, and so is far faster than any crawler.
"""

import argparse
import asyncio
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from hashlib import blake2b

from tests.benchmarks.contest import on_cores
from tests.benchmarks.directory_pages import page_path, render_page, render_sitemap

ROBOTS = "User-agent: *\nDisallow: /account/\nAllow: /\n\nSitemap: /sitemap.xml\n"
MANY_HOSTS = "127.0.1"


class _Answering(asyncio.Protocol):
    """One connection: each request is answered with bytes that were made before."""

    def __init__(self, answers: Mapping[bytes, bytes], latency: float) -> None:
        self._answers = answers
        self._latency = latency
        self._received = b""
        self._transport: asyncio.WriteTransport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            path = self._received[: self._received.find(b"\r\n")].split(b" ", 2)[1]
            self._received = self._received[end + 4 :]
            answer = self._answers.get(path, self._answers[b""])
            if self._latency:
                asyncio.get_running_loop().call_later(self._latency, self._send, answer)
            else:
                self._transport.write(answer)

    def _send(self, answer: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(answer)


@contextmanager
def open_directory(pages: int, *, hosts: int = 1, latency: float = 0.0) -> Iterator[list[str]]:
    """Serve a directory from the last core, and give its origins: ``http://127.0.0.1:1234``."""
    command = [sys.executable, "-m", "tests.benchmarks.directory_site", str(pages)]
    server = subprocess.Popen(
        [*command, "--hosts", str(hosts), "--latency", str(latency)],
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=on_cores(slice(-1, None)),  # noqa: PLW1509 - it only calls the kernel
    )
    with server:
        assert server.stdout is not None
        try:
            port = int(server.stdout.readline())
            yield [f"http://{address}:{port}" for address in _addresses(hosts)]
        finally:
            server.terminate()


async def _serve(pages: int, hosts: int, latency: float) -> None:
    answers = dict(_make_answers(pages))
    loop = asyncio.get_running_loop()
    make = partial(_Answering, answers, latency)
    first, *others = _addresses(hosts)
    servers = [await loop.create_server(make, first, 0, backlog=1_000)]
    port = servers[0].sockets[0].getsockname()[1]
    servers += [await loop.create_server(make, address, port) for address in others]
    print(port, flush=True)
    await asyncio.gather(*(server.serve_forever() for server in servers))


def _addresses(hosts: int) -> list[str]:
    return ["127.0.0.1"] if hosts == 1 else [f"{MANY_HOSTS}.{n}" for n in range(1, hosts + 1)]


def _make_answers(pages: int) -> Iterator[tuple[bytes, bytes]]:
    html, text, xml = "text/html; charset=utf-8", "text/plain", "application/xml"
    yield b"", _answer("404 Not Found", text, b"not here")
    yield b"/robots.txt", _answer("200 OK", text, ROBOTS.encode())
    sitemap = render_sitemap("http://127.0.0.1", pages)
    yield b"/sitemap.xml", _answer("200 OK", xml, sitemap.encode())
    for number in range(pages):
        body = render_page(number, pages).encode()
        yield page_path(number).encode(), _answer("200 OK", html, body)


def _answer(status: str, kind: str, body: bytes) -> bytes:
    tag = blake2b(body, digest_size=8).hexdigest()
    head = (
        f"HTTP/1.1 {status}\r\nServer: directory\r\nContent-Type: {kind}\r\n"
        f"Last-Modified: Mon, 05 Oct 2026 08:00:00 GMT\r\n"
        f'ETag: "{tag}"\r\nContent-Length: {len(body)}\r\n\r\n'
    )
    return head.encode() + body


def main() -> None:
    """Serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=int)
    parser.add_argument("--hosts", type=int, default=1)
    parser.add_argument("--latency", type=float, default=0.0)
    arguments = parser.parse_args()
    asyncio.run(_serve(arguments.pages, arguments.hosts, arguments.latency))


if __name__ == "__main__":
    main()
