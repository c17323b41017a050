"""Whose site a page belongs to, where its sitemap leads, which links come first."""

import gzip

import pytest
from selectolax.lexbor import LexborHTMLParser

from pipeline.extract.people import NOT_A_NAME, name_fits_email, rate_name
from pipeline.extract.ranking import is_page_url, rank_link
from pipeline.extract.sitemap import find_locations, is_sitemap, is_sitemap_url
from pipeline.extract.sites import find_site_name, has_legal_form, same_owner
from pipeline.extract.titles import is_job_title
from pipeline.extract.visible import find_lines


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ('<meta property="og:site_name" content="Tern &amp; Sons"><title>x</title>', "Tern & Sons"),
        ("<title>Contact Us | Tern Ltd</title>", "Tern Ltd"),
        ("<title>Tern Ltd - Boats and more for everybody on the coast</title>", "Tern Ltd"),
        (
            "<title>Home</title><p>© 2019-2026 Tern Limited. All rights reserved.</p>",
            "Tern Limited",
        ),
        ("<title>Boats!</title><h1>Welcome</h1><h2>Tern Boats</h2>", "Tern Boats"),
        ("<title>Home</title>", "www.tern.example"),
        ("", "www.tern.example"),
    ],
)
def test_a_site_is_named(html: str, name: str) -> None:
    page = LexborHTMLParser(html)
    lines = [line.text for line in find_lines(page)]

    assert find_site_name(page, "www.tern.example", "\n".join(lines)) == name


def test_lines_are_what_a_reader_sees() -> None:
    html = """<body><p>One <b>bold</b> line<br>and another</p>tail<script>no()</script>
      <div>nested <p>inner</p> after</div><style>p{}</style><textarea>no</textarea></body>"""

    assert [line.text.strip() for line in find_lines(LexborHTMLParser(html))] == [
        "One bold line",
        "and another",
        "tail",
        "nested",
        "inner",
        "after",
    ]


NAMES = ["Ann Lee", "Dr. Ann B. Lee", "Ludwig van Beethoven", "Renée O'Neil-Smith", "Lee, Ann"]
NO_NAMES = ["Ann", "ann lee", "Contact Us", "Tern Ltd", "Sales Manager", "Ann Lee 2", "a@b.example"]


@pytest.mark.parametrize("text", NAMES)
def test_this_is_a_name(text: str) -> None:
    assert rate_name(text) != NOT_A_NAME


@pytest.mark.parametrize("text", [*NO_NAMES, "", "The Quick Brown Fox Jumps", "Our Team", "A B"])
def test_this_is_no_name(text: str) -> None:
    assert rate_name(text) == NOT_A_NAME


def test_job_titles_are_known_by_their_words() -> None:
    assert all(map(is_job_title, ("Head of Sales", "CEO & Founder", "Einkaufsleitung")))
    assert not any(map(is_job_title, ("Ann Lee", "London", "Sales at sales@tern.example")))


@pytest.mark.parametrize(
    ("email", "fits"),
    [("ann.lee@x", True), ("alee@x", True), ("al@x", True), ("info@x", False), ("bo@x", False)],
)
def test_an_address_fits_a_name(email: str, fits: bool) -> None:  # noqa: FBT001 - a table's column
    assert name_fits_email("Ann Lee", email) is fits


@pytest.mark.parametrize("text", ["Tern Ltd", "Tern GmbH & Co. KG", "Tern S.A.", "Tern, Inc."])
def test_a_company_is_known_by_its_legal_form(text: str) -> None:
    assert has_legal_form(text)


@pytest.mark.parametrize("text", ["The Team", "Ann & Bo", "", "Ltd"])
def test_this_has_no_legal_form(text: str) -> None:
    assert not has_legal_form(text)


def test_owners_are_told_apart_by_domain() -> None:
    assert same_owner("tern.example", "www.tern.example")
    assert same_owner("mail.tern.example", "tern.example")
    assert not same_owner("intern.example", "tern.example")


SITEMAP = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc> https://tern.example/a?x=1&amp;y=2 </loc></url>
<url><loc><![CDATA[https://tern.example/b]]></loc></url><url><loc>https://tern.example/cut"""


@pytest.mark.parametrize("body", [SITEMAP, gzip.compress(SITEMAP, mtime=0)])
def test_a_sitemap_is_read_packed_or_not_and_broken(body: bytes) -> None:
    assert is_sitemap(body)
    assert list(find_locations(body)) == [
        "https://tern.example/a?x=1&y=2",
        "https://tern.example/b",
    ]


def test_an_index_of_sitemaps_is_one_too() -> None:
    assert is_sitemap(b"<sitemapindex><sitemap><loc>https://tern.example/s.xml</loc></sitemap>")
    assert not is_sitemap(b"<html><body>sitemap</body>")
    assert not is_sitemap(b"\x1f\x8bnot really")


def test_a_sitemap_is_bounded() -> None:
    assert len(list(find_locations(b"<loc>x</loc>" * 100, limit=7))) == 7
    bomb = gzip.compress(b"\0" * (60 << 20))
    assert list(find_locations(bomb)) == []


def test_sitemaps_are_known_by_name() -> None:
    assert is_sitemap_url("https://tern.example/sitemap_index.xml")
    assert is_sitemap_url("https://tern.example/sitemap-1.xml.gz")
    assert not is_sitemap_url("https://tern.example/sitemap/")


def test_pages_that_name_people_come_first() -> None:
    urls = ["/blog/", "/contact", "/cart", "/ueber-uns", "/shop?page=2", "/impressum.html", "/team"]

    ordered = sorted(urls, key=lambda path: rank_link(f"https://tern.example{path}"))

    assert ordered[:4] == ["/contact", "/impressum.html", "/ueber-uns", "/team"]
    assert ordered[-2:] == ["/cart", "/shop?page=2"]
    assert rank_link("https://tern.example/p7", "Contact us") == rank_link(
        "https://a.example/contact"
    )


def test_files_are_no_pages() -> None:
    assert not is_page_url("https://tern.example/a/brochure.PDF")
    assert is_page_url("https://tern.example/v1.2/team")
    assert is_page_url("https://tern.example/index.php")
