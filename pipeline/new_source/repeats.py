"""What repeats on a page: the largest group of alike elements that each tell of somebody."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborNode

from pipeline.readers.content import is_name, is_surely_phone
from pipeline.sources import Page

LEAST = 3
_MAX_NODES = 30_000
_MAX_MEMBERS = 60
_MAX_TEXT = 2_000
_MAX_PIECES = 60
_CLIMB = 4
_MAX_CLASSES = 300
_CLASS = re.compile(r"[A-Za-z_][\w-]{0,60}")
_ID = re.compile(r"[A-Za-z_][\w-]{0,40}")
_HEADINGS = "h1, h2, h3, h4, h5, h6, strong, b, th, dt"
_MADE_UP = re.compile(r"(?:css|sc|jsx|svelte)-|.*\d{3}")
_PHONE = re.compile(r"\+?\(?\d[\d\s().\-/]{5,24}\d")


@dataclass(frozen=True, slots=True)
class Repeat:
    """A group of alike elements, and the selector that matches them."""

    css: str
    nodes: tuple[LexborNode, ...]


def find_repeat(page: Page[Any], known: Collection[str]) -> Repeat | None:
    """Give the entries of a list, if the page is one.

    Each has several pieces of text, with at least a heading, or two of address, number and name.
    ``known`` are the names that the page's own markup is sure of.
    """
    worths: dict[int, int] = {}
    best: list[LexborNode] = []
    best_rank = (0, 0)
    for key, members in _groups(page).items():
        if len(members) < LEAST:
            continue
        for node in members[:_MAX_MEMBERS]:
            if node.mem_id not in worths:
                worths[node.mem_id] = _worth(node, known)
        scores = [worths[node.mem_id] for node in members[:_MAX_MEMBERS]]
        worthy = sum(score > 0 for score in scores)
        # Of two ways to name the same group, the one by a class is the more telling.
        rank = (sum(scores) if worthy >= LEAST and 2 * worthy >= len(scores) else 0, bool(key[2]))
        if rank > best_rank:
            best, best_rank = members, rank
    return Repeat(_selector(page, best), tuple(best)) if best else None


def tag_of(node: LexborNode) -> str:
    """Give an element's tag as a selector names it; ``*`` for one that is none of HTML's."""
    tag = node.tag or "*"
    return tag if tag.isascii() and tag.replace("-", "").isalnum() else "*"


def classes_of(node: LexborNode) -> list[str]:
    """Give the classes of an element that a selector can name and that mean something."""
    return [name for name in _all_classes(node) if not _MADE_UP.match(name)]


def _groups(page: Page[Any]) -> dict[tuple[str, str, str], list[LexborNode]]:
    """Group elements by their tag, by each of their classes, and by where they stand.

    That is their very parent, or any that looks like it: rows of cards are one list.
    """
    groups: dict[tuple[str, str, str], list[LexborNode]] = defaultdict(list)
    root, left = page.html.body, _MAX_NODES
    for node in root.traverse() if root else ():
        left -= 1
        if left < 0:
            break
        parent = node.parent
        if parent is None or not node.tag or node.tag in {"script", "style", "br", "option"}:
            continue
        place = f"{parent.tag}.{'.'.join(sorted(classes_of(parent)))}"
        for name in ("", *classes_of(node)):
            groups[place, node.tag, name].append(node)
            groups[str(parent.mem_id), node.tag, name].append(node)
    return groups


def _worth(node: LexborNode, known: Collection[str]) -> int:
    """Say how much an element tells of one person or company; 0 for none or a mere link."""
    text = " ".join(node.text(separator=" ").split())
    pieces = [piece for piece in node.text(separator="\n").split("\n") if piece.strip()]
    if not 1 < len(pieces) <= _MAX_PIECES or len(text) > _MAX_TEXT:
        return 0
    has_mail = "@" in text or node.css_first('a[href^="mailto:"]') is not None
    number = _PHONE.search(text)
    has_number = bool(number and is_surely_phone(number[0])) or bool(
        node.css_first('a[href^="tel:"]')
    )
    has_name = any(piece.strip() in known or is_name(piece) for piece in pieces)
    has_heading = node.css_first(_HEADINGS) is not None
    signs = (has_mail, has_number, has_name)
    return 2 * sum(signs) + has_heading if has_heading or sum(signs) > 1 else 0


def _selector(page: Page[Any], members: list[LexborNode]) -> str:
    """Give the shortest selector that matches the members, and as little else as can be."""
    wanted = {node.mem_id for node in members}
    best, fewest = "", 0
    for css in _candidates(members):
        found = {node.mem_id for node in page.html.css(css)}
        surplus = len(found - wanted)
        if wanted <= found and (not best or surplus < fewest):
            best, fewest = css, surplus
    return best


def _candidates(members: list[LexborNode]) -> Iterator[str]:
    first = members[0]
    shared = [c for c in classes_of(first) if all(c in classes_of(one) for one in members)]
    kind = first.attributes.get("itemtype") or ""
    if kind and '"' not in kind and all(one.attributes.get("itemtype") == kind for one in members):
        yield f'[itemtype="{kind}"]'
    own = [*(f"{tag_of(first)}.{name}" for name in shared), tag_of(first)]
    yield from own
    above, chain = first.parent, own
    for _ in range(_CLIMB):
        if above is None or above.tag in {"html", None}:
            break
        names = [*(f"{tag_of(above)}.{name}" for name in classes_of(above)), tag_of(above)]
        mark = above.attributes.get("id") or ""
        if _ID.fullmatch(mark):
            names.insert(0, f"#{mark}")
        yield from (f"{name} > {one}" for name in names for one in chain)
        above, chain = above.parent, [f"{names[0]} > {one}" for one in chain]
    yield from (f"{tag_of(first)}.{name}" for name in _all_classes(first))


def _all_classes(node: LexborNode) -> list[str]:
    classes = dict.fromkeys((node.attributes.get("class") or "")[:_MAX_CLASSES].split())
    return [name for name in classes if _CLASS.fullmatch(name)]
