"""What parsing microformats gives: items, and what was found for each of their properties."""

from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from pipeline.extract.entity import Text


@dataclass(slots=True, eq=False)
class Item:
    """A microformat: its types (``h-card``), properties and what else stands within it.

    ``value`` is what it says where it stands as the property of another item. ``implied`` tells
    whether properties follow from its mere content where none are marked.
    """

    node: LexborNode
    types: list[str]
    classics: frozenset[str] = frozenset()
    implied: bool = True
    properties: dict[str, list["Found"]] = field(default_factory=dict)
    children: list["Item"] = field(default_factory=list)
    prefixes: set[str] = field(default_factory=set)
    included: list[LexborNode] = field(default_factory=list)
    last_date: str = ""

    def add(self, name: str, found: "Found") -> None:
        """Add one value of a property."""
        self.properties.setdefault(name, []).append(found)

    def get_marked(self, prefix: str, name: str) -> "Found | None":
        """Give the first value of a property that was marked with this prefix, or is implied."""
        values = self.properties.get(name, ())
        return next((one for one in values if one.prefix in {prefix, ""}), None)


@dataclass(slots=True, eq=False)
class Found:
    """One value: its text and the prefix that says how to read it (p, u, dt, e; none: implied).

    ``alt`` is that of an image, ``item`` the microformat that the element starts.
    """

    prefix: str
    text: Text
    node: LexborNode
    alt: str | None = None
    item: Item | None = None
