"""Every place of a page that says how to reach somebody: links and visible text."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.extract.columns import column_heading
from pipeline.extract.contact import Method
from pipeline.extract.decoders import decode_emails
from pipeline.extract.email_scan import MAX_TRIED, Found, find_emails, scan_emails
from pipeline.extract.phone_scan import (
    NUMBERS,
    Dialled,
    find_runs,
    find_vanity,
    phone_point_key,
    read_run,
)
from pipeline.extract.visible import MAX_LINE, Line, Visible
from pipeline.normalize.emails import email_key

MAX_POINTS = 250
MAX_RUNS = 300
"""How many texts that may be phone numbers are looked at in one page."""

_MAX_LABEL = 32
_DIALLED = range(7, 16)
_MAX_LINKS = 400
_LINKS = (
    'a[href]:is([href^="mailto:" i],[href^="tel:" i],[href^="callto:" i]),area[href^="mailto:" i]'
)
_WITHIN = 6
_SEEN = ("class", "style", "title", "aria-label", "id")

Kind = Literal["email", "phone", "fax"]


@dataclass(slots=True)
class Point:
    """One address or number as published; ``key`` is the same however it is spelled.

    ``line`` and ``start`` are where it stands in the visible text, ``methods`` how it was found
    there. ``decoder`` names what made an obfuscated address readable.
    """

    kind: Kind
    value: str
    key: str
    node: LexborNode
    methods: list[Method] = field(default_factory=list)
    line: int = -1
    start: int = 0
    end: int = 0
    decoder: str = ""


def find_points(
    html: LexborHTMLParser,
    visible: Visible,
    regions: Sequence[str],
    decoders: Sequence[str] = (),
) -> list[Point]:
    """Find the points of a page in reading order, each place once."""
    points = [*_Writing(regions).read(visible)]
    known = {(point.key, point.line): point for point in points}
    for point in _linked(html, visible, regions[0]):
        beside = known.get((point.key, point.line))
        if beside is not None:
            beside.methods[:0] = [one for one in point.methods if one not in beside.methods]
        elif len(points) < MAX_POINTS and not _contradicted(point, points):
            known[point.key, point.line] = point
            points.append(point)
    for name, (value, node, told) in decode_emails(html, visible, decoders):
        line, start = told or _place(node, visible)
        key = email_key(value)
        points.append(Point("email", value, key, node, ["decoded"], line, start, start, name))
    points.sort(key=lambda point: (point.line, point.start))
    return points


class _Writing:
    """Reads the points out of the visible lines, within its budgets."""

    def __init__(self, regions: Sequence[str]) -> None:
        self._regions = regions
        self._points = MAX_POINTS
        self._runs = MAX_RUNS
        self._signs = MAX_TRIED

    def read(self, visible: Visible) -> Iterator[Point]:
        lines = visible.lines
        mentioning = {number for number, line in enumerate(lines) if "@" in line.text}
        numbered = {number for shape in NUMBERS for number in visible.lines_with(shape)}
        for number in sorted(mentioning | numbered):
            line = lines[number]
            text = line.text
            if number in mentioning:
                found = scan_emails(text, line.starts, self._signs)
                self._signs -= text.count("@")
                for one in islice(found, max(self._points, 0)):
                    self._points -= 1
                    if _is_turned(line.node_at(one.start)):
                        continue
                    yield _point("email", email_key(one.value), line, number, one)
            if self._points > 0 and self._runs > 0 and number in numbered:
                above = lines[number - 1].text if number else ""
                label = above if len(above) <= _MAX_LABEL else ""
                yield from self._numbers(line, number, text[:MAX_LINE], label)

    def _numbers(self, line: Line, number: int, text: str, label: str) -> Iterator[Point]:
        found: list[Dialled] = []
        for run in islice(find_runs(text), self._runs):
            self._runs -= 1
            label = label or column_heading(line.node_at(run.start))
            found += read_run(text, run, self._regions, label)
        found += find_vanity(text)
        for one in found[: self._points]:
            self._points -= 1
            yield _point("fax" if one.is_fax else "phone", one.key, line, number, one)


def _point(kind: Kind, key: str, line: Line, number: int, found: Found | Dialled) -> Point:
    node = line.node_at(found.start)
    end = found.start + len(found.published)
    return Point(kind, found.value, key, node, ["text"], number, found.start, end)


def _linked(html: LexborHTMLParser, visible: Visible, region: str) -> Iterator[Point]:
    for node in html.css(_LINKS)[:_MAX_LINKS]:
        attributes = node.attributes
        scheme, _, rest = (attributes.get("href") or "").strip().partition(":")
        target = unquote(rest.partition("?")[0])
        if scheme.lower() == "mailto":
            if _is_unseen(node, attributes):
                continue
            for one in find_emails(target):
                yield _linked_point("email", one.value, email_key(one.value), node, visible)
        else:
            number = target.strip(" /")
            if sum(map(str.isdecimal, number)) in _DIALLED and "@" not in number:
                yield _linked_point("phone", number, phone_point_key(number, region), node, visible)


def _linked_point(kind: Kind, value: str, key: str, node: LexborNode, visible: Visible) -> Point:
    line, start = _place(node, visible)
    method: Method = "mailto" if kind == "email" else "tel"
    return Point(kind, value, key, node, [method], line, start, start)


def _place(node: LexborNode, visible: Visible) -> tuple[int, int]:
    """Give the line and the position in it where an inline element stands."""
    current: LexborNode | None = node
    for _ in range(_WITHIN):
        if current is None:
            break
        if current.mem_id in visible.places:
            return visible.places[current.mem_id]
        current = current.first_child
    number = max(visible.before.get(node.mem_id, 0) - 1, 0)
    return number, len(visible.lines[number].text) if visible.lines else 0


def _is_within(node: LexborNode, outer: LexborNode) -> bool:
    current: LexborNode | None = node
    for _ in range(_WITHIN):
        if current is None:
            return False
        if current.mem_id == outer.mem_id:
            return True
        current = current.parent
    return False


def _is_turned(node: LexborNode) -> bool:
    """Whether a style shows the text backwards."""
    return "bidi-override" in (node.attributes.get("style") or "")


def _is_unseen(node: LexborNode, attributes: dict[str, str | None]) -> bool:
    """Whether a link shows nothing at all, as those do that are laid out for robots."""
    if node.first_child is not None and (node.first_child.next or node.text(strip=True)):
        return False
    if node.first_child is not None and not node.first_child.is_text_node:
        return False
    return not any(attributes.get(name) for name in _SEEN)


def _contradicted(point: Point, points: Sequence[Point]) -> bool:
    """Whether the link's own text shows another address or number, which a reader believes."""
    place = (point.line, point.start)
    at = bisect_left(points, place, key=lambda one: (one.line, one.start))
    for one in points[at : at + 2]:
        same_kind = (one.kind == "email") == (point.kind == "email")
        if one.line == point.line and same_kind and _is_within(one.node, point.node):
            return True
    return False
