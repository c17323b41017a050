"""A web of some hosts to get lost in: redirects, dead ends, slow pages, busy ones, one poisoned."""

from collections.abc import Mapping

from tests.parts.web import NETWORK, PORT, Reply
from tests.parts.web_source import POISON

POISONED = 1
"""Which host has the page that kills; on the others there is none at its path."""

Host = Mapping[str, Reply]


def make_tangle(hosts: int, pages: int, delay: float) -> list[Host]:
    """Write so many hosts with so many pages each; all of it is found from the first page.

    Every person works for one firm and stands on several pages, always with the same values.
    ``delay`` is what the first host asks for between two requests. The last one is small and
    busy: an engine that is refused once goes slowly for long.
    """
    made = [_host(number, hosts, pages, delay) for number in range(hosts - 1)]
    busy = {
        "/": Reply(_links("/busy")),
        "/busy": Reply(_card(hosts, 2), refusals=1),
        "/robots.txt": Reply(_robots(0)),
    }
    return [*made, busy]


def _host(number: int, hosts: int, pages: int, delay: float) -> Host:
    made = {f"/p/{page}": _page(number, page, hosts, pages) for page in range(1, pages + 1)}
    made |= {
        "/": Reply(_links("/p/1", "/p/2", "/gone", "/forbidden/1") + _way_on(number, hosts)),
        "/robots.txt": Reply(_robots(0 if number else delay)),
        "/moved": Reply("", 302, {"Location": "/p/3"}),
        "/away": Reply("", 301, {"Location": f"{_origin(number + 1, hosts)}/p/4"}),
        "/slow": Reply(_card(number, 1) + _links("/p/5"), seconds=0.3),
    }
    if number == POISONED:
        made[POISON] = Reply(_links("/p/2"))
    return made


def _page(number: int, page: int, hosts: int, pages: int) -> Reply:
    """Give a page that leads on in many ways, and to pages that were met before."""
    targets = [f"/p/{(page * step) % pages + 1}" for step in (1, 2, 7)]
    if page <= 3:
        targets += ["/moved", "/away", "/slow", POISON, "/p/0"]
    body = _card(number, page) + _card(number, page // 2) + _links("/", *targets)
    return Reply(body + _way_on(number, hosts))


def _card(number: int, person: int) -> str:
    email = f"ann.{number}.{person}@firm{number}.com"
    return (
        f"<article><h2>Ann Lee{'abcdefghij'[person % 10]}</h2><p class=firm>Firm {number} Ltd</p>"
        f"<p class=email>{email}</p></article>"
    )


def _links(*paths: str) -> str:
    return "".join(f"<a href='{path}'>on</a> " for path in paths)


def _way_on(number: int, hosts: int) -> str:
    return _links(f"{_origin(number + 1, hosts)}/", f"{_origin(number * 2 + 1, hosts)}/p/1")


def _robots(delay: float) -> str:
    return f"User-agent: *\nDisallow: /forbidden/\n{f'Crawl-delay: {delay}' if delay else ''}"


def _origin(number: int, hosts: int) -> str:
    """Give the origin of a host; the port stands in for the one that is known once it serves."""
    return f"http://{NETWORK}.{number % hosts + 1}:{PORT}"
