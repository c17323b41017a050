"""JSON-LD as entities: references resolved, prefixes and aliases of the context undone."""

from collections.abc import Iterator
from itertools import islice

import orjson

from pipeline.extract.entity import MAX_ENTITIES, Entity, Text, bare_name, bare_types
from pipeline.extract.markup.document import Document
from pipeline.extract.markup.json_text import parse_tolerantly

MAX_SCRIPT = 1 << 20
MAX_SCRIPTS = 200
_MAX_MENDED = 1 << 17
_MAX_VALUES = 5_000
_MAX_STEPS = 10_000
_MAX_PATH = 200
_CONTAINERS = ("@list", "@set")


def find_json_ld(document: Document) -> list[Entity]:
    """Give the things at the top of all JSON-LD of a page."""
    reader = _Reader(document)
    for number, data in enumerate(read_scripts(document), start=1):
        reader.read(data, f"script {number}")
    return reader.resolved()


def read_scripts(document: Document) -> Iterator[object]:
    """Parse each JSON-LD script of a page; one that cannot be read gives None."""
    if not document.mentions(b"ld+json"):
        return
    found = 0
    mendable = _MAX_MENDED
    for script in document.find("script[type]"):
        if "ld+json" not in (script.attributes.get("type") or "").lower():
            continue
        found += 1
        if found > MAX_SCRIPTS:
            return
        text = (script.text() or "")[:MAX_SCRIPT]
        try:
            yield orjson.loads(text)
        except ValueError:
            yield parse_tolerantly(text[:mendable])
            mendable = max(mendable - len(text), 0)


class _Reader:
    """Turns parsed JSON into entities, and references between them into the entities meant."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._roots: list[Entity] = []
        self._all: list[Entity] = []
        self._steps = 0
        self._by_id: dict[str, Entity] = {}
        self._aliases: dict[str, str] = {}

    def read(self, data: object, place: str) -> None:
        self._aliases = _aliases(data)
        top = Entity()
        todo: list[tuple[Entity, str, object, str]] = [(top, "", data, place)]
        while todo and self._steps < _MAX_STEPS and len(self._all) < MAX_ENTITIES:
            self._steps += 1
            owner, name, item, path = todo.pop()
            path = path[:_MAX_PATH]
            if isinstance(item, list):
                parts = enumerate(item[:_MAX_VALUES])
                inner = [(owner, name, one, f"{path}/{i}") for i, one in parts]
                todo.extend(reversed(inner))
            elif isinstance(item, dict):
                todo.extend(self._open(owner, name, item, path))
            elif item is not None:
                owner.add(name, Text(str(item), path))
        self._roots.extend(top.entities(""))

    def resolved(self) -> list[Entity]:
        """Give the things at the top, each reference replaced by what it refers to."""
        for entity in self._all:
            for values in entity.values.values():
                values[:] = [
                    self._meant(value) if isinstance(value, Entity) else value for value in values
                ]
        unique = {id(entity): entity for entity in map(self._meant, self._roots)}
        return list(unique.values())

    def _meant(self, entity: Entity) -> Entity:
        return self._by_id.get(entity.id, entity) if entity.id else entity

    def _open(
        self, owner: Entity, name: str, data: dict[str, object], path: str
    ) -> list[tuple[Entity, str, object, str]]:
        """Add what an object stands for to its owner; gives what is left to be read in it."""
        if "@value" in data:
            return [(owner, name, data["@value"], path)]
        for container in _CONTAINERS:
            if container in data:
                return [(owner, name, data[container], path)]
        named = {self._aliases.get(key, key): value for key, value in data.items()}
        entity = Entity(_types(named.get("@type")), self._id(named.get("@id")), path)
        self._all.append(entity)
        owner.add(name, entity)
        if len(named) > 1 and entity.id:
            entity = self._joined(entity)
        inner = [
            (entity, bare_name(key), value, f"{path}/{key}")
            for key, value in islice(named.items(), _MAX_VALUES)
            if key == "@graph" or not key.startswith("@")
        ]
        inner.reverse()
        return inner

    def _id(self, value: object) -> str:
        if not isinstance(value, str) or value.startswith("_:"):
            return value if isinstance(value, str) else ""
        return self._document.join(value)

    def _joined(self, entity: Entity) -> Entity:
        """Give the one thing that all statements under this id are about."""
        known = self._by_id.setdefault(entity.id, entity)
        known.types |= entity.types
        return known


def _types(value: object) -> frozenset[str]:
    names = value if isinstance(value, list) else [value]
    return bare_types([name for name in names if isinstance(name, str)])


def _aliases(data: object) -> dict[str, str]:
    """Give what the terms of a context stand for, where that is another word."""
    aliases: dict[str, str] = {}
    for top in data if isinstance(data, list) else [data]:
        context = top.get("@context") if isinstance(top, dict) else None
        for terms in context if isinstance(context, list) else [context]:
            if isinstance(terms, dict):
                aliases.update(_named_elsewhere(terms))
    return aliases


def _named_elsewhere(terms: dict[str, object]) -> Iterator[tuple[str, str]]:
    for term, meaning in terms.items():
        name = meaning.get("@id") if isinstance(meaning, dict) else meaning
        if isinstance(name, str) and not term.startswith("@") and not name.endswith(("/", "#")):
            target = name if name.startswith("@") else bare_name(name)
            if target and target != term:
                yield term, target
