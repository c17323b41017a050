"""The listing: entries and their own pages, paging by links and by numbers, what is required."""

from typing import Any

import pytest

from pipeline.errors import InvalidInput, UnexpectedPage
from pipeline.sources import load_sources
from tests.scrapers.reading import URL, read

PARAMS: dict[str, Any] = {"start": [URL], "item": "li", "fields": {"company": "h3"}}
OWN_PAGE = """<h1>Tern &amp; Sons</h1><b class="tel">01632 960101</b>
<a href="mailto:info@tern.example">write</a> <i>Boats</i>"""


def test_an_entry_and_its_own_page_make_one_record() -> None:
    params = {
        **PARAMS,
        "custom": {"Town": "u"},
        "detail": "a",
        "detail_fields": {"phone": ".tel", "company": "h1"},
        "detail_custom": {"Branch": "i"},
    }
    page = '<li><h3>Tern</h3><u>Hull</u><a href="/tern">more</a></li><li><h3>Knot</h3></li>'

    (knot,), (link,) = read("listing", page, params)
    (tern,), links = read("listing", OWN_PAGE, params, url=link.url, carried=link.carried)

    assert (knot.fields, link.url) == ({"company": "Knot"}, "https://harbour.example/tern")
    assert tern.fields["company"] == "Tern"
    assert tern.custom == {"Town": "Hull", "Branch": "Boats"}
    assert (tern.phones, links) == (["01632 960101"], [])
    assert tern.url == "https://harbour.example/tern"


def test_an_entrys_own_page_is_read_by_itself_where_no_rule_says_how() -> None:
    markup = """<script type="application/ld+json">{"@type": "LocalBusiness", "name": "Tern",
      "email": "info@tern.example", "telephone": "+44 1632 960101"}</script><h1>Tern</h1>"""
    params = {**PARAMS, "detail": "a"}
    _, (link,) = read("listing", '<li><h3>Tern</h3><a href="/tern">more</a></li>', params)

    (tern,), _ = read("listing", markup, params, url=link.url, carried=link.carried)

    assert (tern.emails, tern.phones) == (["info@tern.example"], ["+44 1632 960101"])


def test_a_link_to_another_site_is_no_entrys_own_page() -> None:
    page = '<li><h3>Tern</h3><a href="https://tern.example/">site</a></li>'

    records, links = read("listing", page, {**PARAMS, "detail": "a"})

    assert ([record.fields["company"] for record in records], links) == (["Tern"], [])


@pytest.mark.parametrize(
    ("pattern", "url", "more", "following"),
    [
        ("/firms?page={page}", "/firms?page=4", {}, "/firms?page=5"),
        ("/firms/{page}/", "/firms/4/", {}, "/firms/5/"),
        (
            "/firms?from={page}&n=20",
            "/firms?from=20&n=20",
            {"page_step": 20},
            "/firms?from=40&n=20",
        ),
        ("/firms?page={page}", "/firms?page=4", {"last_page": 4}, None),
        ("/firms?page={page}", "/firms?page=4", {"last_page": 5}, "/firms?page=5"),
        ("/firms?page={page}", "/firms?page=all", {}, None),
        ("/firms?page={page}", "/other?page=4", {}, None),
    ],
)
def test_pages_are_counted_on_by_their_number(
    pattern: str, url: str, more: dict[str, int], following: str | None
) -> None:
    params = {**PARAMS, "start": [f"https://harbour.example{pattern}"], **more}

    _, links = read("listing", "<li><h3>x</h3></li>", params, url=f"https://harbour.example{url}")

    expected = [f"https://harbour.example{following}"] if following else []
    assert [link.url for link in links] == expected


def test_counting_ends_with_the_first_page_without_entries() -> None:
    params = {**PARAMS, "start": [f"{URL}?page={{page}}"]}
    assert read("listing", "<p>No more.</p>", params, url=f"{URL}?page=9") == ([], [])
    with pytest.raises(UnexpectedPage, match="li"):
        read("listing", "<p>No more.</p>", params, url=f"{URL}?page=1")


def test_the_first_page_bears_the_first_number() -> None:
    source = load_sources().require("listing")
    params = {**PARAMS, "start": [f"{URL}?from={{page}}"], "first_page": 0}

    assert [link.url for link in source.start(source.read_params(params))] == [f"{URL}?from=0"]


def test_what_lacks_something_required_is_no_entry_and_a_list_without_any_is_told_of() -> None:
    params = {**PARAMS, "required": ["company"]}
    records, _ = read("listing", "<li>advertisement</li><li><h3>Tern</h3></li>", params)
    assert len(records) == 1

    with pytest.raises(UnexpectedPage, match="company"):
        read("listing", "<li>advertisement</li>", params)


def test_the_owners_wish_is_respected() -> None:
    page = '<li><h3>Tern</h3></li><a class="next" href="?page=2">on</a>'
    params = {**PARAMS, "next": "a.next"}

    records, links = read("listing", page, params, headers={"x-robots-tag": "noindex"})
    assert (len(records), len(links)) == (0, 1)
    records, links = read("listing", page, params, headers={"x-robots-tag": "nofollow"})
    assert (len(records), len(links)) == (1, 0)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"fields": {}}, "fields"),
        ({"fields": {"company": "h3 =~ (a"}}, "pattern"),
        ({"fields": {"company": "h3[@href"}}, "CSS"),
        ({"required": ["nickname"]}, "nickname"),
        ({"item": ""}, "item"),
    ],
)
def test_rules_that_cannot_be_followed_are_refused_before_a_run(
    change: dict[str, Any], word: str
) -> None:
    with pytest.raises(InvalidInput, match=word):
        load_sources().require("listing").read_params({**PARAMS, **change})
