"""What an element marked as a property says, by the prefix it is marked with."""

from selectolax.lexbor import LexborNode

from pipeline.extract.markup.document import Document
from pipeline.extract.markup.microformats.classes import find_words
from pipeline.extract.markup.microformats.datetimes import combine
from pipeline.extract.markup.text import only_text, walk_parts

_UNREAD = frozenset({"script", "style", "template"})
_TITLED = frozenset({"abbr", "link"})
_VALUED = frozenset({"data", "input"})
_PICTURED = frozenset({"img", "area"})
_DATED = frozenset({"time", "ins", "del"})
_LINKS = {
    **dict.fromkeys(("a", "area", "link"), ("href",)),
    **dict.fromkeys(("img", "audio", "source", "iframe"), ("src",)),
    "video": ("src", "poster"),
    "object": ("data",),
}


def read_text(node: LexborNode, document: Document, *, images: str = "src") -> str:
    """Give the text of an element as published, trimmed; images by ``alt``, else ``src``.

    With ``images`` "alt" an image without ``alt`` says nothing, with "" no image does.
    """
    return raw_text(node, document, images).strip()


def raw_text(node: LexborNode, document: Document, images: str = "src") -> str:
    """Give the text of an element as :func:`read_text` does, with the space around it."""
    whole = only_text(node)
    if whole is not None:
        return whole if document.spend(len(whole)) else ""
    texts: list[str] = []
    for part, is_start in walk_parts(node, _UNREAD):
        text = (part.text_content or "") if part.is_text_node else ""
        if images and is_start and part.tag == "img":
            text = _image_text(part, document, images)
        if not document.spend(len(text)):
            break
        texts.append(text)
    return "".join(texts)


def read_plain(node: LexborNode, values: list[LexborNode], document: Document) -> str:
    """Give the value of a ``p-`` property; ``values`` are the elements of class ``value``."""
    if values:
        return "".join(_value_text(value, document) for value in values)
    stated = _stated(node, ((_TITLED, "title"), (_VALUED, "value"), (_PICTURED, "alt")))
    return read_text(node, document) if stated is None else stated


def read_link(node: LexborNode, values: list[LexborNode], document: Document) -> str:
    """Give the value of a ``u-`` property, absolute."""
    attributes = node.attributes
    for name in _LINKS.get(node.tag or "", ()):
        if name in attributes:
            return document.join(attributes[name] or "")
    if values:
        return document.join("".join(_value_text(value, document) for value in values))
    stated = _stated(node, ((frozenset({"abbr"}), "title"), (_VALUED, "value")))
    return document.join(read_text(node, document, images="") if stated is None else stated)


def read_moment(
    node: LexborNode, values: list[LexborNode], document: Document, known_date: str
) -> str:
    """Give the value of a ``dt-`` property; ``known_date`` completes a mere time."""
    parts = [_moment_part(value, document) for value in values]
    combined = combine([part for part in parts if part], known_date)
    if combined:
        return combined
    dated = ((_DATED, "datetime"), (frozenset({"abbr"}), "title"), (_VALUED, "value"))
    stated = _stated(node, dated)
    return read_text(node, document, images="") if stated is None else stated


def get_alt(node: LexborNode) -> str | None:
    """Give the alternative text of an image that has an address."""
    attributes = node.attributes
    if node.tag == "img" and "src" in attributes and "alt" in attributes:
        return attributes["alt"] or ""
    return None


def _stated(node: LexborNode, sources: tuple[tuple[frozenset[str], str], ...]) -> str | None:
    """Give the attribute that an element of such a tag states its value by."""
    for tags, name in sources:
        if node.tag in tags:
            attributes = node.attributes
            return (attributes[name] or "") if name in attributes else None
    return None


def _value_text(node: LexborNode, document: Document) -> str:
    if "value-title" in find_words(node.attributes.get("class")):
        return node.attributes.get("title") or ""
    stated = _stated(node, ((_PICTURED, "alt"), (_VALUED, "value"), (_TITLED, "title")))
    return read_text(node, document, images="") if stated is None else stated


def _moment_part(node: LexborNode, document: Document) -> str:
    stated = _stated(node, ((_DATED, "datetime"),))
    return (_value_text(node, document) if stated is None else stated).strip()


def _image_text(node: LexborNode, document: Document, images: str) -> str:
    attributes = node.attributes
    if "alt" in attributes:
        return attributes["alt"] or ""
    source = attributes.get("src") if images == "src" else None
    return f" {document.join(source)} " if source else ""
