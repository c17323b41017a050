"""Microdata and h-cards: markup for machines inside the visible page."""

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.extract.entity import MAX_ENTITIES, Entity, bare_name

_ADDRESSED = {"a": "href", "area": "href", "link": "href", "img": "src"}
_STATED = ("content", "datetime", "value", "data-value")
_MAX_CLIMB = 100

# What the classes of h-card (``p-name``) and its forerunner hCard (``fn``) mean.
_CARD = {
    "name": "name",
    "fn": "name",
    "given-name": "givenName",
    "family-name": "familyName",
    "email": "email",
    "tel": "telephone",
    "org": "worksFor",
    "organization-name": "worksFor",
    "job-title": "jobTitle",
    "role": "jobTitle",
    "title": "jobTitle",
    "url": "url",
    "street-address": "streetAddress",
    "locality": "addressLocality",
    "region": "addressRegion",
    "postal-code": "postalCode",
    "country-name": "addressCountry",
}


def find_microdata(html: LexborHTMLParser) -> list[Entity]:
    """Read the microdata of a page; gives the things at the top."""
    items: dict[int, Entity] = {}
    roots: list[Entity] = []
    for node in html.css("[itemscope], [itemprop]")[: 20 * MAX_ENTITIES]:
        attributes = node.attributes
        entity = None
        if "itemscope" in attributes and len(items) < MAX_ENTITIES:
            types = (attributes.get("itemtype") or "").split()
            entity = Entity(frozenset(bare_name(name).lower() for name in types))
            items[node.mem_id] = entity
        names = (attributes.get("itemprop") or "").split()
        owner = _owner(node, items) if names else None
        if owner is not None:
            for name in names:
                owner.add(bare_name(name), entity or _published(node))
        elif entity is not None:
            roots.append(entity)
    return roots


def find_h_cards(html: LexborHTMLParser) -> list[Entity]:
    """Read the h-cards and hCards of a page."""
    cards: dict[int, Entity] = {}
    for node in html.css(".h-card, .vcard")[:MAX_ENTITIES]:
        card = Entity(frozenset({"person"}))
        if _owner(node, cards) is None:
            cards[node.mem_id] = card
            _read_card(node, card)
    for card in cards.values():
        if not card.text("name", "givenName") or card.text("name") == card.text("worksFor"):
            card.types = frozenset({"organization"})
            card.values.setdefault("name", card.values.pop("worksFor", []))
    return list(cards.values())


def _read_card(node: LexborNode, card: Entity) -> None:
    for inner in node.css("[class]")[:200]:
        for word in (inner.attributes.get("class") or "").split():
            prefix, _, rest = word.partition("-")
            name = _CARD.get(rest if prefix in {"p", "u", "dt"} else word)
            if name and not (word == "title" and inner.tag in {"h1", "h2", "h3", "abbr"}):
                card.add(name, _published(inner))


def _owner(node: LexborNode, items: dict[int, Entity]) -> Entity | None:
    parent = node.parent
    for _ in range(_MAX_CLIMB):
        if parent is None:
            return None
        if parent.mem_id in items:
            return items[parent.mem_id]
        parent = parent.parent
    return None


def _published(node: LexborNode) -> str:
    attributes = node.attributes
    for name in _STATED:
        if attributes.get(name) and node.tag in {"meta", "data", "time", "meter", "input"}:
            return attributes[name] or ""
    if attributes.get("content"):
        return attributes["content"] or ""
    text = " ".join(node.text(separator=" ").split())
    linked = attributes.get(_ADDRESSED.get(node.tag or "", "")) or ""
    if linked.lower().startswith(("mailto:", "tel:")):
        return linked
    return linked or text if node.tag in {"link", "img"} or _is_url(node) else text


def _is_url(node: LexborNode) -> bool:
    classes = (node.attributes.get("class") or "").split()
    return node.attributes.get("itemprop") in {"url", "sameAs"} or "u-url" in classes
