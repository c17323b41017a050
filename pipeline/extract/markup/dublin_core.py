"""Dublin Core in meta and link elements (https://www.dublincore.org/specifications/dublin-core/)."""

from pipeline.extract.markup.document import Document
from pipeline.extract.markup.meta import MAX_ELEMENTS

_ELEMENTS = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_ELEMENT_NAMES = """contributor coverage creator date description format identifier language
    publisher relation rights source subject title type"""
_TERM_NAMES = """abstract accessRights accrualMethod accrualPeriodicity accrualPolicy alternative
    audience available bibliographicCitation conformsTo created dateAccepted dateCopyrighted
    dateSubmitted educationLevel extent hasFormat hasPart hasVersion instructionalMethod isFormatOf
    isPartOf isReferencedBy isReplacedBy isRequiredBy issued isVersionOf license mediator medium
    modified provenance references replaces requires rightsHolder spatial tableOfContents temporal
    valid Agent AgentClass BibliographicResource Collection Frequency LicenseDocument
    LinguisticSystem Location LocationPeriodOrJurisdiction MediaTypeOrExtent MethodOfAccrual
    MethodOfInstruction PeriodOfTime PhysicalMedium PhysicalResource Policy ProvenanceStatement
    RightsStatement SizeOrDuration Standard"""
_ELEMENT_BY_NAME = {name: _ELEMENTS + name for name in _ELEMENT_NAMES.split()}
_TERM_BY_NAME = {name.lower(): _TERMS + name for name in _TERM_NAMES.split()}


def describe_dublin_core(document: Document) -> list[dict[str, object]]:
    """Give the Dublin Core of a page: its namespaces, elements and terms, each with its URI."""
    namespaces: dict[str, str] = {}
    elements: list[dict[str, str]] = []
    terms: list[dict[str, str]] = []
    for node in document.find("link[rel][href]")[:MAX_ELEMENTS]:
        rel = node.attributes.get("rel") or ""
        href = (node.attributes.get("href") or "").strip()
        if "schema" in rel and href in {_ELEMENTS, _TERMS}:
            namespaces[rel.replace("schema.", "")] = href
    nodes = [*document.find("meta[name]")[:MAX_ELEMENTS]]
    nodes += document.find("link[rel]")[:MAX_ELEMENTS]
    for node in nodes:
        attributes = {name: value or "" for name, value in node.attributes.items()}
        named = attributes.get("name" if node.tag == "meta" else "rel", "")
        name = named.rpartition(".")[2].lower()
        if name in _ELEMENT_BY_NAME:
            elements.append({**attributes, "URI": _ELEMENT_BY_NAME[name]})
        elif name in _TERM_BY_NAME:
            terms.append({**attributes, "URI": _TERM_BY_NAME[name]})
    return [{"namespaces": namespaces, "elements": elements, "terms": terms}]
