"""Binds names and titles to the addresses and numbers that stand with them in the page.

A card is the smallest element around an address that also holds a person's name, grown as long
as it stays this one person's.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from pipeline.extract.contact import Contact
from pipeline.extract.people import (
    is_job_title,
    is_person_name,
    is_title_class,
    is_title_label,
    name_fits_email,
)
from pipeline.extract.points import Point
from pipeline.extract.visible import Line, find_lines

_MAX_CARD = 700
_MAX_CLIMB = 12
_MAX_PHONES = 3
_TITLE_REACH = 3
_MAX_REST = 8
_PARTS = re.compile(r"\s*(?:[,|·•–—:;()]|\s-\s)\s*")
_ROOTS = frozenset({"body", "html", "main"})


@dataclass(slots=True)
class _Beneath:
    """What stands anywhere beneath an element."""

    emails: set[str] = field(default_factory=set)
    phones: set[str] = field(default_factory=set)
    points: list[Point] = field(default_factory=list)


def find_people(points: list[Point]) -> list[Contact]:
    """Give the people whose name stands with their address or number."""
    beneath = _count_beneath(points)
    taken: set[str] = set()
    people = []
    for point in sorted(points, key=lambda one: one.kind != "email"):
        if point.key in taken:
            continue
        person = _find_person(point, beneath)
        if person:
            contact, used = person
            taken |= used
            people.append(contact)
    return people


def _count_beneath(points: list[Point]) -> dict[int, _Beneath]:
    beneath: dict[int, _Beneath] = defaultdict(_Beneath)
    for point in points:
        for node in _ancestors(point.node):
            entry = beneath[node.mem_id]
            (entry.emails if point.kind == "email" else entry.phones).add(point.key)
            entry.points.append(point)
    return beneath


def _ancestors(node: LexborNode) -> Iterator[LexborNode]:
    current: LexborNode | None = node
    for _ in range(_MAX_CLIMB):
        if current is None or current.tag in _ROOTS:
            return
        yield current
        current = current.parent


def _find_person(point: Point, beneath: dict[int, _Beneath]) -> tuple[Contact, set[str]] | None:
    person: Contact | None = None
    mine: list[Point] = []
    for card in _ancestors(point.node):
        entry = beneath[card.mem_id]
        if not _is_own(point, entry) or len(card.text(separator=" ")) > _MAX_CARD:
            break
        lines = find_lines(card)
        if person is None:
            person = _read_card(lines, point)
        elif _count_names(lines) > 1:
            break
        if person is not None:
            mine = entry.points
            _read_title(person, lines)
    if person is None:
        return None
    for one in mine:
        (person.emails if one.kind == "email" else person.phones).setdefault(one.value, one.method)
    return person, {one.key for one in mine}


def _is_own(point: Point, entry: _Beneath) -> bool:
    if point.kind == "email":
        return len(entry.emails) == 1 and len(entry.phones) <= _MAX_PHONES
    return not entry.emails and len(entry.phones) == 1


def _read_card(lines: list[Line], point: Point) -> Contact | None:
    for name in (part for line in lines for part in _parts(line) if is_person_name(part)):
        person = Contact("person")
        person.put("name", name.strip(" ,;:"), "text")
        _read_title(person, lines)
        if point.kind == "email" and name_fits_email(name, point.value):
            person.put("title", _rest_of_line(person.name, lines), "text")
            return person
        if person.get("title"):
            return person
    return None


def _read_title(person: Contact, lines: list[Line]) -> None:
    at = next((n for n, line in enumerate(lines) if person.name in line.text), None)
    if at is None or person.get("title"):
        return
    near = lines[max(at - 1, 0) : at + 1 + _TITLE_REACH]
    for before, line in zip([None, *near], near, strict=False):
        sure = (before is not None and is_title_label(before.text)) or _is_marked(line)
        for part in _parts(line):
            if person.name in part or is_person_name(part):
                continue
            if sure or is_job_title(part):
                person.put("title", part.strip(" ,;:"), "text")
                return


def _rest_of_line(name: str, lines: list[Line]) -> str:
    """Give what follows a name after a comma: ``Ann Lee, Account Lead, Acme Ltd``."""
    for line in lines:
        before, _, rest = line.text.partition(f"{name},")
        if rest and not before.strip():
            few = len(rest.split()) <= _MAX_REST
            return rest.strip() if few and not any(c.isdecimal() or c in "@:" for c in rest) else ""
    return ""


def _is_marked(line: Line) -> bool:
    return any(is_title_class(node.attributes.get("class") or "") for node in line.nodes)


def _count_names(lines: list[Line]) -> int:
    return len({line.text.strip() for line in lines if is_person_name(line.text)})


def _parts(line: Line) -> Iterator[str]:
    """Give the whole line, then its pieces by element, then its parts by punctuation."""
    yield line.text.strip()
    if len(line.starts) > 1:
        for start, end in zip(line.starts, [*line.starts[1:], None], strict=True):
            yield line.text[start:end].strip(" ().")
    if len(line.text) <= _MAX_CARD:
        yield from filter(None, _PARTS.split(line.text))
