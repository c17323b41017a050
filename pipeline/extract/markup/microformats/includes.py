"""What a classic microformat takes in from elsewhere on the page.

Three ways: ``itemref``, an element of class ``include``, and the ``headers`` of a table cell.
"""

from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from pipeline.extract.markup.document import Document
from pipeline.extract.markup.microformats.classes import find_words
from pipeline.extract.markup.microformats.items import Item

_MAX_INCLUDES = 100
_MAX_NODES = 5_000
_MARKS = (b"itemref", b"include", b"headers")


def find_included(document: Document, items: list[Item]) -> Iterator[tuple[Item, list[LexborNode]]]:
    """Give the items that take something in, with the elements to be read as if within them."""
    if not items or not document.mentions(*_MARKS):
        return
    references = list(islice(_references(document, items), _MAX_INCLUDES))
    targets = _find_targets(document, {name for _, name in references})
    left = _MAX_NODES
    for item, name in references:
        if name in targets:
            nodes = list(islice(_elements(targets[name]), left))
            left -= len(nodes)
            yield item, nodes


def _references(document: Document, items: list[Item]) -> Iterator[tuple[Item, str]]:
    by_node = {item.node.mem_id: item for item in items}
    for item in items:
        attributes = item.node.attributes
        for name in find_words(attributes.get("itemref")):
            yield item, name
        for name in find_words(attributes.get("headers")):
            yield item, name
    for node in document.find(".include"):
        link = node.attributes.get("href") or node.attributes.get("data") or ""
        owner = _owner(node, by_node) if link.startswith("#") else None
        if owner is not None:
            yield owner, link[1:]


def _owner(node: LexborNode, by_node: dict[int, Item]) -> Item | None:
    parent = node.parent
    for _ in range(_MAX_INCLUDES):
        if parent is None:
            return None
        if parent.mem_id in by_node:
            return by_node[parent.mem_id]
        parent = parent.parent
    return None


def _find_targets(document: Document, names: set[str]) -> dict[str, LexborNode]:
    targets: dict[str, LexborNode] = {}
    for node in document.find("[id]") if names else ():
        name = node.attributes.get("id") or ""
        if name in names:
            targets.setdefault(name, node)
    return targets


def _elements(node: LexborNode) -> Iterator[LexborNode]:
    return (one for one in node.traverse() if one.is_element_node)
