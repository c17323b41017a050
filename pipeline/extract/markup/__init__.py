"""What a page says to machines: JSON-LD, microdata, RDFa, microformats and meta elements."""

from selectolax.lexbor import LexborHTMLParser

from pipeline.extract.contact import Method
from pipeline.extract.entity import Entity
from pipeline.extract.markup.jsonld import find_json_ld
from pipeline.extract.markup.microdata import find_h_cards, find_microdata

__all__ = ["find_entities"]


def find_entities(html: LexborHTMLParser, base_url: str = "") -> list[tuple[list[Entity], Method]]:
    """Give the things that each kind of markup on a page describes, addresses made absolute.

    ``base_url`` is the address the page was read from.
    """
    del base_url  # no reader resolves addresses yet
    return [
        (find_json_ld(html), "json-ld"),
        (find_microdata(html), "microdata"),
        (find_h_cards(html), "h-card"),
    ]
