"""Says in a few words where on a page something stood."""

from selectolax.lexbor import LexborNode

from pipeline.extract.entity import Place

_MAX_STEPS = 5
_MAX_SIBLINGS = 200


def describe_place(place: Place, known: dict[int, str] | None = None) -> str:
    """Give a short CSS selector of an element, from the nearest ancestor that has an id.

    Who describes many places of one page hands over what is ``known`` of its elements.
    """
    if isinstance(place, str):
        return place
    known = {} if known is None else known
    steps: list[str] = []
    node: LexborNode | None = place
    while node is not None and node.is_element_node and len(steps) < _MAX_STEPS:
        here = node.mem_id
        step = known.get(here)
        if step is None:
            step = known[here] = _name(node) or _step(node)
        steps.append(step)
        if step[0] == "#":
            break
        node = node.parent
    return " > ".join(reversed(steps))


def _name(node: LexborNode) -> str:
    """Give the id of an element if a selector can have it as it is."""
    name = node.id
    if name and name.replace("-", "").replace("_", "").isalnum() and not name[0].isdigit():
        return f"#{name}"
    return ""


def _step(node: LexborNode) -> str:
    """Name an element among its siblings."""
    tag = node.tag or ""
    if tag in {"html", "head", "body"}:
        return tag
    position = 1
    sibling = node.prev
    for _ in range(_MAX_SIBLINGS):
        if sibling is None:
            break
        position += sibling.tag == tag
        sibling = sibling.prev
    return f"{tag}:nth-of-type({position})"
