"""Microdata: items, their properties wherever they stand, and what each property says."""

from dataclasses import dataclass, field
from functools import partial

from selectolax.lexbor import LexborNode

from pipeline.extract.entity import MAX_ENTITIES, Entity, Text, bare_name, bare_types
from pipeline.extract.markup.ancestry import Ancestry
from pipeline.extract.markup.document import Document
from pipeline.extract.markup.text import laid_out_text

MAX_PROPERTIES = 5_000
_MAX_NAMES = 20
_LINKS = {
    **dict.fromkeys(("a", "area", "link"), "href"),
    **dict.fromkeys(("audio", "embed", "iframe", "img", "source", "track", "video"), "src"),
    "object": "data",
}
_ADDRESSES = frozenset({"url", "sameas", "image", "logo", "photo", "mainentityofpage", "hasmap"})


@dataclass(slots=True, eq=False)
class Item:
    """A thing: what it is, and its properties, those it refers to after its own.

    A property is its names, its element and the item that the element starts, if it does.
    """

    node: LexborNode
    types: list[str]
    id: str
    references: list[str]
    is_top: bool
    properties: list["Property"] = field(default_factory=list)


Property = tuple[list[str], LexborNode, Item | None]


@dataclass(slots=True, eq=False)
class _Group:
    """The properties beneath an element: an item's own, or what an item takes in by reference."""

    properties: list[tuple[int, Property]] = field(default_factory=list)
    within: list["_Group"] = field(default_factory=list)


def find_microdata(document: Document) -> list[Entity]:
    """Give the things at the top of the microdata of a page."""
    items = read_items(document)
    entities = {id(item): Entity(bare_types(item.types), item.id, item.node) for item in items}
    for item in items:
        entity = entities[id(item)]
        for names, node, inner in item.properties:
            for name in map(bare_name, names):
                read = partial(_meaning, name, node, document)
                entity.add(name, entities[id(inner)] if inner else Text(read, node))
    return [entities[id(item)] for item in items if item.is_top]


def read_items(document: Document) -> list[Item]:
    """Read all items of a page in document order."""
    if not document.mentions(b"itemscope"):
        return []
    scan = _Scan(document)
    left = MAX_PROPERTIES
    for item, group in scan.items:
        for part in (group, *scan.referred(item)):
            found, left = _flatten(part, left)
            item.properties += [one for _, one in sorted(found, key=lambda one: one[0])]
    for item, _ in scan.items:
        for _, _, inner in item.properties:
            if inner is not None and inner.node.attributes.get("itemprop"):
                inner.is_top = False
    return [item for item, _ in scan.items]


def published_value(node: LexborNode, document: Document) -> str:
    """Give the value of a property's element by the rules of the HTML standard.

    Of any element the attribute ``content`` counts first, as schema.org has it.
    """
    if not document.spend(0):
        return ""
    attributes = node.attributes
    tag = node.tag or ""
    if tag in _LINKS:
        link = attributes.get(_LINKS[tag])
        return "" if link is None else document.join(link)
    if tag == "meta":
        content = attributes.get("content") or ""
        document.spend(len(content))
        return content
    stated = attributes.get("value" if tag in {"data", "meter"} else "datetime")
    if tag in {"data", "meter", "time"} and stated is not None:
        return stated
    return attributes.get("content") or laid_out_text(node, document)


def published_input(node: LexborNode) -> dict[str, object]:
    """Give what a form's field says of an action (https://schema.org/docs/actions.html#part-4)."""
    attributes = node.attributes
    name = attributes.get("itemprop") or ""
    if not name.endswith(("-input", "-output")) or attributes.get("content"):
        return {}
    found: dict[str, object] = {"valueRequired": True} if "required" in attributes else {}
    if attributes.get("name"):
        found["valueName"] = attributes["name"]
    return found


def _meaning(name: str, node: LexborNode, document: Document) -> str:
    """Give what a property's element is meant to say: a link around a name says the name."""
    value = published_value(node, document)
    if (
        node.tag not in _LINKS
        or name.lower() in _ADDRESSES
        or value.startswith(("mailto:", "tel:"))
    ):
        return value
    attributes = node.attributes
    stated = attributes.get("content") or attributes.get("alt") or attributes.get("title")
    return laid_out_text(node, document) or stated or value


class _Scan:
    """Finds items and properties in one pass, and which element each property belongs to."""

    def __init__(self, document: Document) -> None:
        self.items: list[tuple[Item, _Group]] = []
        self._targets: dict[str, _Group] = {}
        self._around: Ancestry[_Group] = Ancestry()
        wanted = self._find_references(document)
        nodes = document.find("[itemscope],[itemprop],[id]" if wanted else "[itemscope],[itemprop]")
        for order, node in enumerate(nodes):
            self._take(order, node, wanted)

    def referred(self, item: Item) -> list[_Group]:
        """Give what an item takes in by reference."""
        return [self._targets[name] for name in item.references if name in self._targets]

    @staticmethod
    def _find_references(document: Document) -> set[str]:
        referring = document.find("[itemref]")[:MAX_ENTITIES]
        return {name for node in referring for name in _words(node.attributes.get("itemref"))}

    def _take(self, order: int, node: LexborNode, wanted: set[str]) -> None:
        attributes = node.attributes
        names = _words(attributes.get("itemprop"))[:_MAX_NAMES]
        name = attributes.get("id") or ""
        is_target = name in wanted and name not in self._targets
        starts = "itemscope" in attributes and len(self.items) < MAX_ENTITIES
        if not (names or is_target or starts):
            return
        around = self._around.get_around(node)
        item, own = self._start(node, attributes) if starts else (None, None)
        target = own
        if is_target:
            if names or target is None:
                target = _Group()
                if around is not None:
                    around.within.append(target)
            self._targets[name] = target
        owner = target if is_target else around
        if names and owner is not None:
            owner.properties.append((order, (names, node, item)))
        if own is not None or is_target:
            self._around.remember(node, own or self._targets[name])

    def _start(self, node: LexborNode, attributes: dict[str, str | None]) -> tuple[Item, _Group]:
        types = _words(attributes.get("itemtype"))
        references = list(dict.fromkeys(_words(attributes.get("itemref"))))
        item = Item(node, types, (attributes.get("itemid") or "").strip(), references, is_top=True)
        group = _Group()
        self.items.append((item, group))
        return item, group


def _flatten(top: _Group, left: int) -> tuple[list[tuple[int, Property]], int]:
    """Put a group together with those within it; ``left`` bounds the work."""
    groups = [top]
    found: list[tuple[int, Property]] = []
    while groups and left > 0:
        group = groups.pop()
        left -= 1
        found.extend(group.properties[:left])
        left -= len(group.properties)
        groups.extend(group.within)
    return found, left


def _words(text: str | None) -> list[str]:
    return text.split() if text else []
