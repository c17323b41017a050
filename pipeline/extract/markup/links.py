"""The links of a page that say what they are to it (``rel``), and those to business cards."""

from selectolax.lexbor import LexborNode

from pipeline.extract.markup.document import Document
from pipeline.extract.markup.microformats.classes import find_words
from pipeline.extract.markup.text import plain_text

MAX_LINKS = 2_000
_TOLD = ("hreflang", "media", "title", "type")
_CARDS = (".vcf", ".vcard")


def describe_links(
    document: Document,
) -> tuple[dict[str, list[str]], dict[str, dict[str, object]]]:
    """Give the addresses by ``rel``, and by address what its links say, as microformats2 has it."""
    by_rel: dict[str, dict[str, None]] = {}
    by_url: dict[str, dict[str, object]] = {}
    rels_of: dict[str, set[str]] = {}
    for node in document.find("a[rel],area[rel],link[rel]")[:MAX_LINKS]:
        attributes = node.attributes
        rels = find_words(attributes.get("rel"))
        if not rels:
            continue
        url = document.join(attributes.get("href") or "")
        for rel in rels:
            by_rel.setdefault(rel, {})[url] = None
        rels_of.setdefault(url, set()).update(rels)
        told = by_url.setdefault(url, {})
        for name in _TOLD:
            value = attributes.get(name)
            if value is not None:
                told.setdefault(name, value)
        told.setdefault("text", plain_text(node, document))
    for url, told in by_url.items():
        told["rels"] = sorted(rels_of[url])
    return {rel: list(urls) for rel, urls in by_rel.items()}, by_url


def find_cards(document: Document) -> list[tuple[str, LexborNode]]:
    """Give the addresses of business cards (vCards) that a page links to, with their links."""
    if not document.mentions(*(card.encode() for card in _CARDS), b"text/vcard", b"text/x-vcard"):
        return []
    found: dict[str, LexborNode] = {}
    for node in document.find("a[href],link[href]"):
        attributes = node.attributes
        link = (attributes.get("href") or "").strip()
        path = link.partition("?")[0].partition("#")[0].lower()
        kind = (attributes.get("type") or "").lower()
        if path.endswith(_CARDS) or kind in {"text/vcard", "text/x-vcard", "text/directory"}:
            found.setdefault(document.join(link), node)
        if len(found) >= MAX_LINKS:
            break
    return list(found.items())
