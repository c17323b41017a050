"""The sample site, served on this machine only: what the demonstration's scraper visits."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

from pipeline.demo.site_layout import render_page
from pipeline.demo.site_pages import HTML, Page, make_pages, make_side_files

NOT_FOUND = Page(
    render_page("Not found", "<h1>Nothing here but gulls</h1>").encode(),
    HTML,
    HTTPStatus.NOT_FOUND,
)


@dataclass(frozen=True, slots=True)
class SampleSite:
    """The running site: where it stands and which pages it has, by path."""

    url: str
    pages: Mapping[str, Page]

    @property
    def host_and_port(self) -> str:
        """What the fetcher must be allowed to visit although it is a private address."""
        return urlsplit(self.url).netloc


@contextmanager
def serve_sample_site(port: int = 0) -> Iterator[SampleSite]:
    """Serve the site from a thread of this process; port 0 takes a free one."""
    answers: dict[str, Page] = {}
    with ThreadingHTTPServer(("127.0.0.1", port), _make_handler(answers)) as server:
        site = SampleSite(f"http://127.0.0.1:{server.server_port}", make_pages())
        answers.update(site.pages)
        answers.update(make_side_files(site.url, site.pages))
        thread = Thread(target=server.serve_forever, args=(0.05,), name="sample-site", daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()


def _make_handler(answers: Mapping[str, Page]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version, sys_version = "Quay/1", ""
        timeout = 10
        # One packet an answer: head and body in two would each wait for the other's receipt.
        wbufsize = -1

        def do_GET(self) -> None:
            self._answer(with_body=True)

        def do_HEAD(self) -> None:
            self._answer(with_body=False)

        def _answer(self, *, with_body: bool) -> None:
            page = answers.get(urlsplit(self.path).path, NOT_FOUND)
            self.send_response(page.status)
            self.send_header("Content-Type", page.content_type)
            self.send_header("Content-Length", str(len(page.body)))
            if page.location:
                self.send_header("Location", page.location)
            self.end_headers()
            if with_body:
                self.wfile.write(page.body)

        def log_message(self, *_: object) -> None:
            """Stay silent: the terminal belongs to the demonstration."""

    return Handler
