"""XML as it is found: read without a parser's strictness, entities of its own, or recursion.

One pass over the text; what is not well-formed is read as far as it makes sense.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

MAX_ELEMENTS = 200_000
_MAX_DEPTH = 40
_MAX_TAG = 8_192
_NAME = re.compile(r"/?([\w:.-]{1,100})")
# A word that is no attribute's name must not be tried again from its second letter on.
_ATTRIBUTE = re.compile(r"(?<![\w:.-])([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_SKIPPED = (("<!--", "-->"), ("<?", "?>"), ("<!", ">"))
_CDATA, _CDATA_END = "<![CDATA[", "]]>"


@dataclass(slots=True)
class Element:
    """An element: its name and attributes without prefix in lower case, texts, children.

    ``inner`` is the source between its tags, for what is itself markup.
    """

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element"] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    inner: str = ""
    begins: int = 0

    @property
    def text(self) -> str:
        """The element's own text, trimmed."""
        return "".join(self.pieces).strip()

    def all(self, *names: str) -> Iterator["Element"]:
        """Give the children of these names."""
        return (child for child in self.children if child.name in names)

    def first_text(self, *names: str) -> str:
        """Give the text of the first child of these names that has any; else nothing."""
        return next((child.text for child in self.all(*names) if child.text), "")


def read_xml(text: str) -> Element:
    """Read a document; what comes back holds its root."""
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._open = [Element("")]
        self._left = MAX_ELEMENTS
        self._next_end = -1

    def read(self) -> Element:
        at, text = 0, self._text
        while at < len(text) and self._left > 0:
            sign = text.find("<", at)
            if sign == -1:
                break
            self._add_text(unescape(text[at:sign]))
            at = self._skip(sign) or self._tag(sign)
        while len(self._open) > 1:
            self._close(at)
        return self._open[0]

    def _skip(self, at: int) -> int:
        """Pass over what is no tag; give where it ends, or 0."""
        if self._text.startswith(_CDATA, at):
            end = self._find(_CDATA_END, at)
            self._add_text(self._text[at + len(_CDATA) : end])
            return end + len(_CDATA_END)
        for opening, closing in _SKIPPED:
            if self._text.startswith(opening, at):
                return self._find(closing, at) + len(closing)
        return 0

    def _tag(self, at: int) -> int:
        name = _NAME.match(self._text, at + 1)
        # Looked for once, not for each of many tags that never end.
        if self._next_end < at:
            self._next_end = self._find(">", at)
        end = self._next_end
        if not name or end - at > _MAX_TAG:
            self._add_text("<")
            return at + 1
        local = name[1].rpartition(":")[2].lower()
        if name[0].startswith("/"):
            self._close_until(local, at)
        else:
            self._begin(local, self._text[name.end() : end], end + 1)
        return end + 1

    def _begin(self, name: str, rest: str, begins: int) -> None:
        self._left -= 1
        pairs = _ATTRIBUTE.findall(rest)
        attributes = {
            key.rpartition(":")[2].lower(): unescape(one or other) for key, one, other in pairs
        }
        element = Element(name, attributes, begins=begins)
        self._open[-1].children.append(element)
        if not rest.endswith("/") and len(self._open) < _MAX_DEPTH:
            self._open.append(element)

    def _close_until(self, name: str, at: int) -> None:
        """Close the innermost element of a name, and all that stayed open in it."""
        if any(element.name == name for element in self._open[1:]):
            while self._close(at) != name:
                pass

    def _close(self, at: int) -> str:
        element = self._open.pop()
        if element.children:
            element.inner = self._text[element.begins : at]
        return element.name

    def _add_text(self, text: str) -> None:
        if text:
            self._open[-1].pieces.append(text)

    def _find(self, sign: str, at: int) -> int:
        end = self._text.find(sign, at)
        return len(self._text) if end == -1 else end
