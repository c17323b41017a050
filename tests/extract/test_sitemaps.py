"""Sitemaps as they are found: packed, broken, huge, hostile, or just a list of lines."""

import gzip
import time
import tracemalloc
from datetime import UTC, datetime

import pytest

from pipeline.extract.sitemap import SitemapEntry, find_entries, find_locations, is_sitemap

NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(*entries: str) -> bytes:
    body = "".join(f"<url>{entry}</url>" for entry in entries)
    return f"<?xml version='1.0'?><urlset {NAMESPACE}>{body}</urlset>".encode()


def urls(body: bytes) -> list[str]:
    return list(find_locations(body))


def test_a_page_comes_with_the_day_it_changed() -> None:
    body = urlset("<loc>http://a.example/</loc><lastmod>2026-11-01</lastmod>")

    assert list(find_entries(body)) == [
        SitemapEntry("http://a.example/", datetime(2026, 11, 1, tzinfo=UTC))
    ]


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026", datetime(2026, 1, 1, tzinfo=UTC)),
        ("2026-11", datetime(2026, 11, 1, tzinfo=UTC)),
        (" 2026-11-02T10:00Z ", datetime(2026, 11, 2, 10, tzinfo=UTC)),
        ("2026-11-02T10:00:30.25+02:00", datetime(2026, 11, 2, 8, 0, 30, 250_000, UTC)),
        ("yesterday", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("", None),
    ],
)
def test_a_date_is_read_in_all_its_forms(written: str, moment: datetime | None) -> None:
    body = urlset(f"<lastmod>{written}</lastmod><loc>http://a.example/</loc>")

    assert [entry.last_modified for entry in find_entries(body)] == [moment]


def test_an_index_leads_to_sitemaps() -> None:
    body = b"<sitemapindex><sitemap><loc>http://a.example/1.xml</loc></sitemap></sitemapindex>"

    assert list(find_entries(body)) == [SitemapEntry("http://a.example/1.xml", is_sitemap=True)]


@pytest.mark.parametrize(
    "body",
    [
        urlset("<loc>http://a.example/?a=1&amp;b=2</loc>"),
        urlset("<loc>http://a.example/?a=1&b=2</loc>"),
        urlset("<loc>\n  http://a.example/?a=1&#38;b=2\n</loc>"),
        urlset("<loc><![CDATA[http://a.example/?a=1&b=2]]></loc>"),
        urlset("<loc><!-- the page -->http://a.example/?a=1&b=2<!-- <loc>no</loc> --></loc>"),
        urlset("<LOC>http://a.example/?a=1&b=2</LOC>"),
        urlset('<loc xml:lang="en">http://a.example/?a=1&b=2</loc >'),
        urlset("<loc>http://a.example/?a=1&b=2</loc><image:image><image:loc>no</image:loc>"),
        b'<s:urlset xmlns:s="x"><s:url><s:loc>http://a.example/?a=1&amp;b=2</s:loc></s:url>',
        b"\xef\xbb\xbf" + urlset("<loc>http://a.example/?a=1&b=2</loc>"),
        b"\xff\xfe" + urlset("<loc>http://a.example/?a=1&b=2</loc>").decode().encode("utf-16-le"),
        gzip.compress(
            gzip.compress(urlset("<loc>http://a.example/?a=1&b=2</loc>"), mtime=0), mtime=0
        ),
        b"http://a.example/?a=1&b=2\r\nnot a page\r\nftp://a.example/\r\n",
        b"\xef\xbb\xbf\n  http://a.example/?a=1&b=2\n",
        gzip.compress(b"http://a.example/?a=1&b=2", mtime=0),
        urlset("<loc>http://a.example/?a=1&b=2</loc>").replace(b"</url></urlset>", b""),
        urlset("<!-- <loc>http://a.example/old</loc> --><loc>http://a.example/?a=1&b=2</loc>"),
    ],
)
def test_a_page_is_found_however_it_is_written(body: bytes) -> None:
    assert is_sitemap(body)
    assert urls(body) == ["http://a.example/?a=1&b=2"]


def test_what_is_left_of_a_torn_sitemap_is_read() -> None:
    packed = gzip.compress(urlset(*(f"<loc>http://a.example/{n * n}</loc>" for n in range(999))))

    assert len(urls(packed[: len(packed) // 2])) > 300


def test_entities_of_its_own_are_not_expanded() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 20))
    body = f"<!DOCTYPE u [<!ENTITY l0 'ha'>{laughs}]>".encode()

    assert urls(body + urlset("<loc>http://a.example/&l19;</loc>")) == ["http://a.example/&l19;"]


def test_a_url_longer_than_any_is_left_out() -> None:
    long = "http://a.example/" + "x" * 5_000

    assert urls(urlset(f"<loc>{long}</loc>", "<loc>http://a.example/</loc>")) == [
        "http://a.example/"
    ]


@pytest.mark.parametrize(
    "body",
    [b"", b"\x00" * 99, b"<html><body>a sitemap</body>", b"http:// is a scheme", b"\x1f\x8b\x08"],
)
def test_this_is_no_sitemap(body: bytes) -> None:
    assert not is_sitemap(body)
    assert urls(body) == []


ROOT = urlset().removesuffix(b"</urlset>")
HOSTILE = {
    "nothing": (b"", b"\0"),
    "open tags": (ROOT, b"<"),
    "open comments": (ROOT, b"<!--"),
    "open sections": (ROOT, b"<loc><![CDATA["),
    "open locations": (ROOT, b"<loc>"),
    "one endless tag": (ROOT + b"<loc ", b"a"),
    "one endless location": (ROOT + b"<loc>", b"a"),
    "one endless line": (b"http://a.example/", b"a"),
    "blank lines": (b"http://a.example/\n", b"\n"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_sitemap_costs_little(name: str) -> None:
    head, piece = HOSTILE[name]
    packed = gzip.compress(head + piece * ((50 << 20) // len(piece)), 1)
    began = time.process_time()

    assert len(urls(packed)) <= 1
    assert time.process_time() - began < 5


def test_a_sitemap_ends_where_the_protocol_says() -> None:
    packed = gzip.compress(urlset(*(f"<loc>http://a.example/{n}</loc>" for n in range(60_000))))

    assert sum(1 for _ in find_entries(packed)) == 50_000


def test_what_is_not_asked_for_is_not_unpacked() -> None:
    packed = gzip.compress(urlset("<loc>http://a.example/</loc>") + b" " * (40 << 20))
    tracemalloc.start()
    try:
        first = next(find_entries(packed))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert first.url == "http://a.example/"
    assert peak < 1 << 20
