"""How lists go on: the next number in an address, a parameter of it, a header that tells."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote, unquote_plus, urlsplit, urlunsplit

from pydantic import Field

from pipeline.errors import FetchRefused
from pipeline.fetch.urls import parse_url
from pipeline.sources import Link, Page, Params

PAGE = "{page}"
NEXT = 1
"""The priority of further pages of a list: what stands on this one comes first."""
_PROBE = "9182736450"
_NUMBER = re.compile(r"[0-9]{1,9}")
_REL = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))", re.IGNORECASE)


def numbered(pattern: str, number: int) -> str:
    """Give the address of one page of a list: ``pattern`` with the number for ``{page}``."""
    return pattern.replace(PAGE, str(number))


def number_of(url: str, pattern: str) -> int | None:
    """Give the number that an address bears where ``pattern`` says ``{page}``; None if it fits not.

    Both may be written in different ways; what counts is where they lead.
    """
    if PAGE not in pattern:
        return None
    try:
        probe, here = parse_url(numbered(pattern, int(_PROBE))).url, parse_url(url).url
    except FetchRefused:
        return None
    before, _, after = probe.partition(_PROBE)
    if not (here.startswith(before) and here.endswith(after)):
        return None
    middle = here[len(before) : len(here) - len(after)]
    return int(middle) if middle.isascii() and middle.isdecimal() else None


def query_value(url: str, name: str) -> str:
    """Give the value of a parameter of an address, or nothing."""
    for pair in urlsplit(url).query.split("&"):
        key, _, value = pair.partition("=")
        if unquote_plus(key) == name:
            return unquote_plus(value)
    return ""


def with_query(url: str, name: str, value: str) -> str:
    """Give an address with one of its parameters set; all else stays as it is written."""
    parts = urlsplit(url)
    pairs = [pair for pair in parts.query.split("&") if pair]
    kept = [pair for pair in pairs if unquote_plus(pair.partition("=")[0]) != name]
    query = "&".join([*kept, f"{quote(name, safe='[]')}={quote(value, safe='')}"])
    return urlunsplit(parts._replace(query=query))


def find_next_links(header: str) -> Iterator[str]:
    """Give the targets of relation ``next`` that a Link header names (RFC 8288)."""
    for part in header.split("<")[1:]:
        target, closed, rest = part.partition(">")
        relation = _REL.search(rest)
        if closed and relation and "next" in (relation[1] or relation[2] or "").lower().split():
            yield target.strip()


class NumberParams(Params):
    """How the number counts that an address has in the place of `{page}`."""

    first_page: int = Field(default=1, ge=0, description="What {page} begins with")
    page_step: int = Field(default=1, ge=1, description="How far {page} counts on each time")
    last_page: int = Field(default=0, ge=0, description="Where {page} ends; 0: after the entries")


def first_pages(patterns: Iterable[str], params: NumberParams) -> list[str]:
    """Give the addresses that a list begins with."""
    return [numbered(pattern, params.first_page) for pattern in patterns]


def is_later_page(page: Page[Any], patterns: Iterable[str], params: NumberParams) -> bool:
    """Whether a page is one further on, which nobody promised to exist."""
    numbers = [number_of(page.url, pattern) for pattern in patterns]
    return any(number is not None and number > params.first_page for number in numbers)


def follow_number(page: Page[Any], patterns: Iterable[str], params: NumberParams) -> Iterator[Link]:
    """Give the page after this one where its address is one of ``patterns``."""
    for pattern in patterns:
        number = number_of(page.url, pattern)
        if number is None or number < params.first_page:
            continue
        following = number + params.page_step
        if not params.last_page or following <= params.last_page:
            yield from page.follow_all([numbered(pattern, following)], priority=NEXT)


def follow_next(page: Page[Any], css: str) -> Iterator[Link]:
    """Give the pages of the same site that all matching links lead to."""
    for link, _ in page.links(css) if css else ():
        if is_same_site(page, link):
            yield replace(link, priority=NEXT)


def is_same_site(page: Page[Any], link: Link) -> bool:
    """Whether a link stays on the page's own host; ``www.`` makes no difference."""
    there = urlsplit(link.url).hostname or ""
    return there.removeprefix("www.") == page.host.removeprefix("www.")


def next_in_query(url: str, paging: str, name: str, items: int, cursor: str) -> list[str]:
    """Give the address of the next answer of an API, if there may be one.

    ``paging`` says what its parameter ``name`` holds: the number of the ``page``, the ``offset``,
    which the ``items`` of this answer move on, or the ``cursor`` that this answer told.
    """
    name = name or paging
    if paging == "cursor":
        return [with_query(url, name, cursor)] if cursor else []
    if paging not in {"page", "offset"}:
        return []
    stated = query_value(url, name)
    first = 1 if paging == "page" else 0
    number = int(stated) if _NUMBER.fullmatch(stated) else first
    return [with_query(url, name, str(number + (1 if paging == "page" else items)))]
