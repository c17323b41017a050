"""Microformats as entities, their properties named as in schema.org."""

from selectolax.lexbor import LexborNode

from pipeline.extract.entity import Entity
from pipeline.extract.markup.document import Document
from pipeline.extract.markup.microformats.items import Item
from pipeline.extract.markup.microformats.parser import read_items
from pipeline.extract.markup.text import only_text

_MAX_KINDS = 10
_TYPES = {
    "h-card": "person",
    "h-adr": "postaladdress",
    "h-geo": "geocoordinates",
    "h-event": "event",
    "h-entry": "article",
    "h-feed": "blog",
    "h-product": "product",
    "h-review": "review",
}
_OF_FIRMS = frozenset({"org", "affiliation", "brand", "source-org", "education", "experience"})
_NAMES = {
    "tel": "telephone",
    "org": "worksFor",
    "organization-name": "worksFor",
    "organization-unit": "department",
    "job-title": "jobTitle",
    "role": "jobTitle",
    "given-name": "givenName",
    "additional-name": "additionalName",
    "family-name": "familyName",
    "honorific-prefix": "honorificPrefix",
    "honorific-suffix": "honorificSuffix",
    "note": "description",
    "adr": "address",
    "street-address": "streetAddress",
    "extended-address": "extendedAddress",
    "locality": "addressLocality",
    "region": "addressRegion",
    "postal-code": "postalCode",
    "post-office-box": "postOfficeBoxNumber",
    "country-name": "addressCountry",
    "organizer": "organizer",
    "bday": "birthDate",
}


def find_microformats(document: Document) -> list[Entity]:
    """Give the things that the microformats of a page describe."""
    entities: dict[int, Entity] = {}
    top = read_items(document)
    todo = list(top)
    while todo:
        item = todo.pop()
        entity = _entity(item, entities)
        for name, values in item.properties.items():
            for found in values:
                if found.item is not None:
                    todo.append(found.item)
                    inner = _entity(found.item, entities)
                    if name in _OF_FIRMS and "person" in inner.types:
                        inner.types = inner.types - {"person"} | {"organization"}
                    entity.add(_NAMES.get(name, name), inner)
                elif name == "tel" and _is_fax(found.node):
                    entity.add("faxNumber", found.text)
                else:
                    entity.add(_NAMES.get(name, name), found.text)
        for child in item.children:
            todo.append(child)
            entity.add("child", _entity(child, entities))
        _settle(entity)
    return [entities[id(item)] for item in top]


def _is_fax(node: LexborNode) -> bool:
    """Whether a number says within that it is of a fax (class ``type``, which is no property)."""
    if only_text(node) is not None:
        return False
    return any("fax" in (kind.text() or "").lower() for kind in node.css(".type")[:_MAX_KINDS])


def _entity(item: Item, entities: dict[int, Entity]) -> Entity:
    if id(item) not in entities:
        types = frozenset(_TYPES.get(name, name[2:]) for name in item.types)
        entities[id(item)] = Entity(types, place=item.node)
    return entities[id(item)]


def _settle(entity: Entity) -> None:
    """Tell cards of organizations from those of people: their name is that of the organization."""
    if "person" not in entity.types:
        return
    name, firm = entity.text("name"), entity.text("worksFor")
    is_person = "givenName" in entity.values or "familyName" in entity.values
    if firm and (name == firm or not name) and not is_person:
        entity.types = (entity.types - {"person"}) | {"organization"}
        entity.values["name"] = entity.values.pop("worksFor")
