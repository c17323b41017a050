"""The common shape of all markup for machines: typed things with named values."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from selectolax.lexbor import LexborNode

MAX_ENTITIES = 1_000
MAX_TEXT = 4_000
_MAX_REMEMBERED = 100

# Where something stood: an element of the page, or in words ("script 2 /address/name").
Place = LexborNode | str


class Text:
    """A plain value and where it stood. What takes reading is read when it is first asked for."""

    __slots__ = ("_plain", "_value", "place")

    def __init__(self, value: str | Callable[[], str], place: Place = "") -> None:
        self._value = value
        self._plain: str | None = None
        self.place = place

    @property
    def value(self) -> str:
        """What it says."""
        if not isinstance(self._value, str):
            self._value = self._value()
        return self._value

    @property
    def plain(self) -> str:
        """What it says in one line, of what is very long the beginning."""
        if self._plain is None:
            self._plain = " ".join(self.value[:MAX_TEXT].replace("\0", "").split())
        return self._plain


@dataclass(slots=True, eq=False)
class Entity:
    """A thing described by markup.

    Types and property names are bare (``person``, ``jobTitle``), types in small letters.
    """

    types: frozenset[str] = frozenset()
    id: str = ""
    place: Place = ""
    values: dict[str, list["Value"]] = field(default_factory=dict)

    def add(self, name: str, value: "Value") -> None:
        """Add one value of a property."""
        self.values.setdefault(name, []).append(value)

    def found(self, *names: str) -> list[Text]:
        """Give the plain values of the first of these properties that has any."""
        for name in names:
            stated = [*self._stated(name)]
            if stated:
                return stated
        return []

    def first(self, *names: str) -> Text | None:
        """Give the first plain value of the first of these properties that has any."""
        for name in names:
            if name in self.values:
                for text in self._stated(name):
                    return text
        return None

    def texts(self, *names: str) -> list[str]:
        """Give what the plain values of these properties say, as :meth:`found` does."""
        return [text.plain for text in self.found(*names)]

    def text(self, *names: str) -> str:
        """Give what the first plain value of these properties says, or nothing."""
        found = self.first(*names)
        return found.plain if found is not None else ""

    def entities(self, *names: str) -> list["Entity"]:
        """Give the things that these properties lead to."""
        return [
            value
            for name in names
            for value in self.values.get(name, ())
            if isinstance(value, Entity)
        ]

    def _stated(self, name: str) -> Iterator[Text]:
        """Give the plain values of a property that say something; a thing's is its name."""
        for value in self.values.get(name, ()):
            text = (
                next(iter(value.values.get("name", ())), None)
                if isinstance(value, Entity)
                else value
            )
            if isinstance(text, Text) and text.plain:
                yield text


Value = Text | Entity


def bare_name(name: str) -> str:
    """Drop the vocabulary from a type or property: ``https://schema.org/Person`` → ``Person``."""
    if name.isalnum():
        return name
    return _remembered(name) if len(name) < _MAX_REMEMBERED else _without_vocabulary(name)


def bare_types(names: list[str]) -> frozenset[str]:
    """Give types without their vocabulary, in small letters."""
    return frozenset(bare_name(name).lower() for name in names)


def walk(roots: list[Entity]) -> Iterator[tuple[Entity, str, Entity | None]]:
    """Give each thing once, in the order published.

    With it go the property that led to it and the thing which has that property.
    """
    seen: set[int] = set()
    todo: list[tuple[Entity, str, Entity | None]] = [(root, "", None) for root in reversed(roots)]
    while todo and len(seen) < MAX_ENTITIES:
        entity, relation, parent = todo.pop()
        if id(entity) in seen:
            continue
        seen.add(id(entity))
        yield entity, relation, parent
        inner = [
            (value, name, entity)
            for name, values in entity.values.items()
            for value in values
            if isinstance(value, Entity) and id(value) not in seen
        ]
        todo.extend(reversed(inner))


def _without_vocabulary(name: str) -> str:
    return name.rstrip("/#").rpartition("/")[2].rpartition("#")[2].rpartition(":")[2]


_remembered = lru_cache(maxsize=1_024)(_without_vocabulary)
