"""Statements put together as things, or told as expanded JSON-LD."""

from pipeline.extract.entity import MAX_ENTITIES, Entity, bare_name, bare_types
from pipeline.extract.markup.document import Document
from pipeline.extract.markup.rdfa import Statement, read_statements
from pipeline.extract.markup.rdfa_terms import RDF_TYPE


def find_rdfa(document: Document) -> list[Entity]:
    """Give the things that the RDFa of a page describes, those first that no other leads to."""
    if not document.mentions(b"typeof="):
        return []
    statements = read_statements(document)
    entities: dict[str, Entity] = {}
    for one in statements:
        if one.subject not in entities and len(entities) < MAX_ENTITIES:
            entities[one.subject] = Entity(id=one.subject, place=one.text.place)
    inner: set[str] = set()
    for one in statements:
        entity = entities.get(one.subject)
        if entity is None:
            continue
        known = entities.get(one.link) if one.link != one.subject else None
        if one.predicate == RDF_TYPE:
            entity.types |= bare_types([one.link])
        elif known is not None:
            entity.add(bare_name(one.predicate), known)
            inner.add(one.link)
        else:
            entity.add(bare_name(one.predicate), one.text)
    return sorted(entities.values(), key=lambda entity: entity.id in inner)


def describe_statements(statements: list[Statement]) -> list[dict[str, object]]:
    """Tell statements as expanded JSON-LD, one object for each subject, each fact once."""
    subjects: dict[str, dict[str, list[object]]] = {}
    seen: set[tuple[str, ...]] = set()
    for one in statements:
        text = "" if one.link else one.text.value
        fact = (one.subject, one.predicate, one.link, text, one.language, one.datatype)
        if fact in seen:
            continue
        seen.add(fact)
        is_type = one.predicate == RDF_TYPE
        values = subjects.setdefault(one.subject, {})
        name = "@type" if is_type else one.predicate
        values.setdefault(name, []).append(one.link if is_type else _told(one))
    return [{"@id": subject, **values} for subject, values in subjects.items()]


def _told(one: Statement) -> dict[str, str]:
    if one.link:
        return {"@id": one.link}
    told = {"@value": one.text.value}
    if one.datatype:
        told["@type"] = one.datatype
    elif one.language:
        told["@language"] = one.language
    return told
