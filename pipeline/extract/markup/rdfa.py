"""RDFa 1.1 as statements: who, what, and the value (https://www.w3.org/TR/rdfa-core/#s_sequence).

Lists (``inlist``) are read as plain values; a language is that of ``xml:lang``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from selectolax.lexbor import LexborNode

from pipeline.extract.entity import Text
from pipeline.extract.markup.ancestry import Ancestry
from pipeline.extract.markup.document import Document
from pipeline.extract.markup.html_fragment import inner_html
from pipeline.extract.markup.rdfa_terms import (
    LITERAL_MARKUP,
    PREFIXES,
    RDF_TYPE,
    USES_VOCABULARY,
    add_prefixes,
    expand,
    read_vocabulary,
    read_words,
)
from pipeline.extract.markup.text import plain_text

MAX_STATEMENTS = 4_000
_MAX_OPEN = 20
_ATTRIBUTES = "property typeof rel rev vocab prefix about resource href src"
_ELEMENTS = "html,[xml\\:lang]," + ",".join(f"[{name}]" for name in _ATTRIBUTES.split())
_MARKS = (b"property=", b"typeof=", b"vocab=", b"about=", b"rel=", b"rev=")
_PAGE = frozenset({"html", "head", "body"})

Attributes = dict[str, str | None]


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
class _Context:
    """What elements within an element take over from it."""

    subject: str
    object: str
    language: str = ""
    vocabulary: str = ""
    prefixes: dict[str, str] = field(default_factory=lambda: PREFIXES)
    # Statements that await the thing within: the predicate, and whether it is turned round.
    open: list[tuple[str, bool]] = field(default_factory=list)


@dataclass(slots=True)
class _Things:
    """What an element speaks of: its subject, what it leads to, and what its types belong to."""

    subject: str = ""
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
        self._around: Ancestry[_Context] = Ancestry()
        self._page = _Context(document.base, document.base)
        self._blanks = 0

    def read(self, node: LexborNode) -> None:
        attributes = node.attributes
        outer = self._around.get_around(node) or self._page
        context = self._local(node, attributes, outer)
        predicates, reverse = self._relations(attributes, context)
        things = self._things(node, attributes, context)
        self._state_types(node, attributes, context, things)
        opened: list[tuple[str, bool]] = []
        if (things.object and "rel" in attributes) or (things.object and "rev" in attributes):
            self._relate(node, things.subject, predicates, things.object)
            self._relate(node, things.object, reverse, things.subject)
        elif predicates or reverse:
            opened = [(one, False) for one in predicates] + [(one, True) for one in reverse]
            things.object = self._blank()
        self._state_properties(node, attributes, context, things)
        if not things.is_skipped and things.subject:
            self._complete(node, outer, things.subject)
        self._around.remember(node, self._inner(context, things, opened[:_MAX_OPEN]))

    def _local(self, node: LexborNode, attributes: Attributes, outer: _Context) -> _Context:
        """Give the context with what the element itself declares."""
        context = outer
        if "vocab" in attributes:
            vocabulary = read_vocabulary(attributes["vocab"] or "")
            vocabulary = self._document.join(vocabulary) if vocabulary else ""
            context = replace(context, vocabulary=vocabulary)
            if vocabulary:
                self._state(node, self._document.base, USES_VOCABULARY, vocabulary)
        prefixes = add_prefixes(context.prefixes, attributes)
        if prefixes is not context.prefixes:
            context = replace(context, prefixes=prefixes)
        language = attributes.get("xml:lang")
        if language is not None:
            context = replace(context, language=language)
        return context

    def _relations(self, attributes: Attributes, context: _Context) -> tuple[list[str], list[str]]:
        """Give what ``rel`` and ``rev`` say; beside ``property``, only names with a prefix do."""
        if "rel" not in attributes and "rev" not in attributes:
            return [], []
        found = []
        for name in ("rel", "rev"):
            words = read_words(attributes.get(name))
            if "property" in attributes:
                words = [word for word in words if ":" in word]
                if not words:
                    attributes.pop(name, None)
            found.append(_expanded(words, context))
        return found[0], found[1]

    def _things(self, node: LexborNode, attributes: Attributes, context: _Context) -> _Things:
        if "rel" in attributes or "rev" in attributes:
            return self._related_things(node, attributes, context)
        about = self._about(node, attributes, context)
        is_typed = "typeof" in attributes
        led_to = self._led_to(attributes, context)
        if "property" in attributes and not {"content", "datatype"} & set(attributes):
            things = _Things(about or context.object)
            if is_typed:
                things.typed = things.object = about or led_to or self._blank()
            return things
        subject = about or led_to or (self._blank() if is_typed and node.tag not in _PAGE else "")
        is_skipped = not subject and "property" not in attributes and not is_typed
        subject = subject or context.object
        return _Things(subject, "", subject if is_typed else "", is_skipped)

    def _related_things(
        self, node: LexborNode, attributes: Attributes, context: _Context
    ) -> _Things:
        about = self._about(node, attributes, context)
        led_to = self._led_to(attributes, context)
        is_typed = "typeof" in attributes
        if is_typed and not about and not led_to:
            led_to = self._blank()
        return _Things(about or context.object, led_to, (about or led_to) if is_typed else "")

    def _about(self, node: LexborNode, attributes: Attributes, context: _Context) -> str:
        if "about" in attributes:
            return self._resolved(attributes["about"] or "", context)
        return self._document.base if node.tag == "html" else ""

    def _led_to(self, attributes: Attributes, context: _Context) -> str:
        """Give the address an element leads to."""
        if "resource" in attributes:
            return self._resolved(attributes["resource"] or "", context)
        for name in ("href", "src"):
            if name in attributes:
                return self._document.join(attributes[name] or "")
        return ""

    def _resolved(self, word: str, context: _Context) -> str:
        """Give the address that a name or a relative address stands for."""
        word = word.strip()
        is_name = word.startswith("[") and word.endswith("]")
        if is_name:
            word = word[1:-1]
        if word.startswith("_:"):
            return word
        prefix, colon, rest = word.partition(":")
        if colon and prefix.lower() in context.prefixes and not rest.startswith("//"):
            return context.prefixes[prefix.lower()] + rest
        return "" if is_name else self._document.join(word)

    def _state_types(
        self, node: LexborNode, attributes: Attributes, context: _Context, things: _Things
    ) -> None:
        if things.typed:
            types = _expanded(read_words(attributes.get("typeof")), context)
            for one in types:
                self._state(node, things.typed, RDF_TYPE, one)

    def _state_properties(
        self, node: LexborNode, attributes: Attributes, context: _Context, things: _Things
    ) -> None:
        predicates = _expanded(read_words(attributes.get("property")), context)
        if not predicates:
            return
        datatype = attributes.get("datatype")
        said = Statement(things.subject, "", "", Text("", node), context.language)
        if datatype:
            said.datatype = expand(datatype, context.vocabulary, context.prefixes)
            said.language = ""
        elif datatype is None and not {"content", "rel", "rev"} & set(attributes):
            said.link = self._led_to(attributes, context) or things.typed
        said.text = Text(said.link or self._literal(node, attributes, said.datatype), node)
        said.predicate = predicates[0]
        self.statements.append(said)
        self.statements += [replace(said, predicate=predicate) for predicate in predicates[1:]]

    def _literal(
        self, node: LexborNode, attributes: Attributes, datatype: str
    ) -> str | Callable[[], str]:
        """Give the text of a property, or what reads it."""
        if datatype in LITERAL_MARKUP:
            return partial(inner_html, node, self._document)
        for name in ("content", "datetime"):
            if name in attributes:
                return attributes[name] or ""
        return partial(plain_text, node, self._document)

    def _relate(self, node: LexborNode, subject: str, predicates: list[str], link: str) -> None:
        for predicate in predicates:
            self._state(node, subject, predicate, link)

    def _state(self, node: LexborNode, subject: str, predicate: str, link: str) -> None:
        self.statements.append(Statement(subject, predicate, link, Text(link, node)))

    def _complete(self, node: LexborNode, outer: _Context, subject: str) -> None:
        for predicate, is_turned in outer.open:
            if is_turned:
                self._state(node, subject, predicate, outer.subject)
            else:
                self._state(node, outer.subject, predicate, subject)

    @staticmethod
    def _inner(context: _Context, things: _Things, opened: list[tuple[str, bool]]) -> _Context:
        if things.is_skipped:
            return context
        subject = things.subject or context.subject
        return _Context(
            subject,
            things.object or subject,
            context.language,
            context.vocabulary,
            context.prefixes,
            opened,
        )

    def _blank(self) -> str:
        self._blanks += 1
        return f"_:b{self._blanks}"


def _expanded(words: list[str], context: _Context) -> list[str]:
    found = [expand(word, context.vocabulary, context.prefixes) for word in words]
    return [one for one in found if one]
