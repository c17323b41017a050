"""The common shape of all markup for machines: typed things with named values."""

from collections.abc import Iterator
from dataclasses import dataclass, field

MAX_ENTITIES = 2_000


@dataclass(slots=True, eq=False)
class Entity:
    """A thing described by markup. Types and property names are bare: ``person``, ``jobTitle``."""

    types: frozenset[str] = frozenset()
    id: str = ""
    values: dict[str, list["Value"]] = field(default_factory=dict)

    def add(self, name: str, value: "Value") -> None:
        """Add one value of a property."""
        self.values.setdefault(name, []).append(value)

    def texts(self, *names: str) -> list[str]:
        """Give the plain values of the first of these properties that has any."""
        for name in names:
            found = [_text(value) for value in self.values.get(name, ())]
            if any(found):
                return [text for text in found if text]
        return []

    def text(self, *names: str) -> str:
        """Give the first plain value of the first of these properties that has any."""
        return next(iter(self.texts(*names)), "")

    def entities(self, *names: str) -> list["Entity"]:
        """Give the things that these properties lead to."""
        return [
            value
            for name in names
            for value in self.values.get(name, ())
            if isinstance(value, Entity)
        ]


Value = str | Entity


def bare_name(name: str) -> str:
    """Drop the vocabulary from a type or property: ``https://schema.org/Person`` → ``Person``."""
    return name.rstrip("/").rpartition("/")[2].rpartition("#")[2].rpartition(":")[2]


def walk(roots: list[Entity]) -> Iterator[tuple[Entity, Entity | None]]:
    """Give each thing once, with the thing it belongs to, in the order published."""
    seen: set[int] = set()
    todo: list[tuple[Entity, Entity | None]] = [(root, None) for root in reversed(roots)]
    while todo and len(seen) < MAX_ENTITIES:
        entity, parent = todo.pop()
        if id(entity) in seen:
            continue
        seen.add(id(entity))
        yield entity, parent
        inner = [v for values in entity.values.values() for v in values if isinstance(v, Entity)]
        todo.extend((value, entity) for value in reversed(inner))


def _text(value: Value) -> str:
    if isinstance(value, str):
        return " ".join(value.split())
    return value.text("name", "@value")
