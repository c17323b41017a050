"""A web site on this machine, made of a dict, for tests that fetch."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

Answer = tuple[int, Mapping[str, str], bytes]


@dataclass
class Site:
    """A running site: change ``pages`` at any time; ``requests`` says what was asked of it.

    Who names the ETag of a path in ``not_modified`` is told that nothing changed.
    """

    url: str
    pages: dict[str, Answer]
    requests: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    not_modified: dict[str, str] = field(default_factory=dict)

    def paths(self) -> list[str]:
        """Give the paths asked for, in order."""
        return [path for _, path, _ in self.requests]


@contextmanager
def open_site(pages: Mapping[str, Answer | str]) -> Iterator[Site]:
    """Serve ``path → (status, headers, body)``; a plain string is an HTML page, the rest is 404."""
    site = Site("", {path: to_answer(page) for path, page in pages.items()})
    handler = type("Handler", (_Handler,), {"site": site})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        site.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()


def to_answer(page: Answer | str) -> Answer:
    """Make an answer of a page; a plain string is HTML."""
    if isinstance(page, str):
        return 200, {"Content-Type": "text/html; charset=utf-8"}, page.encode()
    return page


class _Handler(BaseHTTPRequestHandler):
    site: ClassVar[Site]
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # one packet an answer; head and body in two would each wait for a receipt

    def do_GET(self) -> None:
        self.site.requests.append((self.command, self.path, dict(self.headers)))
        status, headers, body = self.site.pages.get(self.path, (404, {}, b"not here"))
        etag = self.site.not_modified.get(self.path)
        if etag is not None and self.headers.get("If-None-Match") == etag:
            status, headers, body = 304, {"ETag": etag}, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""
