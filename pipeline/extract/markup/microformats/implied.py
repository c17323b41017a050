"""What an item says by its mere content: a name, a photo, an address, where none is marked."""

from functools import partial

from selectolax.lexbor import LexborNode

from pipeline.extract.entity import Text
from pipeline.extract.markup.document import Document
from pipeline.extract.markup.microformats.classes import read_classes
from pipeline.extract.markup.microformats.items import Found, Item
from pipeline.extract.markup.microformats.values import get_alt, read_text

_NAMING = {"img": "alt", "area": "alt", "abbr": "title"}
_PICTURES = (("img", "src"), ("object", "data"))
_LINKS = (("a", "href"), ("area", "href"))


def imply(item: Item, document: Document) -> None:
    """Add the properties that follow from an item's content, by the rules of microformats2."""
    has_inner = "h" in item.prefixes
    if "name" not in item.properties and not has_inner and not {"p", "e"} & item.prefixes:
        text = Text(partial(_name, item.node, document), item.node)
        item.add("name", Found("", text, item.node))
    if has_inner or "u" in item.prefixes:
        return
    for name, sources in (("photo", _PICTURES), ("url", _LINKS)):
        if name not in item.properties:
            found = _linked(item.node, sources, document)
            if found is not None:
                item.add(name, found)


def _name(node: LexborNode, document: Document) -> str:
    own = node.attributes.get(_NAMING.get(node.tag or "", ""), "none")
    if own != "none":
        return (own or "").strip()
    for one in _only_descendants(node):
        stated = one.attributes.get(_NAMING.get(one.tag or "", ""))
        if stated:
            return stated.strip()
    return read_text(node, document, images="alt")


def _only_descendants(node: LexborNode) -> list[LexborNode]:
    """Give the only child of an element and its only child, as long as they are no items."""
    found: list[LexborNode] = []
    for _ in range(2):
        children = _children(node)
        if len(children) != 1 or _is_item(children[0]):
            break
        node = children[0]
        found.append(node)
    return found


def _linked(
    node: LexborNode, sources: tuple[tuple[str, str], ...], document: Document
) -> Found | None:
    """Find an address: the element's own, its only such child's, or its only child's such child."""
    for tag, name in sources:
        if node.tag == tag and name in node.attributes:
            return _address(node, name, document)
    children = _children(node)
    for parent in (children, _children(children[0]) if _is_lone(children) else []):
        for tag, name in sources:
            alike = [child for child in parent if child.tag == tag]
            if len(alike) == 1 and name in alike[0].attributes and not _is_item(alike[0]):
                return _address(alike[0], name, document)
    return None


def _address(node: LexborNode, name: str, document: Document) -> Found:
    text = Text(partial(document.join, node.attributes[name] or ""), node)
    return Found("", text, node, get_alt(node))


def _is_lone(children: list[LexborNode]) -> bool:
    return len(children) == 1 and not _is_item(children[0])


def _children(node: LexborNode) -> list[LexborNode]:
    return [one for one in node.iter() if one.is_element_node and one.tag != "template"]


def _is_item(node: LexborNode) -> bool:
    return bool(read_classes(node.attributes.get("class") or "").roots)
