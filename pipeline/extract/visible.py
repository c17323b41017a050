"""What a reader sees of a page, in one pass: its lines of text, and which elements hold which."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.normalize.text import word_set

MAX_TEXT = 200_000
"""How many characters of a page are looked at; the rest counts as not being there."""

_UNSEEN = frozenset({"script", "style", "noscript", "template", "textarea", "title", "head", "svg"})
_INLINE = word_set(
    "a abbr acronym b bdi bdo big cite code data dfn em font i img ins kbd label mark q s samp "
    "small span strike strong sub sup time tt u var wbr"
)
_MAX_CLIMB = 60
_MAX_LINES = 3_000
_MAX_NODES = 16_000
_NO_BLOCK = (-1, True)
_INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF))


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
    element with text of its own the line and the position in it. Keys are ``mem_id``.
    """

    lines: list[Line] = field(default_factory=list)
    before: dict[int, int] = field(default_factory=dict)
    places: dict[int, tuple[int, int]] = field(default_factory=dict)

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
        _Reader(visible).read(root)
    return visible


def find_lines(page: LexborHTMLParser | LexborNode) -> list[Line]:
    """Give the visible lines of a page or of a part of it."""
    return read_visible(page).lines


class _Reader:
    """Puts text nodes together to lines: a new one begins with each block and each ``br``."""

    def __init__(self, visible: Visible) -> None:
        self._lines = visible.lines
        self._before = visible.before
        self._places = visible.places
        self._blocks: dict[int, tuple[int, bool]] = {}

    def read(self, root: LexborNode) -> None:
        before, blocks, places, lines = self._before, self._blocks, self._places, self._lines
        pieces: list[str] = []
        block, left, length, count = _NO_BLOCK, MAX_TEXT, 0, 0
        line = Line()
        for node in islice(root.traverse(include_text=True), _MAX_NODES):
            text = node.text_content
            if text is None:
                before[node.mem_id] = count
                if node.tag not in _INLINE:
                    block = _NO_BLOCK
                continue
            text = text if text.isascii() else text.translate(_INVISIBLE)
            is_blank = not text or text.isspace()
            if is_blank and block is _NO_BLOCK:
                continue
            parent = node.parent
            if parent is None:
                continue
            holder = parent.mem_id
            home = blocks.get(holder) or self._block(parent, holder)
            if home != block:
                if is_blank or not home[1]:
                    continue
                line.text = "".join(pieces)
                pieces.clear()
                block, length, line = home, 0, Line("", [], [])
                lines.append(line)
                count += 1
            before[node.mem_id] = count - 1
            piece = _squeeze(text, after_blank=not pieces or pieces[-1][-1] == " ")
            if piece:
                places.setdefault(holder, (count - 1, length))
                line.starts.append(length)
                line.nodes.append(parent)
                pieces.append(piece)
                length += len(piece)
                left -= len(piece)
            if left < 0 or count > _MAX_LINES:
                break
        line.text = "".join(pieces)

    def _block(self, node: LexborNode, here: int) -> tuple[int, bool]:
        """Give the block element around a node, and whether its text is seen at all."""
        tag = node.tag
        if tag not in _INLINE:
            return here, tag not in _UNSEEN
        outer = node.parent
        if outer is not None and (tag := outer.tag) not in _INLINE:
            return outer.mem_id, tag not in _UNSEEN
        return self._climb(node)

    def _climb(self, node: LexborNode) -> tuple[int, bool]:
        """Climb through elements that lie within a line, and remember what was found."""
        climbed = []
        answer = (0, True)
        current: LexborNode | None = node
        for _ in range(_MAX_CLIMB):
            if current is None:
                break
            here = current.mem_id
            if here in self._blocks:
                answer = self._blocks[here]
                break
            climbed.append(here)
            tag = current.tag
            if tag not in _INLINE:
                answer = (here, tag not in _UNSEEN)
                break
            current = current.parent
        self._blocks.update(dict.fromkeys(climbed, answer))
        return answer


def _squeeze(text: str, *, after_blank: bool) -> str:
    """Give a text as it is shown: each run of white space is one blank, none begins a line."""
    words = " ".join(text.split())
    if not words:
        return "" if after_blank or not text else " "
    before = " " if text[0].isspace() and not after_blank else ""
    return f"{before}{words} " if text[-1].isspace() else f"{before}{words}"
