"""All markup of a page told as JSON, in the shapes that other readers of markup use.

``mf2`` is the canonical JSON of microformats2, the rest what extruct gives.
"""

from selectolax.lexbor import LexborHTMLParser

from pipeline.extract.markup import microdata, microformats
from pipeline.extract.markup.document import Document
from pipeline.extract.markup.dublin_core import describe_dublin_core
from pipeline.extract.markup.html_fragment import inner_html
from pipeline.extract.markup.jsonld import read_scripts
from pipeline.extract.markup.links import describe_links
from pipeline.extract.markup.meta import read_open_graph
from pipeline.extract.markup.rdfa import read_statements
from pipeline.extract.markup.triples import describe_statements

_MAX_DEPTH = 50
_MAX_LAYERS = 200

Described = dict[str, object]


def describe_markup(html: LexborHTMLParser, url: str = "") -> dict[str, object]:
    """Tell all markup of a page. ``url`` is the address it was read from.

    Keys: json-ld, microdata, rdfa, opengraph, microformat, dublincore, mf2.
    """
    document = Document(html, url)
    items = [describe_microformat(item, document) for item in microformats.read_items(document)]
    rels, rel_urls = describe_links(document)
    return {
        "json-ld": describe_json_ld(document),
        "microdata": describe_microdata(document),
        "rdfa": describe_statements(read_statements(document)),
        "opengraph": describe_open_graph(document),
        "microformat": items,
        "dublincore": describe_dublin_core(document),
        "mf2": {"items": items, "rels": rels, "rel-urls": rel_urls},
    }


def describe_json_ld(document: Document) -> list[object]:
    """Give the JSON-LD of a page as published, one object after the other."""
    found = []
    for data in read_scripts(document):
        if not _is_too_deep(data):
            found += [one for one in (data if isinstance(data, list) else [data]) if one]
    return found


def describe_open_graph(document: Document) -> list[Described]:
    """Give the Open Graph properties of a page, if it has any."""
    namespaces, properties = read_open_graph(document)
    if not properties:
        return []
    return [{"namespace": namespaces, "properties": [list(pair) for pair in properties]}]


def describe_microdata(document: Document) -> list[Described]:
    """Give the microdata of a page; a property with one value has it bare."""
    told: set[int] = set()
    items = [item for item in microdata.read_items(document) if item.is_top]
    return [_described_item(item, document, told, 0) for item in items]


def _is_too_deep(data: object) -> bool:
    """Whether data is nested deeper than can be told as JSON again."""
    layer = [data] if isinstance(data, dict | list) else []
    for _ in range(_MAX_LAYERS):
        inner = [one.values() if isinstance(one, dict) else one for one in layer]
        layer = [one for part in inner for one in part if isinstance(one, dict | list)]
        if not layer:
            return False
    return True


def _described_item(
    item: microdata.Item, document: Document, told: set[int], depth: int
) -> Described:
    told.add(id(item))
    described: Described = {}
    if item.types:
        described["type"] = item.types[0] if len(item.types) == 1 else item.types
        if item.id:
            described["id"] = item.id
    properties: dict[str, list[object]] = {}
    for names, node, inner in item.properties:
        if inner is None:
            value: object = microdata.published_input(node) or microdata.published_value(
                node, document
            )
        elif depth < _MAX_DEPTH and id(inner) not in told:
            value = _described_item(inner, document, told, depth + 1)
        else:
            continue
        for name in names:
            properties.setdefault(name, []).append(value)
    if properties:
        described["properties"] = {
            name: values[0] if len(values) == 1 else values for name, values in properties.items()
        }
    else:
        described["value"] = microdata.published_value(item.node, document)
    return described


def describe_microformat(item: microformats.Item, document: Document, depth: int = 0) -> Described:
    """Tell a microformat as the canonical JSON."""
    described: Described = {"type": item.types, "properties": {}}
    if depth < _MAX_DEPTH:
        described["properties"] = {
            name: [_described_value(found, document, depth) for found in values]
            for name, values in item.properties.items()
        }
        if item.children:
            described["children"] = [
                describe_microformat(child, document, depth + 1) for child in item.children
            ]
    name = item.node.attributes.get("id")
    if name and not item.classics:
        described["id"] = name
    return described


def _described_value(found: microformats.Found, document: Document, depth: int) -> object:
    if found.item is not None:
        described = describe_microformat(found.item, document, depth + 1)
        return described | _value_of(found, found.item, document)
    if found.prefix == "e":
        return _embedded(found, document)
    if found.alt is not None:
        return {"value": found.text.value, "alt": found.alt}
    return found.text.value


def _value_of(found: microformats.Found, item: microformats.Item, document: Document) -> Described:
    """Give what an item says where it stands as a property."""
    if found.prefix == "e":
        return _embedded(found, document)
    marked = {"p": "name", "u": "url"}.get(found.prefix)
    named = item.get_marked(found.prefix, marked) if marked else None
    if named is not None and named.item is None:
        return {"value": _described_value(named, document, 0)}
    return {"value": found.text.value}


def _embedded(found: microformats.Found, document: Document) -> Described:
    return {"value": found.text.value, "html": inner_html(found.node, document)}
