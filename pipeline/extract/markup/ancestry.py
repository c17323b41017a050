"""What an element stands in, for many elements at the cost of one walk over the page."""

from typing import Generic, TypeVar

from selectolax.lexbor import LexborNode

T = TypeVar("T")


class Ancestry(Generic[T]):
    """Remembers elements, and finds the nearest remembered one around any other.

    Elements must be asked for in document order. Each is climbed through once.
    """

    def __init__(self) -> None:
        self._known: dict[int, T] = {}
        self._nearest: dict[int, T | None] = {}

    def remember(self, node: LexborNode, thing: T) -> None:
        """Let the elements within this one belong to ``thing``."""
        self._known[node.mem_id] = thing

    def get_around(self, node: LexborNode) -> T | None:
        """Give the thing of the nearest remembered element around this one."""
        climbed: list[int] = []
        found = None
        parent = node.parent
        while parent is not None:
            key = parent.mem_id
            if key in self._known:
                found = self._known[key]
                break
            if key in self._nearest:
                found = self._nearest[key]
                break
            climbed.append(key)
            parent = parent.parent
        self._nearest.update(dict.fromkeys(climbed, found))
        return found
