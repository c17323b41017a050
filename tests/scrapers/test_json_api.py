"""The JSON API: items by pointers, and every way in which lists go on."""

from typing import Any

import pytest

from pipeline.errors import InvalidInput, UnexpectedPage
from pipeline.sources import load_sources
from tests.scrapers.reading import read

API = "https://api.example/members"
PARAMS: dict[str, Any] = {"url": API, "items": "/items/*", "fields": {"name": "/name"}}
ANSWER = '{"items": [{"name": "Ann"}, {"name": "Bo"}], "next": "/members?after=b", "at": "b/1"}'


@pytest.mark.parametrize(
    ("paging", "url", "header", "following"),
    [
        ({"paging": "none"}, API, "", None),
        ({"paging": "page"}, API, "", f"{API}?page=2"),
        ({"paging": "page", "param": "p"}, f"{API}?x=1&p=7", "", f"{API}?x=1&p=8"),
        ({"paging": "offset"}, f"{API}?offset=40&limit=2", "", f"{API}?limit=2&offset=42"),
        ({"paging": "cursor", "next": "/at"}, API, "", f"{API}?cursor=b%2F1"),
        ({"paging": "cursor", "next": "/none"}, API, "", None),
        ({"paging": "next"}, API, "", f"{API}?after=b"),
        (
            {"paging": "link"},
            API,
            f'<{API}?p=1>; rel="prev", <{API}?p=3>; rel="next"',
            f"{API}?p=3",
        ),
        ({"paging": "link"}, API, f"<{API}?a=1,2>; title=x; rel=next", f"{API}?a=1,2"),
        ({"paging": "link"}, API, "<<;;rel=next", None),
    ],
)
def test_a_list_goes_on_as_it_is_told(
    paging: dict[str, str], url: str, header: str, following: str | None
) -> None:
    headers = {"content-type": "application/json", "link": header}

    records, links = read("json_api", ANSWER, {**PARAMS, **paging}, url=url, headers=headers)

    assert [record.fields["name"] for record in records] == ["Ann", "Bo"]
    assert [link.url for link in links] == ([following] if following else [])


@pytest.mark.parametrize("answer", ['{"items": []}', "{}", "[]", '"text"', "null", '{"items": 7}'])
def test_an_answer_without_items_ends_the_list(answer: str) -> None:
    assert read("json_api", answer, {**PARAMS, "paging": "page"}) == ([], [])


def test_pointers_lead_through_objects_lists_and_odd_names() -> None:
    answer = """\ufeff{"a/b": {"~": [{"n": {"first": " Ann  Lee "}, "mail": ["a@x.example", null],
      "age": 41, "on": true}, "no object", null]}}"""
    params = {
        **PARAMS,
        "items": "/a~1b/~0/*",
        "fields": {"name": "/n/*", "email": "/mail", "title": "/none/0/x", "city": "/on"},
        "custom": {"Age": "/age"},
    }

    records, _ = read("json_api", answer, params)

    assert records[0].fields == {"name": "Ann Lee"}
    assert (records[0].emails, records[0].custom) == (["a@x.example"], {"Age": "41"})
    assert [dict(record.raw) for record in records[1:]] == [{}, {}]


@pytest.mark.parametrize("body", [b"", b"<html>", b"{", b"[" * 100_000, b"\xff\xfe", b"NaN"])
def test_what_is_no_json_is_told_of(body: bytes) -> None:
    with pytest.raises(UnexpectedPage, match="JSON"):
        read("json_api", body, PARAMS)


@pytest.mark.parametrize("pointer", ["name", "/~2", "a/b"])
def test_what_is_no_pointer_is_refused(pointer: str) -> None:
    with pytest.raises(InvalidInput, match="pointer"):
        load_sources().require("json_api").read_params({**PARAMS, "fields": {"name": pointer}})
