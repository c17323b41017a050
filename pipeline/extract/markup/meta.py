"""What the meta elements of a page say: Open Graph, Twitter's cards, Dublin Core and others."""

import re

from pipeline.extract.entity import Entity, Text
from pipeline.extract.markup.document import Document

MAX_ELEMENTS = 1_000
NAMESPACES = {
    "og": "http://ogp.me/ns#",
    "music": "http://ogp.me/ns/music#",
    "video": "http://ogp.me/ns/video#",
    "article": "http://ogp.me/ns/article#",
    "book": "http://ogp.me/ns/book#",
    "profile": "http://ogp.me/ns/profile#",
    "product": "http://ogp.me/ns/product#",
}
_DECLARED = re.compile(r"(\w+):\s*(\S+)")

# What a page says of the organization behind it, by Open Graph's old and Facebook's newer names.
_BUSINESS = {
    "og:site_name": "name",
    "og:email": "email",
    "og:phone_number": "telephone",
    "og:street-address": "streetAddress",
    "og:locality": "addressLocality",
    "og:region": "addressRegion",
    "og:postal-code": "postalCode",
    "og:country-name": "addressCountry",
    "business:contact_data:email": "email",
    "business:contact_data:phone_number": "telephone",
    "business:contact_data:street_address": "streetAddress",
    "business:contact_data:locality": "addressLocality",
    "business:contact_data:region": "addressRegion",
    "business:contact_data:postal_code": "postalCode",
    "business:contact_data:country_name": "addressCountry",
    "business:contact_data:website": "url",
    "place:location:latitude": "latitude",
    "place:location:longitude": "longitude",
}
_PERSON = {
    "profile:first_name": "givenName",
    "profile:last_name": "familyName",
    "profile:username": "alternateName",
}
_AUTHOR = frozenset({"author", "article:author", "dc.creator", "dcterms.creator"})
_BUSINESS_TYPES = frozenset({"business.business", "restaurant.restaurant", "place", "company"})
# Of which pages an address or a number is the site's own, not that of what the page is about.
_SITE_TYPES = _BUSINESS_TYPES | {"website"}
_ALWAYS_OF_SITE = ("og:site_name",)


def read_open_graph(document: Document) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Give the namespaces in use in the head of a page, and its properties as published."""
    namespaces: dict[str, str] = {}
    found: list[tuple[str, str]] = []
    head = document.html.head
    if head is None:
        return namespaces, found
    for node in (head.parent, head):
        declared = node.attributes.get("prefix") if node is not None else None
        namespaces.update(_DECLARED.findall(declared or ""))
    for node in head.css("meta[property][content]")[:MAX_ELEMENTS]:
        attributes = node.attributes
        name = attributes["property"] or ""
        prefix = name.partition(":")[0]
        if prefix in NAMESPACES:
            namespaces[prefix] = NAMESPACES[prefix]
        if prefix in namespaces:
            found.append((name, attributes["content"] or ""))
    return namespaces, found


def find_meta(document: Document) -> list[Entity]:
    """Give the organization and the people that the meta elements of a page speak of."""
    head = document.html.head
    said = [
        (name, Text(attributes.get("content") or "", node))
        for node in (head.css("meta[content]")[:MAX_ELEMENTS] if head is not None else [])
        if (name := _name(attributes := node.attributes))
    ]
    kinds = {text.value.lower() for name, text in said if name == "og:type"}
    is_of_site = kinds <= _SITE_TYPES
    names = _BUSINESS if is_of_site else {name: _BUSINESS[name] for name in _ALWAYS_OF_SITE}
    firm = _collected(said, names, "organization")
    person = _collected(said, _PERSON, "person")
    titles = [text for name, text in said if name == "og:title"]
    if titles and kinds & _BUSINESS_TYPES:
        firm.values["name"] = [*titles[:1]]
    if titles and "profile" in kinds and not person.values.get("givenName"):
        person.values["name"] = [*titles[:1]]
    authors = [_author(text) for name, text in said if name in _AUTHOR]
    return [one for one in (firm, person, *authors) if one.values]


def _name(attributes: dict[str, str | None]) -> str:
    return (attributes.get("property") or attributes.get("name") or "").strip().lower()


def _collected(said: list[tuple[str, Text]], names: dict[str, str], kind: str) -> Entity:
    entity = Entity(frozenset({kind}))
    for name, text in said:
        if name in names and text.value.strip():
            entity.place = entity.place or text.place
            entity.add(names[name], text)
    return entity


def _author(text: Text) -> Entity:
    """Give an author, who is named or only linked to."""
    name = "url" if text.value.startswith(("http://", "https://", "/", "@")) else "name"
    return Entity(frozenset({"person"}), "", text.place, {name: [text]})
