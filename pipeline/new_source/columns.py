"""The parts of repeated entries as columns: for each a selector, and what it finds in each."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from pipeline.new_source.repeats import Repeat, classes_of, tag_of
from pipeline.sources import Page

SAMPLE = 50
LEAST_SHARE = 0.3
_MAX_VALUE = 250
_MAX_CANDIDATES = 150
_MAX_PARTS = 400
_MAX_STEPS = 5
_MOST = 0.7
_LABEL = re.compile(r"([^\W\d_][^:\d@]{1,28}?)\s*[:\uff1a]\s*(?=\S)")
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_WHOLE = frozenset({"td", "h1", "h2", "h3", "h4", "h5", "h6"})
_HINTED = {"mailto": "email", "tel": "phone", "http": "website"}
_LINKS = {
    'a[href^="mailto:" i]': "mailto",
    'a[href^="tel:" i]': "tel",
    'a[href^="http" i]': "http",
}


@dataclass(frozen=True, slots=True)
class Part:
    """Where a value may stand in an entry, and the words there that hint at what it is.

    ``is_label`` tells that people read the hint on the page.
    """

    css: str
    attribute: str = ""
    hint: str = ""
    is_label: bool = False
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A part of the entries, and the values that it has in each of the first ones."""

    part: Part
    values: tuple[tuple[str, ...], ...]

    @property
    def firsts(self) -> list[str]:
        """The first value of each entry, empty where there is none."""
        return [found[0] if found else "" for found in self.values]

    @property
    def is_everywhere(self) -> bool:
        """Whether each entry has exactly one value."""
        return all(len(found) == 1 for found in self.values)

    @property
    def share(self) -> float:
        """How many of the entries have a value, from 0 to 1."""
        return sum(bool(found) for found in self.values) / len(self.values)


def find_columns(page: Page[Any], repeat: Repeat) -> list[Column]:
    """Give the columns of the entries, the most telling selector for each."""
    nodes = repeat.nodes[:SAMPLE]
    found: dict[tuple[tuple[str, ...], ...], Column] = {}
    for part in list(dict.fromkeys(_parts(nodes, repeat.css)))[:_MAX_CANDIDATES]:
        column = _labelled(_read(page, nodes, part))
        if _is_usable(column):
            found.setdefault(column.values, column)
    columns = list(found.values())
    return [one for one in columns if not _holds_others(one, columns)]


def _parts(nodes: Sequence[LexborNode], item: str) -> Iterator[Part]:
    """Give parts in the order of how well they will outlast changes of the page."""
    leaves = [leaf for node in nodes for leaf in _leaves(node)]
    for css, scheme in _LINKS.items():
        yield Part(css, "href", _HINTED[scheme])
    for leaf in leaves:
        name = leaf.attributes.get("itemprop") or ""
        if name.isalpha():
            yield Part(f'[itemprop="{name}"]', hint=_words(name))
    named = Counter((tag_of(leaf), name) for leaf in leaves for name in classes_of(leaf))
    for (tag, name), _ in named.most_common():
        yield Part(f"{tag}.{name}", hint=_words(name.rpartition("__")[2]))
    yield from (Part(css) for css, _ in Counter(map(tag_of, leaves)).most_common())
    titles = _titles(nodes[0])
    places = Counter(
        (tag_of(leaf), *_paths(leaf, node)) for node in nodes for leaf in _leaves(node)
    )
    for (tag, short, long), _ in places.most_common():
        number = int(short.rpartition("(")[2].rstrip(")"))
        hint = titles[number - 1] if tag == "td" and number <= len(titles) else ""
        yield Part(short, hint=hint, is_label=bool(hint))
        yield Part(long)
        # What is above an entry counts as well: this says where the way begins.
        yield Part(f"{item} > {long}")


def _leaves(node: LexborNode) -> list[LexborNode]:
    """Give the elements in an entry that hold text of their own, cells and headings."""
    held: list[LexborNode] = []
    for child in node.traverse():
        if len(held) >= _MAX_PARTS:
            break
        is_own = child.mem_id == node.mem_id or child.tag in {"br", "script", "style"}
        if not is_own and (child.tag in _WHOLE or child.text(deep=False).strip()):
            held.append(child)
    return held


def _paths(leaf: LexborNode, item: LexborNode) -> tuple[str, str]:
    """Give the place of an element among its siblings, and its whole way from the entry."""
    short = f"{tag_of(leaf)}:nth-child({_number(leaf)})"
    steps, node = [short], leaf.parent
    while node is not None and node.mem_id != item.mem_id and len(steps) < _MAX_STEPS:
        steps.append(f"{tag_of(node)}:nth-child({_number(node)})")
        node = node.parent
    return short, " > ".join(reversed(steps))


def _number(node: LexborNode) -> int:
    number, before = 1, node.prev
    while before is not None:
        number += bool(before.tag and not before.tag.startswith("-"))
        before = before.prev
    return number


def _titles(node: LexborNode) -> list[str]:
    """Give the titles of a table's columns, where the entries are its rows."""
    table: LexborNode | None = node
    while table is not None and table.tag != "table":
        table = table.parent
    cells = table.css("tr:first-child > th") if table is not None else []
    return [" ".join(cell.text(separator=" ").split()) for cell in cells]


def _read(page: Page[Any], nodes: Sequence[LexborNode], part: Part) -> Column:
    found = []
    for node in nodes:
        values = [value for value in page.values(node, part.css, part.attribute) if value]
        if part.hint == "website" and part.attribute:
            values = [url for url in values if (urlsplit(url).hostname or page.host) != page.host]
        found.append(tuple(dict.fromkeys(values)))
    return Column(part, tuple(found))


def _labelled(column: Column) -> Column:
    """Take a label that most values begin with for what it is: ``Tel: …``."""
    part, texts = column.part, list(filter(None, column.firsts))
    if part.attribute or not texts:
        return column
    labels = Counter(label[1] for label in map(_LABEL.match, texts) if label)
    label, count = labels.most_common(1)[0] if labels else ("", 0)
    if count < _MOST * len(texts):
        return column
    pattern = f"{re.escape(label)}\\s*[:\uff1a]\\s*(.+)".replace("\\ ", " ")
    values = tuple(
        tuple(value[label_.end() :] for value in found if (label_ := _LABEL.match(value)))
        for found in column.values
    )
    return Column(Part(part.css, hint=label, is_label=True, pattern=pattern), values)


def _is_usable(column: Column) -> bool:
    texts = [value for found in column.values for value in found]
    if column.share < LEAST_SHARE or max(map(len, texts)) > _MAX_VALUE or len({*texts}) == 1:
        return False
    many = column.part.attribute and column.part.hint in {"email", "phone"}
    return bool(many) or all(len(found) <= 1 for found in column.values)


def _holds_others(column: Column, columns: Sequence[Column]) -> bool:
    """Whether a column's text is that of several others put together."""
    if column.part.attribute:
        return False
    firsts, inside = column.firsts, 0
    for other in columns:
        if other is column or other.part.attribute:
            continue
        pairs = [(a, b) for a, b in zip(firsts, other.firsts, strict=True) if a and b]
        within = sum(b in a and b != a for a, b in pairs)
        inside += bool(pairs) and within >= _MOST * len(pairs)
    return inside > 1


def _words(name: str) -> str:
    return " ".join(_WORDS.findall(name)).lower()
