"""What an element is within the item it stands in: which properties, and which item it starts."""

from selectolax.lexbor import LexborNode

from pipeline.extract.markup.microformats.classes import ClassNames, Property
from pipeline.extract.markup.microformats.classic import CLASSICS, REVIEWED, WORDS, Classic
from pipeline.extract.markup.microformats.items import Item

_REVIEWED = frozenset({"item"})


def starts_item(classes: ClassNames) -> bool:
    """Whether class names start an item wherever they stand."""
    return bool(classes.roots) or any(word in CLASSICS for word in classes.words)


def has_meaning(classes: ClassNames) -> bool:
    """Whether class names can mean anything here."""
    return bool(
        classes.roots
        or classes.properties
        or classes.is_value
        or not WORDS.isdisjoint(classes.words)
    )


def find_properties(owner: Item, classes: ClassNames) -> list[Property]:
    """Give the properties that an element is marked as in the item it stands in."""
    if not owner.classics:
        return list(classes.properties)
    found: dict[Property, None] = {}
    for classic in _classics(owner):
        for word in classes.words:
            found.update(dict.fromkeys(classic.properties.get(word, ())))
    return list(found)


def find_relations(owner: Item, rel: str) -> list[Property]:
    """Give the properties that the words of ``rel`` are in an item."""
    words = set(rel.lower().split())
    return [
        prop
        for classic in _classics(owner)
        for relation, prop in classic.relations.items()
        if words.issuperset(relation.split())
    ]


def get_started(
    node: LexborNode, classes: ClassNames, owner: Item | None, properties: list[Property]
) -> Item | None:
    """Give the item that an element starts."""
    if classes.roots:
        return Item(node, list(classes.roots))
    classics = frozenset(word for word in classes.words if word in CLASSICS)
    if classics:
        types = sorted({CLASSICS[name].type for name in classics})
        return Item(node, types, classics, implied=False)
    if owner is None or not owner.classics or not properties:
        return None
    implied = (
        classic.implied_types.get(word) for classic in _classics(owner) for word in classes.words
    )
    kind = next((one for one in implied if one), None)
    return _implied_item(node, kind) if kind else None


def _implied_item(node: LexborNode, kind: str) -> Item:
    """Start an item that only its property tells: the author of an entry is a card."""
    classics = frozenset(name for name, classic in CLASSICS.items() if classic.type == kind)
    return Item(node, [kind], classics or _REVIEWED, implied=kind == "h-card")


def _classics(item: Item) -> list[Classic]:
    return [CLASSICS.get(name, REVIEWED) for name in item.classics]
