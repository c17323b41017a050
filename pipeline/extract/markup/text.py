"""The text of an element: as the document has it, or as a reader sees it laid out."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from pipeline.extract.markup.document import Document

_UNSEEN = frozenset({"script", "style", "noscript", "template", "link", "meta"})
_LINES = """article aside br dd details div dt fieldset figcaption footer form header hr legend li
    main nav table tr"""
_PARAGRAPHS = "blockquote dl figure h1 h2 h3 h4 h5 h6 ol p pre title ul"
_BREAKS = dict.fromkeys(_LINES.split(), 1) | dict.fromkeys(_PARAGRAPHS.split(), 2)
_NO_SPACE_BEFORE = re.compile(r'[,:;.!?")]')


def only_text(node: LexborNode) -> str | None:
    """Give the text of an element that has nothing but text, quickly; else nothing."""
    child = node.first_child
    if child is None:
        return ""
    if child.is_text_node and child.next is None and node.tag not in _UNSEEN:
        return child.text_content or ""
    return None


def laid_out_text(node: LexborNode, document: Document) -> str:
    """Give what a reader sees: lines where blocks begin and end, all other space made one."""
    whole = only_text(node)
    if whole is not None:
        return " ".join(whole.split()) if document.spend(len(whole)) else ""
    layout = _Layout()
    for part, _ in walk_parts(node, _UNSEEN):
        text = (part.text_content or "") if part.is_text_node else ""
        if not document.spend(len(text)):
            break
        if part.is_text_node:
            layout.write(text)
        else:
            layout.mark(part.tag or "")
    return "".join(layout.chunks).strip()


def plain_text(node: LexborNode, document: Document) -> str:
    """Give the text of an element exactly as the document has it."""
    whole = only_text(node)
    if whole is not None:
        return whole if document.spend(len(whole)) else ""
    texts: list[str] = []
    for part, _ in walk_parts(node, frozenset()):
        text = (part.text_content or "") if part.is_text_node else ""
        if not document.spend(len(text)):
            break
        texts.append(text)
    return "".join(texts)


def walk_parts(root: LexborNode, skipped: frozenset[str]) -> Iterator[tuple[LexborNode, bool]]:
    """Give the texts beneath an element, and each element at its start (true) and at its end."""
    todo = [(root, True)]
    while todo:
        node, is_start = todo.pop()
        yield node, is_start
        if is_start and node.is_element_node:
            todo.append((node, False))
            children = [one for one in node.iter(include_text=True) if one.tag not in skipped]
            todo.extend((child, True) for child in reversed(children))


class _Layout:
    """Puts texts together as blocks and punctuation would have them."""

    def __init__(self) -> None:
        self.chunks: list[str] = []
        self._before = ""
        self._blank_lines = 2

    def mark(self, tag: str) -> None:
        """Take note that an element starts or ends."""
        wanted = _BREAKS.get(tag, 0)
        if wanted > self._blank_lines:
            self.chunks.append("\n" * (wanted - self._blank_lines))
            self._blank_lines = wanted

    def write(self, text: str) -> None:
        """Add a text, with a space before it where one belongs."""
        words = " ".join(text.split())
        if not words:
            return
        if not self._blank_lines and self._needs_space(words):
            self.chunks.append(" ")
        self.chunks.append(words)
        self._before = text
        self._blank_lines = 0

    def _needs_space(self, words: str) -> bool:
        if self._before[-1:].isspace():
            return True
        return not _NO_SPACE_BEFORE.match(words) and not self._before.endswith("(")
