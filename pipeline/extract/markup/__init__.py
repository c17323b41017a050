"""What a page says to machines: JSON-LD, microdata, RDFa, microformats and meta elements."""

from selectolax.lexbor import LexborHTMLParser

from pipeline.extract.contact import Method
from pipeline.extract.entity import Entity
from pipeline.extract.markup.describe import describe_markup
from pipeline.extract.markup.document import Document
from pipeline.extract.markup.jsonld import find_json_ld
from pipeline.extract.markup.links import find_cards
from pipeline.extract.markup.meta import find_meta
from pipeline.extract.markup.microdata import find_microdata
from pipeline.extract.markup.microformats import find_microformats
from pipeline.extract.markup.place import describe_place
from pipeline.extract.markup.triples import find_rdfa

__all__ = ["describe_markup", "describe_place", "find_card_links", "find_entities"]


def find_entities(html: LexborHTMLParser, base_url: str = "") -> list[tuple[list[Entity], Method]]:
    """Give the things that each kind of markup on a page describes, addresses made absolute.

    ``base_url`` is the address the page was read from.
    """
    document = Document(html, base_url)
    found: list[tuple[list[Entity], Method]] = [
        (find_json_ld(document), "json-ld"),
        (find_microdata(document), "microdata"),
        (find_rdfa(document), "rdfa"),
        (find_microformats(document), "h-card"),
        (find_meta(document), "meta"),
    ]
    return [(entities, method) for entities, method in found if entities]


def find_card_links(html: LexborHTMLParser, base_url: str = "") -> list[str]:
    """Give the addresses of the business cards (vCards) that a page links to."""
    return [url for url, _ in find_cards(Document(html, base_url))]
