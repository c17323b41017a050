"""RDFa 1.1 as statements: who, what, and the value (https://www.w3.org/TR/rdfa-core/#s_sequence).

Lists (``inlist``) are read as plain values; a language is that of ``xml:lang``.
"""

from dataclasses import dataclass, replace

from selectolax.lexbor import LexborNode

from pipeline.extract.entity import Text
from pipeline.extract.markup.ancestry import Ancestry
from pipeline.extract.markup.document import Document
from pipeline.extract.markup.rdfa_element import Context, Element
from pipeline.extract.markup.rdfa_terms import RDF_TYPE, USES_VOCABULARY

MAX_STATEMENTS = 4_000
_MAX_OPEN = 20
_ATTRIBUTES = "property typeof rel rev vocab prefix about resource href src"
_ELEMENTS = "html,[xml\\:lang]," + ",".join(f"[{name}]" for name in _ATTRIBUTES.split())
_MARKS = (b"property=", b"typeof=", b"vocab=", b"about=", b"rel=", b"rev=")
_PAGE = frozenset({"html", "head", "body"})


@dataclass(slots=True, eq=False)
class Statement:
    """One fact: it leads to a thing (``link``), or says a text of a language or a data type."""

    subject: str
    predicate: str
    link: str
    text: Text
    language: str = ""
    datatype: str = ""


@dataclass(slots=True)
class _Things:
    """What an element speaks of: its subject, what it leads to, and what its types belong to."""

    subject: str
    object: str = ""
    typed: str = ""
    is_skipped: bool = False


def read_statements(document: Document) -> list[Statement]:
    """Give all statements of a page in document order."""
    if not document.mentions(*_MARKS):
        return []
    reader = _Reader(document)
    for node in document.find(_ELEMENTS):
        if len(reader.statements) >= MAX_STATEMENTS:
            break
        reader.read(node)
    return reader.statements


class _Reader:
    """Works through the elements in document order."""

    def __init__(self, document: Document) -> None:
        self.statements: list[Statement] = []
        self._document = document
        self._around: Ancestry[Context] = Ancestry()
        self._page = Context(document.base, document.base)
        self._blanks = 0

    def read(self, node: LexborNode) -> None:
        """Add what an element states, and remember what elements within it take over."""
        outer = self._around.get_around(node) or self._page
        element = Element(node, outer, self._document)
        if element.own_vocabulary:
            self._state(node, self._document.base, USES_VOCABULARY, element.own_vocabulary)
        things = self._things(element)
        if things.typed:
            for one in element.types:
                self._state(node, things.typed, RDF_TYPE, one)
        opened = self._relate(element, things) if element.is_related else []
        self._state_properties(element, things)
        if not things.is_skipped:
            self._complete(node, outer, things.subject)
        self._around.remember(node, _inner(element.context, things, opened))

    def _things(self, element: Element) -> _Things:
        about, led_to = element.about, element.led_to
        parent = element.context.object
        if element.is_related:
            if element.is_typed and not about and not led_to:
                led_to = self._blank()
            typed = (about or led_to) if element.is_typed else ""
            return _Things(about or parent, led_to, typed)
        if element.is_property and not element.has("content", "datatype"):
            typed = (about or led_to or self._blank()) if element.is_typed else ""
            return _Things(about or parent, typed, typed)
        subject = about or led_to
        if element.is_typed and not subject and element.node.tag not in _PAGE:
            subject = self._blank()
        is_skipped = not (subject or element.is_property or element.is_typed)
        subject = subject or parent
        return _Things(subject, "", subject if element.is_typed else "", is_skipped)

    def _relate(self, element: Element, things: _Things) -> list[tuple[str, bool]]:
        """State the relations, or give those that await what stands within."""
        relations, reverse = element.relations or [], element.reverse or []
        if things.object:
            for one in relations:
                self._state(element.node, things.subject, one, things.object)
            for one in reverse:
                self._state(element.node, things.object, one, things.subject)
            return []
        if relations or reverse:
            things.object = self._blank()
        opened = [(one, False) for one in relations] + [(one, True) for one in reverse]
        return opened[:_MAX_OPEN]

    def _state_properties(self, element: Element, things: _Things) -> None:
        predicates = element.properties if element.is_property else []
        if not predicates:
            return
        is_text = element.is_related or element.has("content", "datatype")
        link = "" if is_text else element.led_to or things.typed
        text = Text(link or element.literal(), element.node)
        language = "" if element.datatype else element.context.language
        said = Statement(things.subject, predicates[0], link, text, language, element.datatype)
        self.statements.append(said)
        self.statements += [replace(said, predicate=one) for one in predicates[1:]]

    def _state(self, node: LexborNode, subject: str, predicate: str, link: str) -> None:
        self.statements.append(Statement(subject, predicate, link, Text(link, node)))

    def _complete(self, node: LexborNode, outer: Context, subject: str) -> None:
        for predicate, is_turned in outer.open:
            if is_turned:
                self._state(node, subject, predicate, outer.subject)
            else:
                self._state(node, outer.subject, predicate, subject)

    def _blank(self) -> str:
        self._blanks += 1
        return f"_:b{self._blanks}"


def _inner(context: Context, things: _Things, opened: list[tuple[str, bool]]) -> Context:
    """Give what elements within take over."""
    if things.is_skipped:
        return context
    return Context(
        things.subject,
        things.object or things.subject,
        context.language,
        context.vocabulary,
        context.prefixes,
        opened,
    )
