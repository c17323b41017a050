"""What a reader sees of a page, in one pass: its lines of text, and which elements hold which."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate, islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.normalize.text import word_set

MAX_TEXT = 200_000
"""How many characters of a page are looked at; the rest counts as not being there."""

MAX_LINE = 20_000
"""How many characters of a line are looked through for what takes long to find."""

_UNSEEN = frozenset({"script", "style", "noscript", "template", "textarea", "title", "head", "svg"})
_INLINE = word_set(
    "a abbr acronym b bdi bdo big cite code data dfn em font i img ins kbd label mark q s samp "
    "small span strike strong sub sup time tt u var wbr"
)
_MAX_CLIMB = 60
_MAX_LINES = 3_000
_MAX_NODES = 16_000
# In place of a block: none has begun, none is around, it is not shown.
_NONE, _TOP, _HIDDEN = -1, -2, -3
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]+")


@dataclass(slots=True)
class Line:
    """One line of visible text, and the elements its pieces stand in."""

    text: str = ""
    starts: list[int] = field(default_factory=list)
    nodes: list[LexborNode] = field(default_factory=list)

    def node_at(self, position: int) -> LexborNode:
        """Give the element that a position of the text stands in."""
        return self.nodes[max(bisect_right(self.starts, position) - 1, 0)]

    def pieces(self) -> Iterator[str]:
        """Give the text of each element in turn."""
        for start, end in zip(self.starts, [*self.starts[1:], None], strict=True):
            yield self.text[start:end]


@dataclass(slots=True)
class Visible:
    """The lines of a page, and where its elements stand among them.

    ``before`` holds for each node the number of lines that begin before it, ``places`` for each
    element with text of its own the line and the position in it. Keys are ``mem_id``. ``text`` has
    the first :data:`MAX_LINE` characters of all lines, ``begins`` where in it each of them begins.
    """

    lines: list[Line] = field(default_factory=list)
    before: dict[int, int] = field(default_factory=dict)
    places: dict[int, tuple[int, int]] = field(default_factory=dict)
    text: str = ""
    begins: list[int] = field(default_factory=list)

    def lines_with(self, pattern: re.Pattern[str]) -> Iterator[int]:
        """Give the numbers of the lines in which a pattern is found that no line break fits."""
        found = pattern.search(self.text)
        while found:
            number = bisect_right(self.begins, found.start()) - 1
            yield number
            if number + 1 == len(self.lines):
                break
            found = pattern.search(self.text, self.begins[number + 1])

    def span(self, node: LexborNode) -> tuple[int, int]:
        """Give the first line that begins in a block element, and the first one after it."""
        first = self.before.get(node.mem_id, len(self.lines))
        current: LexborNode | None = node
        for _ in range(_MAX_CLIMB):
            after = current.next if current is not None else None
            while after is not None and after.mem_id not in self.before:
                after = after.next
            if after is not None:
                return first, self.before[after.mem_id]
            current = current.parent if current is not None else None
        return first, len(self.lines)


def read_visible(page: LexborHTMLParser | LexborNode) -> Visible:
    """Read the visible lines of a page or of a part of it."""
    root = page.body if isinstance(page, LexborHTMLParser) else page
    visible = Visible()
    if root is not None:
        _read(root, visible)
    texts = [line.text[:MAX_LINE] for line in visible.lines]
    visible.text = "\n".join(texts)
    visible.begins = [*accumulate((len(text) + 1 for text in texts), initial=0)]
    return visible


def find_lines(page: LexborHTMLParser | LexborNode) -> list[Line]:
    """Give the visible lines of a page or of a part of it."""
    return read_visible(page).lines


def _read(root: LexborNode, visible: Visible) -> None:
    """Put text nodes together to lines: a new one begins with each block and each ``br``.

    An element is met before what it holds, so that the block around a text is always known.
    """
    before, places, lines = visible.before, visible.places, visible.lines
    blocks: dict[int, int] = {}
    pieces: list[str] = []
    line = Line()
    block, left, length, number = _NONE, MAX_TEXT, 0, -1
    for node in islice(root.traverse(include_text=True), _MAX_NODES):
        text = node.text_content
        if text is None:
            here = node.mem_id
            before[here] = number + 1
            tag = node.tag
            if tag not in _INLINE:
                blocks[here] = here if tag not in _UNSEEN else _HIDDEN
                block = _NONE
            continue
        text = text if text.isascii() else _INVISIBLE.sub("", text)
        is_blank = not text or text.isspace()
        if is_blank and block == _NONE:
            continue
        parent = node.parent
        if parent is None:
            continue
        holder = parent.mem_id
        home = blocks.get(holder) or _block_around(parent, blocks)
        if home != block:
            if is_blank or home == _HIDDEN:
                continue
            line.text = "".join(pieces)
            pieces = []
            block, length, line = home, 0, Line("", [], [])
            lines.append(line)
            number += 1
        before[node.mem_id] = number
        piece = _squeeze(text, after_blank=not pieces or pieces[-1][-1] == " ")
        if piece:
            places.setdefault(holder, (number, length))
            line.starts.append(length)
            line.nodes.append(parent)
            pieces.append(piece)
            length += len(piece)
            left -= len(piece)
        if left < 0 or number >= _MAX_LINES:
            break
    line.text = "".join(pieces)


def _block_around(node: LexborNode, blocks: dict[int, int]) -> int:
    """Climb through elements that lie within a line, and remember what was found."""
    climbed = [node.mem_id]
    parent = node.parent
    while parent is not None and (here := parent.mem_id) not in blocks:
        climbed.append(here)
        parent = parent.parent
    block = blocks[here] if parent is not None else _TOP
    for here in climbed:
        blocks[here] = block
    return block


def _squeeze(text: str, *, after_blank: bool) -> str:
    """Give a text as it is shown: each run of white space is one blank, none begins a line."""
    if text.isprintable() and "  " not in text:  # most are squeezed: splitting takes longer
        return text.lstrip() if after_blank else text
    shown = " ".join(text.split())
    if not shown:
        return "" if after_blank or not text else " "
    if not after_blank and text[0].isspace():
        shown = f" {shown}"
    return f"{shown} " if text[-1].isspace() else shown
