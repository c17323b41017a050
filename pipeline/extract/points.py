"""Every place of a page that says how to reach somebody: links and visible text."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.extract.contact import Method
from pipeline.extract.scan import find_digit_runs, read_phones, scan_emails
from pipeline.extract.visible import Line
from pipeline.normalize.emails import email_key
from pipeline.normalize.phones import normalize_phone

MAX_POINTS = 400
MAX_RUNS = 3_000
"""How many texts that may be phone numbers are looked at in one page; each costs about 0.1 ms."""

_MAX_LABEL = 24
_DIALLED = range(7, 20)


@dataclass(frozen=True, slots=True)
class Point:
    """One address or number as published; ``key`` is the same however it is spelled."""

    kind: Literal["email", "phone"]
    value: str
    key: str
    node: LexborNode
    method: Method


def find_points(html: LexborHTMLParser, lines: list[Line], region: str) -> list[Point]:
    """Find the points of a page: first those in links, then those only in the text."""
    found: dict[tuple[str, int], Point] = {}
    for point in (*_linked(html, region), *_written(lines, region)):
        found.setdefault((point.key, point.node.mem_id), point)
        if len(found) >= MAX_POINTS:
            break
    return list(found.values())


def phone_point_key(text: str, region: str) -> str:
    """Give what a phone number is compared by."""
    return normalize_phone(text, region).value


def _linked(html: LexborHTMLParser, region: str) -> Iterator[Point]:
    for node in html.css("a[href], area[href]"):
        href = (node.attributes.get("href") or "").strip()
        scheme, _, rest = href.partition(":")
        if scheme.lower() == "mailto":
            for address in unquote(rest.partition("?")[0]).split(","):
                for one in scan_emails(address):
                    yield Point("email", one.value, email_key(one.value), node, "mailto")
        elif scheme.lower() in {"tel", "callto"}:
            number = unquote(rest.partition("?")[0]).strip(" /")
            if sum(map(str.isdecimal, number)) in _DIALLED:
                yield Point("phone", number, phone_point_key(number, region), node, "tel")


def _written(lines: list[Line], region: str) -> Iterator[Point]:
    before = ""
    runs_left = MAX_RUNS
    for line in lines:
        if "@" in line.text:
            for one in scan_emails(line.text):
                node = line.node_at(one.start)
                yield Point("email", one.value, email_key(one.value), node, "text")
        for run in find_digit_runs(line.text):
            runs_left -= 1
            if runs_left < 0:
                break
            for one in read_phones(line.text, run, region, before=before):
                node = line.node_at(one.start)
                key = phone_point_key(one.value, region)
                yield Point("phone", one.value, key, node, "text")
        before = line.text if len(line.text) <= _MAX_LABEL else ""
