"""Binds names, titles and numbers to the addresses that stand with them in the page.

A card is the smallest element around an address that also holds a person's name, grown as long
as it stays this one person's. Where people have no elements of their own, the lines from one name
to the next are a card.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from pipeline.dedupe.mailboxes import MailKind, parse_mailbox
from pipeline.extract.columns import cells_above, find_cell
from pipeline.extract.contact import Contact
from pipeline.extract.naming import Name, Naming
from pipeline.extract.people import name_fits_email
from pipeline.extract.points import Point
from pipeline.extract.visible import Visible
from pipeline.normalize.names import name_key

_MAX_CARD = 700
_MAX_LINES = 30
_MAX_CLIMB = 14
_MAX_PHONES = 3
_TIGHT = 8
_ABOVE, _BELOW = 7, 3
_ROWS_ABOVE = 6
_SEVERAL = 2
_GROWTH = 3
_NEAR = 12
_MAX_WIDTH = 160
_ROOTS = frozenset({"body", "html", "main"})


@dataclass(slots=True)
class _Beneath:
    """What stands anywhere beneath an element."""

    emails: set[str] = field(default_factory=set)
    phones: set[str] = field(default_factory=set)
    points: list[Point] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Card:
    """A name, the lines around it that are this person's, and the points in them."""

    name: Name
    first: int
    end: int
    points: Sequence[Point]


def find_people(
    points: list[Point], visible: Visible, claimed: Collection[str] = ()
) -> list[Contact]:
    """Give the people whose name stands with their address or number.

    ``claimed`` are the keys of points that are known to be somebody's: nobody is looked for.
    """
    return _Binder(points, visible, claimed).people()


class _Binder:
    """Goes through the points of a page, addresses first, and looks for whose they are."""

    def __init__(self, points: list[Point], visible: Visible, claimed: Collection[str]) -> None:
        self._points = [point for point in points if point.kind != "fax"]
        self._visible = visible
        self._naming = Naming(visible.lines)
        self._beneath = _count_beneath(self._points)
        self._mails_in: dict[int, list[Point]] = defaultdict(list)
        self._phones_in: dict[int, list[Point]] = defaultdict(list)
        for point in self._points:
            (self._mails_in if point.kind == "email" else self._phones_in)[point.line].append(point)
        self._spans: dict[int, tuple[int, int]] = {}
        self._taken: set[str] = set(claimed)
        self._names: set[str] = set()

    def people(self) -> list[Contact]:
        people = []
        for point in sorted(self._points, key=lambda one: one.kind != "email"):
            if point.key in self._taken:
                continue
            card = (
                self._find_email_card(point)
                if point.kind == "email"
                else self._find_phone_card(point)
            )
            if card:
                people.append(self._contact(card, point))
        return people

    def _contact(self, card: _Card, point: Point) -> Contact:
        person = Contact("person")
        node = self._visible.lines[card.name.line].node_at(card.name.start)
        person.put("name", card.name.text, "text", node)
        title = self._naming.title_near(card.name, card.end)
        if title:
            person.put("title", title.text, "text", title.node)
        for one in (point, *card.points):
            mine = one.key not in self._taken or one is point
            if mine and (one.kind == "email" or len(person.phones) < _MAX_PHONES):
                (person.emails if one.kind == "email" else person.phones).setdefault(
                    one.value, one.methods[0]
                )
        self._taken.update(one.key for one in (point, *card.points))
        self._names.add(name_key(card.name.text))
        return person

    def _find_email_card(self, point: Point) -> _Card | None:
        name = self._beside(point)
        if name:
            return self._lines_of(name, point)
        for place, element in enumerate(_ancestors(point.node)):
            entry = self._beneath[element.mem_id]
            first, end = self._span(element)
            if (
                len(entry.emails) > 1
                or end - first > _MAX_LINES
                or self._width(first, end) > _MAX_CARD
            ):
                break
            name = self._choose(
                self._naming.between(first, end), point, tight=end - first <= _TIGHT
            )
            if name:
                return self._grown(name, point, place)
        name = self._above_in_column(point) or self._nearby(point)
        return self._lines_of(name, point) if name else None

    def _find_phone_card(self, point: Point) -> _Card | None:
        for element in _ancestors(point.node):
            entry = self._beneath[element.mem_id]
            first, end = self._span(element)
            if entry.emails or len(entry.phones) > _MAX_PHONES - 1 or end - first > _TIGHT:
                return None
            names = self._naming.between(first, end)
            if names:
                known = {name_key(name.text) for name in names}
                title = self._naming.title_near(names[0], end)
                if len(known) == 1 and names[0].sure and title and not known & self._names:
                    return _Card(names[0], first, end, entry.points)
                return None
        return None

    def _beside(self, point: Point) -> Name | None:
        """Find a name in the same line: ``Ann Lee, ann@firm.example`` or ``ann@… (Ann Lee)``."""
        if point.line < 0 or point.line >= len(self._visible.lines):
            return None
        others = [one for one in self._mails_in[point.line] if one.key != point.key]
        begin = max((one.end for one in others if one.start < point.start), default=0)
        finish = min((one.start for one in others if one.start > point.start), default=1 << 30)
        names = [name for name in self._naming.of(point.line) if begin <= name.start < finish]
        linked = [
            name for name in names if name.start == point.start and "text" not in point.methods
        ]
        if linked:
            return linked[0]
        in_prose = not names
        if in_prose:
            behind = min(finish, point.end + _MAX_WIDTH)
            names = self._naming.within(point.line, max(begin, point.start - _MAX_WIDTH), behind)
        fitting = [name for name in names if _fits(name, point)]
        if fitting:
            return min(fitting, key=lambda name: abs(name.start - point.start))
        reach = range(point.start - _MAX_WIDTH, point.start)
        chosen = [name for name in names if name.start in reach][-1:] or names[: not begin]
        if not chosen or len(self._visible.lines[point.line].text) > _MAX_CARD:
            return None
        titled = self._naming.title_near(chosen[0], point.line + 1) is not None
        if _is_role(point):
            is_near = -_NEAR < point.start - chosen[0].start < len(chosen[0].text) + _NEAR
            return chosen[0] if chosen[0].sure and (titled or is_near) else None
        told = chosen[0].sure or (not in_prose and (others or titled))
        return chosen[0] if told else None

    def _choose(self, names: list[Name], point: Point, *, tight: bool) -> Name | None:
        fitting = [name for name in names if _fits(name, point)]
        if fitting:
            return min(fitting, key=lambda name: (not name.sure, abs(name.line - point.line)))
        keys = {name_key(name.text) for name in names}
        if len(keys) != 1:
            sure = [name for name in names if name.sure]
            keys = {name_key(name.text) for name in sure}
            names = sure
        if len(keys) != 1 or (keys & self._names):
            return None
        title = self._naming.title_near(names[0], names[0].line + _TIGHT)
        if _is_role(point):
            return names[0] if tight and title and names[0].sure else None
        return names[0] if title or (names[0].sure and tight) else None

    def _nearby(self, point: Point) -> Name | None:
        """Find the name that the lines of an address follow, or that follows it."""
        first = point.line - _ABOVE
        for line in range(point.line - 1, first - 1, -1):
            if self._is_barred(line, point):
                first = line + 1
                break
        wide = self._naming.between(point.line - _ABOVE, point.line + _BELOW + 1)
        fitting = [name for name in wide if _fits(name, point)]
        if fitting:
            return min(
                fitting, key=lambda name: (abs(name.line - point.line), name.line > point.line)
            )
        shared = any(one.key != point.key for one in self._mails_in[point.line])
        for name in reversed(self._naming.between(first, point.line + (not shared))):
            if name_key(name.text) in self._names:
                continue
            titled = self._naming.title_near(name, point.line + 1) is not None
            told = titled or self._naming.is_announced(name)
            if (name.sure and told) if _is_role(point) else (name.sure or titled):
                return name
        return None

    def _above_in_column(self, point: Point) -> Name | None:
        """Find the name at the top of a column, where each column of a table is a person."""
        cell = find_cell(point.node)
        row = cell.parent if cell is not None else None
        if cell is None or row is None or len(self._beneath[row.mem_id].emails) < _SEVERAL:
            return None
        for above in cells_above(cell, _ROWS_ABOVE):
            first, end = self._span(above)
            for name in self._naming.between(first, min(end, first + _TIGHT)):
                if name.sure or _fits(name, point):
                    return name
        return None

    def _lines_of(self, name: Name, point: Point) -> _Card:
        """Make a card of the lines from a name to the next name or address of somebody else."""
        first, last = min(name.line, point.line), max(name.line, point.line)
        end = last + 1
        while (
            end <= last + _BELOW
            and not self._is_barred(end, point)
            and not self._naming.between(end, end + 1)
        ):
            end += 1
        if self._is_barred(end, point) and not self._naming.between(end, end + 1):
            end = last + 1
        inside = [one for line in range(first, end) for one in self._phones_in[line]]
        if self._is_barred(last, point) or len({one.key for one in inside}) > _MAX_PHONES:
            inside = [
                one for one in inside if one.line == point.line and self._same_part(one, point)
            ]
        return _Card(name, first, end, inside)

    def _is_barred(self, line: int, point: Point) -> bool:
        """Whether somebody else's address stands in a line."""
        return any(one.key != point.key for one in self._mails_in[line])

    def _same_part(self, phone: Point, point: Point) -> bool:
        low, high = sorted((phone.start, point.start))
        mails = self._mails_in[point.line]
        return not any(one.key != point.key and low <= one.start <= high for one in mails)

    def _grown(self, name: Name, point: Point, place: int) -> _Card:
        """Let a card grow by a few elements while nobody else is named in it."""
        card: _Card | None = None
        for level, element in enumerate(_ancestors(point.node)):
            if level < place:
                continue
            entry = self._beneath[element.mem_id]
            first, end = self._span(element)
            alone = len(entry.emails) <= 1 and len(entry.phones) <= _MAX_PHONES
            if card and not (alone and level < place + _GROWTH and self._is_only(name, first, end)):
                break
            card = _Card(name, first, end, entry.points if alone else [])
        return card or _Card(name, name.line, name.line + 1, [])

    def _is_only(self, name: Name, first: int, end: int) -> bool:
        """Whether a small part of the page names nobody else for sure."""
        if end - first > _MAX_LINES or self._width(first, end) > _MAX_CARD:
            return False
        key = name_key(name.text)
        sure = (one for one in self._naming.between(first, end) if one.sure)
        return all(name_key(one.text) == key for one in sure)

    def _span(self, element: LexborNode) -> tuple[int, int]:
        here = element.mem_id
        if here not in self._spans:
            self._spans[here] = self._visible.span(element)
        return self._spans[here]

    def _width(self, first: int, end: int) -> int:
        return sum(
            len(line.text) for line in self._visible.lines[first : min(end, first + _MAX_LINES + 1)]
        )


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


def _fits(name: Name, point: Point) -> bool:
    return name_fits_email(name.text, point.value, fully=not name.sure)


def _is_role(point: Point) -> bool:
    mailbox = parse_mailbox(point.value)
    return mailbox is None or mailbox.kind != MailKind.PERSONAL
