"""The words RDFa knows without being told, and how a page adds to them."""

import re

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDF_TYPE = f"{RDF}type"
USES_VOCABULARY = "http://www.w3.org/ns/rdfa#usesVocabulary"
LITERAL_MARKUP = frozenset({f"{RDF}XMLLiteral", f"{RDF}HTML"})

# The initial context of RDFa 1.1 (https://www.w3.org/2011/rdfa-context/rdfa-1.1) and the
# prefixes that pages of social networks use without declaring them.
PREFIXES = {
    "article": "http://ogp.me/ns/article#",
    "book": "http://ogp.me/ns/book#",
    "cc": "http://creativecommons.org/ns#",
    "ctag": "http://commontag.org/ns#",
    "dc": "http://purl.org/dc/terms/",
    "dc11": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "fb": "http://ogp.me/ns/fb#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "gr": "http://purl.org/goodrelations/v1#",
    "grddl": "http://www.w3.org/2003/g/data-view#",
    "ical": "http://www.w3.org/2002/12/cal/icaltzd#",
    "music": "http://ogp.me/ns/music#",
    "og": "http://ogp.me/ns#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "product": "http://ogp.me/ns/product#",
    "profile": "http://ogp.me/ns/profile#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": RDF,
    "rdfa": "http://www.w3.org/ns/rdfa#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "rev": "http://purl.org/stuff/rev#",
    "schema": "http://schema.org/",
    "sioc": "http://rdfs.org/sioc/ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "skosxl": "http://www.w3.org/2008/05/skos-xl#",
    "twitter": "https://dev.twitter.com/cards#",
    "v": "http://rdf.data-vocabulary.org/#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "video": "http://ogp.me/ns/video#",
    "void": "http://rdfs.org/ns/void#",
    "wdr": "http://www.w3.org/2007/05/powder#",
    "wdrs": "http://www.w3.org/2007/05/powder-s#",
    "xhv": "http://www.w3.org/1999/xhtml/vocab#",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
TERMS = {
    "describedby": "http://www.w3.org/2007/05/powder-s#describedby",
    "license": "http://www.w3.org/1999/xhtml/vocab#license",
    "role": "http://www.w3.org/1999/xhtml/vocab#role",
}
MAX_WORDS = 20
_MAX_PREFIXES = 200
_MAX_LENGTH = 500
_PREFIX = re.compile(r"([^\s:]+):\s+(\S+)")


def add_prefixes(known: dict[str, str], attributes: dict[str, str | None]) -> dict[str, str]:
    """Give the known prefixes with those that an element declares."""
    declared = _find_prefixes(attributes)
    if not declared or len(known) + len(declared) > _MAX_PREFIXES:
        return known
    return {**known, **declared}


def read_words(attribute: str | None) -> list[str]:
    """Give the words of an attribute, of many only the first."""
    return attribute.split(maxsplit=MAX_WORDS)[:MAX_WORDS] if attribute else []


def read_vocabulary(attribute: str) -> str:
    """Give a vocabulary, or nothing where none can be meant."""
    return attribute if len(attribute) <= _MAX_LENGTH else ""


def expand(word: str, vocabulary: str, prefixes: dict[str, str]) -> str:
    """Give the address a term, a prefixed name or an address stands for; nothing for others."""
    prefix, colon, rest = word.partition(":")
    if colon:
        namespace = prefixes.get(prefix.lower())
        if namespace is not None and not rest.startswith("//"):
            return namespace + rest
        return "" if prefix == "_" or prefix.lower() in {"javascript", ""} else word
    if vocabulary:
        return vocabulary + word
    return TERMS.get(word.lower(), "")


def _find_prefixes(attributes: dict[str, str | None]) -> dict[str, str]:
    """Give what an element declares by ``prefix`` or by ``xmlns:``."""
    found = {
        name[6:].lower(): value
        for name, value in attributes.items()
        if name.startswith("xmlns:") and value and len(value) <= _MAX_LENGTH
    }
    for prefix, namespace in _PREFIX.findall(attributes.get("prefix") or ""):
        if len(namespace) <= _MAX_LENGTH:
            found[prefix.lower()] = namespace
    return found
