"""The sample site must answer everywhere, and hold what real sites hold."""

import csv
import io
import json
from collections.abc import Iterator
from html import unescape
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from protego import Protego
from selectolax.lexbor import LexborHTMLParser

from pipeline.demo.sample_file import DELIMITER, ENCODING, make_sample_file
from pipeline.demo.sample_site import SampleSite, serve_sample_site
from pipeline.demo.site_members import find_members

DEAD = "/members/old-quay-chandlers/"


@pytest.fixture(scope="module")
def site() -> Iterator[SampleSite]:
    with serve_sample_site() as running:
        yield running


def get(site: SampleSite, path: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection(site.host_and_port, timeout=10)
    try:
        connection.request(method, path)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


def read(site: SampleSite, path: str) -> LexborHTMLParser:
    return LexborHTMLParser(site.pages[path].body)


def test_all_sixty_pages_answer_as_announced(site: SampleSite) -> None:
    statuses = {path: get(site, path)[0] for path in site.pages}
    assert len(statuses) == 60
    assert {path: status for path, status in statuses.items() if status != 200} == {
        "/tides/": 500,
        "/harbour-office/": 301,
    }


def test_every_page_is_a_document_with_title_and_heading(site: SampleSite) -> None:
    for path, page in site.pages.items():
        if not page.location:
            tree = LexborHTMLParser(page.body)
            assert [bool(title.text()) for title in tree.css("title")] == [True], path
            assert len(tree.css("h1")) == 1, path


def test_every_link_within_the_site_leads_somewhere_but_one(site: SampleSite) -> None:
    links = {
        link.attributes["href"] or ""
        for path, page in site.pages.items()
        for link in read(site, path).css("a[href]")
        if page.body
    }
    inner = {link for link in links if link.startswith("/")}
    assert inner - set(site.pages) == {DEAD}
    assert get(site, DEAD)[0] == 404


def test_every_page_can_be_reached_from_the_home_page(site: SampleSite) -> None:
    seen, to_visit = set[str](), ["/"]
    while to_visit:
        path = to_visit.pop()
        if path in site.pages and path not in seen:
            seen.add(path)
            to_visit += [link.attributes["href"] or "" for link in read(site, path).css("a[href]")]
    assert seen == set(site.pages)


def test_robots_txt_forbids_one_folder_and_asks_for_no_delay(site: SampleSite) -> None:
    robots = Protego.parse(get(site, "/robots.txt")[2].decode())
    assert not robots.can_fetch(f"{site.url}/private/minutes.html", "anyone")
    assert robots.can_fetch(f"{site.url}/members/", "anyone")
    assert robots.crawl_delay("anyone") == 0
    assert list(robots.sitemaps) == [f"{site.url}/sitemap.xml"]


def test_the_sitemap_lists_pages_of_this_site_and_none_forbidden(site: SampleSite) -> None:
    tree = LexborHTMLParser(get(site, "/sitemap.xml")[2])
    paths = [urlsplit(place.text()).path for place in tree.css("loc")]
    assert len(paths) == 58
    assert set(paths) < set(site.pages)
    assert not any(path.startswith("/private/") for path in paths)


def test_the_archive_is_latin_1_and_says_so_only_in_its_head(site: SampleSite) -> None:
    _, headers, body = get(site, "/archive/founders.html")
    assert headers["Content-Type"] == "text/html"
    assert b'charset="iso-8859-1"' in body
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")


def test_each_member_page_tells_whom_to_write_to(site: SampleSite) -> None:
    for member in find_members():
        html = unescape(site.pages[member.path].body.decode())
        assert member.person.email in html
        assert member.person.company.name in html


def test_members_publish_themselves_in_every_common_way(site: SampleSite) -> None:
    pages = [site.pages[member.path].body.decode() for member in find_members()]
    ways = ("application/ld+json", "itemprop=", "h-card", "mailto:", "tel:", "<table", "&#64;")
    assert all(any(way in page for page in pages) for way in ways)


def test_json_ld_on_the_site_parses(site: SampleSite) -> None:
    blocks = [
        block.text()
        for path in site.pages
        for block in read(site, path).css('script[type="application/ld+json"]')
    ]
    assert len(blocks) == 10
    assert all(json.loads(block)["@context"] == "https://schema.org" for block in blocks)


def test_some_members_stand_in_the_sample_file_too_and_some_do_not(site: SampleSite) -> None:
    text = make_sample_file().decode(ENCODING)
    table = csv.DictReader(io.StringIO(text, newline=""), delimiter=DELIMITER)
    in_file = {row["E-Mail"].strip().lower() for row in table}
    emails = [member.person.email for member in find_members()]
    assert 15 < sum(email in in_file for email in emails) < 30


def test_a_head_request_gets_the_head_alone(site: SampleSite) -> None:
    status, headers, body = get(site, "/", "HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) == len(site.pages["/"].body)


def test_one_connection_serves_many_pages(site: SampleSite) -> None:
    connection = HTTPConnection(site.host_and_port, timeout=10)
    try:
        for path in ("/", "/members/", "/style.css"):
            connection.request("GET", path)
            assert connection.getresponse().read()
        socket = connection.sock
        connection.request("GET", "/about/")
        connection.getresponse().read()
        assert connection.sock is socket
    finally:
        connection.close()
