"""An invented company directory, served by a process of its own, for two crawlers to visit.

``python -m tests.benchmarks.directory_site PAGES`` prints the site's address and serves it.
"""

import asyncio
import sys
from collections.abc import Iterator, Mapping
from random import Random

LINKS = 60
_HEAD = "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n"


def make_pages(count: int) -> Mapping[str, bytes]:
    """Give ``count`` pages by path: a start page that leads to companies, which lead on."""
    paths = ["/", *(f"/company/{number}" for number in range(1, count))]
    rng = Random(1)
    return {path: _page(rng, number, paths).encode() for number, path in enumerate(paths)}


def _page(rng: Random, number: int, paths: list[str]) -> str:
    following = paths[number * LINKS + 1 : (number + 1) * LINKS + 1]
    others = rng.choices(paths[1:], k=LINKS - len(following))
    links = "".join(f'<li><a href="{path}">Company</a></li>' for path in [*following, *others])
    text = " ".join(rng.choices(("goods", "trade", "quality", "service", "since", "city"), k=400))
    card = f"""
      <article class="company"><h1>Company {number} Ltd</h1>
        <p class="person">Ann Lee</p>
        <a class="mail" href="mailto:ann.{number}@company{number}.com">Write</a>
        <a class="tel" href="tel:+44 113 {200 + number % 700} {number % 10_000:04d}">Call</a>
        <a class="site" href="https://company{number}.com/">Site</a>
      </article>"""
    return f"""<!doctype html><html><head><title>Company {number}</title></head>
      <body><ul>{links}</ul>{card if number else ""}<p>{text}</p></body></html>"""


async def _serve(pages: Mapping[str, bytes]) -> None:
    answers = {path.encode(): b"".join(_answer(body)) for path, body in pages.items()}
    missing = b"".join(_answer(b"not here", "404 Not Found"))

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                request = await reader.readuntil(b"\r\n\r\n")
                writer.write(answers.get(request.split(b" ", 2)[1], missing))
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


def _answer(body: bytes, status: str = "200 OK") -> Iterator[bytes]:
    kind = "text/html; charset=utf-8"
    yield _HEAD.format(status=status, kind=kind, length=len(body)).encode()
    yield body


if __name__ == "__main__":
    asyncio.run(_serve(make_pages(int(sys.argv[1]))))
