"""What a reader sees of a page: its lines of text, and which element each piece stands in."""

from bisect import bisect_right
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.extract.scan import MAX_TEXT
from pipeline.normalize.text import word_set

_UNSEEN = frozenset({"script", "style", "noscript", "template", "textarea", "title", "head", "svg"})
_INLINE = word_set(
    "a abbr acronym b bdi bdo big cite code data dfn em font i img ins kbd label mark q s samp "
    "small span strike strong sub sup time tt u var wbr"
)
_MAX_CLIMB = 200
_MAX_LINES = 20_000


@dataclass(slots=True)
class Line:
    """One line of visible text, and the elements its pieces stand in."""

    text: str = ""
    starts: list[int] = field(default_factory=list)
    nodes: list[LexborNode] = field(default_factory=list)

    def node_at(self, position: int) -> LexborNode:
        """Give the element that a position of the text stands in."""
        return self.nodes[max(bisect_right(self.starts, position) - 1, 0)]


def find_lines(page: LexborHTMLParser | LexborNode) -> list[Line]:
    """Give the visible lines of a page or of a part of it."""
    root = page.body if isinstance(page, LexborHTMLParser) else page
    if root is None:
        return []
    lines: list[Line] = []
    blocks: dict[int, tuple[int, bool]] = {}
    last_block, total = -1, 0
    for node in root.traverse(include_text=True):
        if node.tag == "br":
            last_block = -1
        if not node.is_text_node or node.parent is None:
            continue
        block, seen = _block(node.parent, blocks)
        text = node.text_content or ""
        if not seen or not text or total > MAX_TEXT or len(lines) > _MAX_LINES:
            continue
        total += len(text)
        if block != last_block:
            if text.isspace():
                continue
            lines.append(Line())
        last_block = block
        line = lines[-1]
        line.starts.append(len(line.text))
        line.nodes.append(node.parent)
        line.text += _squeeze(text, after_space=line.text[-1:] in {"", " "})
    return lines


def _block(node: LexborNode, known: dict[int, tuple[int, bool]]) -> tuple[int, bool]:
    """Give the block element around a node, and whether its text is seen at all."""
    climbed = []
    answer = (0, True)
    current: LexborNode | None = node
    for _ in range(_MAX_CLIMB):
        if current is None:
            break
        if current.mem_id in known:
            answer = known[current.mem_id]
            break
        climbed.append(current.mem_id)
        tag = current.tag or ""
        if tag in _UNSEEN:
            answer = (current.mem_id, False)
            break
        if tag not in _INLINE:
            answer = (current.mem_id, True)
            break
        current = current.parent
    for mem_id in climbed:
        known[mem_id] = answer
    return answer


def _squeeze(text: str, *, after_space: bool) -> str:
    squeezed = " ".join(text.split())
    before = " " if text[:1].isspace() and not after_space else ""
    after = " " if text[-1:].isspace() and squeezed else ""
    return f"{before}{squeezed}{after}"
