"""Finds the items of a page and their properties, in one pass over the elements with classes."""

from dataclasses import dataclass, field
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from pipeline.extract.entity import MAX_ENTITIES
from pipeline.extract.markup.ancestry import Ancestry
from pipeline.extract.markup.document import Document
from pipeline.extract.markup.microformats.classes import (
    Property,
    find_properties,
    find_roots,
    find_words,
)
from pipeline.extract.markup.microformats.classic import CLASSICS, REVIEWED, Classic
from pipeline.extract.markup.microformats.datetimes import get_date
from pipeline.extract.markup.microformats.implied import imply
from pipeline.extract.markup.microformats.includes import find_included
from pipeline.extract.markup.microformats.items import Found, Item
from pipeline.extract.markup.microformats.values import (
    get_alt,
    raw_text,
    read_link,
    read_moment,
    read_plain,
    read_text,
)

_MAX_PROPERTIES = 10_000
# What a page must have in its source for any item: a class that starts with h-, or a classic one.
_MARKS = (
    *(before + b"h-" for before in (b'"', b"'", b" ", b"=", b"\n", b"\t")),
    *(name.encode() for name in CLASSICS if name not in {"adr", "geo"}),
    *(before + name for name in (b"adr", b"geo") for before in (b'"', b"'", b"=", b'" ')),
)


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
    if not document.mentions(*_MARKS):
        return []
    scan = _Scan(document)
    scan.read(document.find("[class],[rel]"))
    for item, nodes in find_included(document, [one for one in scan.items if one.classics]):
        item.included += nodes[:1]
        scan.read(nodes, item)
    for marked in scan.marked:
        _evaluate(marked, document)
    for item in scan.items:
        if item.implied:
            imply(item, document)
    return scan.top


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
            words = find_words(attributes.get("class"))
            if (not words and "rel" not in attributes) or node.tag == "template":
                continue
            stretch = around.get_around(node) or outermost
            if len(self.items) >= MAX_ENTITIES or len(self.marked) >= _MAX_PROPERTIES:
                break
            inner = self._take(node, words, attributes.get("rel"), stretch)
            if inner is not None:
                around.remember(node, inner)

    def _take(
        self, node: LexborNode, words: list[str], rel: str | None, stretch: _Stretch | None
    ) -> _Stretch | None:
        owner = stretch.item if stretch else None
        is_value = "value" in words or "value-title" in words
        if stretch and is_value:
            stretch.values.append(node)
        properties = _properties(owner, words) if owner else []
        item = _start(node, words, owner, properties)
        if item is not None:
            self._place(item, owner, properties)
        speaker = item or (owner if properties or is_value else None)
        inner = _Stretch(speaker) if speaker else None
        if owner and properties and inner:
            self.marked.append(_Marked(owner, properties, node, inner, item))
        if owner and rel:
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
        words = set(rel.lower().split())
        for relation, prop in _relations(owner).items():
            if words.issuperset(relation.split()) and prop not in properties:
                link = self._document.join(node.attributes.get("href") or "")
                stated = unquote(link.rstrip("/").rpartition("/")[2]) if prop[0] == "p" else link
                self.marked.append(_Marked(owner, [prop], node, _Stretch(owner), None, stated))


def _classics(item: Item) -> list[Classic]:
    if "h-item" in item.types:
        return [REVIEWED]
    return [CLASSICS[name] for name in item.classics]


def _properties(owner: Item, words: list[str]) -> list[Property]:
    """Give the properties that an element is marked as in the item it stands in."""
    if not owner.classics:
        return find_properties(words)
    found: dict[Property, None] = {}
    for classic in _classics(owner):
        for word in words:
            found.update(dict.fromkeys(classic.properties.get(word, ())))
    return list(found)


def _relations(owner: Item) -> dict[str, Property]:
    return {
        relation: prop
        for name in owner.classics
        for relation, prop in CLASSICS[name].relations.items()
    }


def _start(
    node: LexborNode, words: list[str], owner: Item | None, properties: list[Property]
) -> Item | None:
    """Give the item that an element starts, if it starts one."""
    roots = find_roots(words)
    if roots:
        return Item(node, roots)
    classics = frozenset(word for word in words if word in CLASSICS)
    if classics:
        types = sorted({CLASSICS[name].type for name in classics})
        return Item(node, types, classics, implied=False)
    if owner is not None and owner.classics and properties:
        for classic in _classics(owner):
            for word in words:
                implied = classic.implied_types.get(word)
                if implied:
                    return _implied_item(node, implied)
    return None


def _implied_item(node: LexborNode, kind: str) -> Item:
    """Start an item that only its property tells: the author of an entry is a card."""
    classics = frozenset(name for name, classic in CLASSICS.items() if classic.type == kind)
    return Item(node, [kind], classics or frozenset({"item"}), implied=kind == "h-card")


def _evaluate(marked: _Marked, document: Document) -> None:
    """Read what a marked element says, once for each prefix, into the item that owns it."""
    owner = marked.owner
    texts: dict[str, str] = {}
    for prefix, name in marked.properties:
        owner.prefixes.add(prefix)
        if prefix not in texts:
            texts[prefix] = _text(marked, prefix, document)
        alt = None
        if prefix == "u" and marked.node.tag == "img" and not owner.classics:
            alt = get_alt(marked.node)
        owner.add(name, Found(prefix, texts[prefix], marked.node, alt, marked.item))


def _text(marked: _Marked, prefix: str, document: Document) -> str:
    if marked.stated is not None:
        return marked.stated
    node, values = marked.node, marked.stretch.values
    if prefix == "p":
        if marked.item and marked.item.included:
            parts = [node, *marked.item.included]
            return "".join(raw_text(part, document) for part in parts).strip()
        return read_plain(node, values, document)
    if prefix == "u":
        return read_link(node, values, document)
    if prefix == "e":
        return read_text(node, document)
    owner = marked.owner
    moment = read_moment(node, values, document, owner.last_date)
    owner.last_date = get_date(moment) or owner.last_date
    return moment
