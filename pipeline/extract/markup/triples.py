"""Statements put together as things, or told as expanded JSON-LD."""

from pipeline.extract.entity import MAX_ENTITIES, Entity, Text, bare_name, bare_types
from pipeline.extract.markup.document import Document
from pipeline.extract.markup.rdfa import Statement, read_statements
from pipeline.extract.markup.rdfa_terms import RDF_TYPE


def find_rdfa(document: Document) -> list[Entity]:
    """Give the things that the RDFa of a page describes, those first that no other leads to."""
    if not document.mentions(b"typeof"):
        return []
    statements = read_statements(document)
    entities: dict[str, Entity] = {}
    for one in statements:
        if one.subject not in entities and len(entities) < MAX_ENTITIES:
            entities[one.subject] = Entity(id=one.subject, place=one.node)
    inner: set[str] = set()
    for one in statements:
        entity = entities.get(one.subject)
        if entity is None:
            continue
        known = entities.get(one.value) if one.is_link and one.value != one.subject else None
        if one.predicate == RDF_TYPE:
            entity.types |= bare_types([one.value])
        elif known is not None:
            entity.add(bare_name(one.predicate), known)
            inner.add(one.value)
        else:
            entity.add(bare_name(one.predicate), Text(one.value, one.node))
    return sorted(entities.values(), key=lambda entity: entity.id in inner)


def describe_statements(statements: list[Statement]) -> list[dict[str, object]]:
    """Tell statements as expanded JSON-LD, one object for each subject."""
    subjects: dict[str, dict[str, list[object]]] = {}
    for one in statements:
        told = subjects.setdefault(one.subject, {})
        name, value = ("@type", one.value) if one.predicate == RDF_TYPE else _told(one)
        values = told.setdefault(name, [])
        if value not in values:
            values.append(value)
    return [{"@id": subject, **told} for subject, told in subjects.items()]


def _told(one: Statement) -> tuple[str, object]:
    if one.is_link:
        return one.predicate, {"@id": one.value}
    told = {"@value": one.value}
    if one.datatype:
        told["@type"] = one.datatype
    elif one.language:
        told["@language"] = one.language
    return one.predicate, told
