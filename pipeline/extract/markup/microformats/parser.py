"""Finds the items of a page and their properties, in one pass over the elements with classes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from pipeline.extract.entity import MAX_ENTITIES, Text
from pipeline.extract.markup.ancestry import Ancestry
from pipeline.extract.markup.document import Document
from pipeline.extract.markup.microformats.classes import ClassNames, Property, read_classes
from pipeline.extract.markup.microformats.classic import CLASSICS
from pipeline.extract.markup.microformats.datetimes import get_date
from pipeline.extract.markup.microformats.implied import imply
from pipeline.extract.markup.microformats.includes import find_included
from pipeline.extract.markup.microformats.items import Found, Item
from pipeline.extract.markup.microformats.meaning import (
    find_properties,
    find_relations,
    get_started,
    has_meaning,
    starts_item,
)
from pipeline.extract.markup.microformats.values import (
    get_alt,
    raw_text,
    read_link,
    read_moment,
    read_plain,
    read_text,
)

_MAX_PROPERTIES = 5_000
# Asked for as one condition: a list of selectors takes a walk over the page for each.
_ROOTS = f'[class]:is([class*="h-"],{",".join(f".{name}" for name in CLASSICS)})'


@dataclass(slots=True, eq=False)
class _Stretch:
    """The part of a page that belongs to an item, or to one property of it."""

    item: Item
    values: list[LexborNode] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class _Marked:
    """An element that is a property of an item, perhaps by starting another item."""

    owner: Item
    properties: list[Property]
    node: LexborNode
    stretch: _Stretch
    item: Item | None
    stated: str | None = None


def read_items(document: Document) -> list[Item]:
    """Give the items at the top of a page."""
    scan = _Scan(document)
    for root in _find_outermost(document):
        scan.read(root.css("[class],[rel]:not([class])"))
    for item, nodes in find_included(document, [one for one in scan.items if one.classics]):
        item.included += nodes[:1]
        scan.read(nodes, item)
    for marked in scan.marked:
        _evaluate(marked, document)
    for item in scan.items:
        if item.implied:
            imply(item, document)
    return scan.top


def _find_outermost(document: Document) -> list[LexborNode]:
    """Give the elements that start an item and stand in no other."""
    around: Ancestry[LexborNode] = Ancestry()
    found: list[LexborNode] = []
    for node in document.find(_ROOTS):
        classes = read_classes(node.attributes.get("class") or "")
        if starts_item(classes) and node.tag != "template":
            if len(found) < MAX_ENTITIES and around.get_around(node) is None:
                found.append(node)
            around.remember(node, node)
    return found


class _Scan:
    """Goes through elements in document order and notes what belongs to whom."""

    def __init__(self, document: Document) -> None:
        self.top: list[Item] = []
        self.items: list[Item] = []
        self.marked: list[_Marked] = []
        self._document = document

    def read(self, nodes: list[LexborNode], owner: Item | None = None) -> None:
        """Go through elements; what is in no item among them belongs to ``owner``."""
        around: Ancestry[_Stretch] = Ancestry()
        outermost = _Stretch(owner) if owner else None
        for node in nodes:
            attributes = node.attributes
            classes = read_classes(attributes.get("class") or "")
            rel = attributes.get("rel")
            if not (rel or has_meaning(classes)) or node.tag == "template":
                continue
            if len(self.items) >= MAX_ENTITIES or len(self.marked) >= _MAX_PROPERTIES:
                break
            stretch = around.get_around(node) or outermost
            inner = self._take(node, classes, rel, stretch)
            if inner is not None:
                around.remember(node, inner)

    def _take(
        self, node: LexborNode, classes: ClassNames, rel: str | None, stretch: _Stretch | None
    ) -> _Stretch | None:
        owner = stretch.item if stretch else None
        if stretch and classes.is_value:
            stretch.values.append(node)
        properties = find_properties(owner, classes) if owner else []
        item = get_started(node, classes, owner, properties)
        if item is not None:
            self._place(item, owner, properties)
        speaker = item or (owner if properties or classes.is_value else None)
        inner = _Stretch(speaker) if speaker else None
        if owner and properties and inner:
            self.marked.append(_Marked(owner, properties, node, inner, item))
        if owner and rel and owner.classics:
            self._relate(node, rel, owner, properties)
        return inner

    def _place(self, item: Item, owner: Item | None, properties: list[Property]) -> None:
        self.items.append(item)
        if owner is None:
            self.top.append(item)
        else:
            owner.prefixes.add("h")
            if not properties:
                owner.children.append(item)

    def _relate(self, node: LexborNode, rel: str, owner: Item, properties: list[Property]) -> None:
        """Note what ``rel`` says, unless a class has said it."""
        for prop in find_relations(owner, rel):
            if prop not in properties:
                link = self._document.join(node.attributes.get("href") or "")
                stated = unquote(link.rstrip("/").rpartition("/")[2]) if prop[0] == "p" else link
                self.marked.append(_Marked(owner, [prop], node, _Stretch(owner), None, stated))


def _evaluate(marked: _Marked, document: Document) -> None:
    """Add what a marked element says to the item that owns it, to be read when asked for."""
    owner, node = marked.owner, marked.node
    for prefix, name in marked.properties:
        owner.prefixes.add(prefix)
        text = Text(_reader(marked, prefix, document), node)
        if prefix == "dt":
            owner.last_date = get_date(text.value) or owner.last_date
        alt = get_alt(node) if prefix == "u" and not owner.classics else None
        owner.add(name, Found(prefix, text, node, alt, marked.item))


def _reader(marked: _Marked, prefix: str, document: Document) -> str | Callable[[], str]:
    """Give what reads a value. It knows no owner: in a ring they would keep the page alive."""
    node, values = marked.node, marked.stretch.values
    if marked.stated is not None:
        return marked.stated
    if prefix == "u":
        return partial(read_link, node, values, document)
    if prefix == "dt":
        return partial(read_moment, node, values, document, marked.owner.last_date)
    if prefix == "e":
        return partial(read_text, node, document)
    if marked.item and marked.item.included:
        return partial(_joined_text, [node, *marked.item.included], document)
    return partial(read_plain, node, values, document)


def _joined_text(nodes: list[LexborNode], document: Document) -> str:
    return "".join(raw_text(node, document) for node in nodes).strip()
