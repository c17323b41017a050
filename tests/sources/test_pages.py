"""What a scraper can do with a page."""

import pytest

from pipeline.errors import InvalidInput, UnexpectedPage
from pipeline.fetch.client import Response
from pipeline.sources import Link, Page, Params, check_css

HTML = """<h1> Harbour
 firms </h1>
<ul><li><b>Tern</b><b>Knot</b><a href="/tern#top">Tern</a></li></ul>
<a href="/tern">again</a> <a href="mailto:a@tern.example">mail</a> <a href="//[">broken</a>"""


def make_page(
    html: str = HTML,
    url: str = "https://firms.example/list/",
    headers: dict[str, str] | None = None,
    **params: object,
) -> Page[Params]:
    stated = {"content-type": "text/html; charset=utf-8"} if headers is None else headers
    response = Response(url, url, 200, stated, html.encode())
    return Page(response, Params.model_validate(params), default_region="US")


def test_a_record_keeps_what_was_published_as_its_proof() -> None:
    record = make_page().record(company="Tern", phone=" 01632 960101 ", title="", city=None)

    assert record.fields == {"company": "Tern"}
    assert record.phones == [" 01632 960101 "]
    assert record.raw == {"company": "Tern", "phones": " 01632 960101 "}
    assert record.url == "https://firms.example/list/"


def test_a_record_takes_several_addresses_and_values_of_its_own() -> None:
    record = make_page().record({"name": "Ann"}, emails=["a@x.example", ""], custom={"fleet": "7"})

    assert record.emails == ["a@x.example"]
    assert record.custom == {"fleet": "7"}
    assert record.raw["fleet"] == "7"


def test_a_record_refuses_a_field_it_does_not_know() -> None:
    with pytest.raises(InvalidInput, match="nickname"):
        make_page().record(name="Ann", nickname="Annie")


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("tern", "https://firms.example/list/tern"),
        ("/tern#top", "https://firms.example/tern"),
        ("HTTPS://Other.Example:443/./a", "https://other.example/a"),
    ],
)
def test_a_followed_link_is_absolute_and_canonical(href: str, url: str) -> None:
    assert make_page().follow(href, priority=3) == Link(url, 3)


@pytest.mark.parametrize("href", ["mailto:a@b.example", "javascript:x", "ftp://a.example/", "//["])
def test_a_link_to_no_page_cannot_be_followed(href: str) -> None:
    with pytest.raises(UnexpectedPage):
        make_page().follow(href)


def test_all_links_of_a_page_are_given_once() -> None:
    assert list(make_page().links()) == [(Link("https://firms.example/tern"), "Tern")]


def test_a_base_element_says_what_links_are_relative_to() -> None:
    page = make_page('<base href="/en/"><a href="tern">Tern</a>')

    assert page.follow("tern").url == "https://firms.example/en/tern"


def test_text_is_that_of_the_one_element_that_matches() -> None:
    page = make_page()

    assert page.text(page.html, "h1") == "Harbour firms"
    assert page.text(page.html, "h2", optional=True) == ""
    assert page.href(page.html, "li a") == "https://firms.example/tern"
    assert page.values(page.html, "b") == ["Tern", "Knot"]


@pytest.mark.parametrize("css", ["h2", "b"])
def test_no_match_or_several_are_told_of(css: str) -> None:
    page = make_page()

    with pytest.raises(UnexpectedPage, match=css):
        page.text(page.html, css)


def test_an_entry_that_must_be_there_is_missed() -> None:
    with pytest.raises(UnexpectedPage):
        make_page().require("article")


def test_the_owners_wish_not_to_be_kept_is_read() -> None:
    stated = make_page('<meta name="ROBOTS" content="NoIndex, NoFollow">')
    in_header = make_page(headers={"x-robots-tag": "noindex"})

    assert (stated.may_index, stated.may_follow) == (False, False)
    assert (in_header.may_index, in_header.may_follow) == (False, True)
    assert (make_page().may_index, make_page().may_follow) == (True, True)


@pytest.mark.parametrize(
    ("host", "params", "region"),
    [
        ("firms.example", {}, "US"),
        ("firma.de", {}, "DE"),
        ("firm.co.uk", {}, "GB"),
        ("startup.io", {}, "US"),
        ("firma.de", {"region": "AT"}, "AT"),
    ],
)
def test_a_plain_phone_belongs_to_the_country_given_or_the_hosts(
    host: str, params: dict[str, object], region: str
) -> None:
    assert make_page(url=f"https://{host}/", **params).region == region


def test_a_selector_is_checked() -> None:
    assert check_css("li > a[href]") == "li > a[href]"
    with pytest.raises(ValueError, match="CSS"):
        check_css("li[")
