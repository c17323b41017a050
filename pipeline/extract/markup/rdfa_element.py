"""What one element says in RDFa's attributes, in the context it stands in."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from selectolax.lexbor import LexborNode

from pipeline.extract.markup.document import Document
from pipeline.extract.markup.html_fragment import inner_html
from pipeline.extract.markup.rdfa_terms import (
    LITERAL_MARKUP,
    PREFIXES,
    add_prefixes,
    expand,
    read_vocabulary,
    read_words,
)
from pipeline.extract.markup.text import plain_text


@dataclass(slots=True)
class Context:
    """What elements within an element take over from it.

    ``open`` are statements that await the thing within: the predicate, and whether it is turned.
    """

    subject: str
    object: str
    language: str = ""
    vocabulary: str = ""
    prefixes: dict[str, str] = field(default_factory=lambda: PREFIXES)
    open: list[tuple[str, bool]] = field(default_factory=list)


class Element:
    """An element with its attributes read; ``context`` has what the element itself declares."""

    def __init__(self, node: LexborNode, outer: Context, document: Document) -> None:
        self.node = node
        self._document = document
        self._attributes = node.attributes
        self.context = self._declared(outer)
        self.is_typed = "typeof" in self._attributes
        self.is_property = "property" in self._attributes
        self.relations = self._relations("rel")
        self.reverse = self._relations("rev")
        self.is_related = self.relations is not None or self.reverse is not None

    def has(self, *names: str) -> bool:
        """Whether the element has any of these attributes."""
        return any(name in self._attributes for name in names)

    @property
    def own_vocabulary(self) -> str:
        """The vocabulary that the element itself declares, or nothing."""
        return self.context.vocabulary if self._attributes.get("vocab") else ""

    @property
    def types(self) -> list[str]:
        """What the element says its thing is."""
        return self._expanded(read_words(self._attributes.get("typeof")))

    @property
    def properties(self) -> list[str]:
        """What the element says of its subject."""
        return self._expanded(read_words(self._attributes.get("property")))

    @property
    def about(self) -> str:
        """The subject that the element names, or nothing."""
        if "about" in self._attributes:
            return self._resolved(self._attributes["about"] or "")
        return self._document.base if self.node.tag == "html" else ""

    @property
    def led_to(self) -> str:
        """The address that the element leads to, or nothing."""
        if "resource" in self._attributes:
            return self._resolved(self._attributes["resource"] or "")
        for name in ("href", "src"):
            if name in self._attributes:
                return self._document.join(self._attributes[name] or "")
        return ""

    @property
    def datatype(self) -> str:
        """The type of the element's text, or nothing."""
        named = self._attributes.get("datatype")
        return expand(named, self.context.vocabulary, self.context.prefixes) if named else ""

    def literal(self) -> str | Callable[[], str]:
        """Give the text of a property, or what reads it."""
        if self.datatype in LITERAL_MARKUP:
            return partial(inner_html, self.node, self._document)
        for name in ("content", "datetime"):
            if name in self._attributes:
                return self._attributes[name] or ""
        return partial(plain_text, self.node, self._document)

    def _declared(self, outer: Context) -> Context:
        context = outer
        if "vocab" in self._attributes:
            vocabulary = read_vocabulary(self._attributes["vocab"] or "")
            joined = self._document.join(vocabulary) if vocabulary else ""
            context = replace(context, vocabulary=joined)
        prefixes = add_prefixes(context.prefixes, self._attributes)
        if prefixes is not context.prefixes:
            context = replace(context, prefixes=prefixes)
        language = self._attributes.get("xml:lang")
        return context if language is None else replace(context, language=language)

    def _relations(self, name: str) -> list[str] | None:
        """Give what ``rel`` or ``rev`` says; beside ``property``, only names with a prefix do."""
        if name not in self._attributes:
            return None
        words = read_words(self._attributes[name])
        if self.is_property:
            words = [word for word in words if ":" in word]
            if not words:
                return None
        return self._expanded(words)

    def _resolved(self, word: str) -> str:
        """Give the address that a name or a relative address stands for."""
        word = word.strip()
        is_name = word.startswith("[") and word.endswith("]")
        if is_name:
            word = word[1:-1]
        if word.startswith("_:"):
            return word
        prefix, colon, rest = word.partition(":")
        namespace = self.context.prefixes.get(prefix.lower())
        if colon and namespace is not None and not rest.startswith("//"):
            return namespace + rest
        return "" if is_name else self._document.join(word)

    def _expanded(self, words: list[str]) -> list[str]:
        vocabulary, prefixes = self.context.vocabulary, self.context.prefixes
        return [found for word in words if (found := expand(word, vocabulary, prefixes))]
