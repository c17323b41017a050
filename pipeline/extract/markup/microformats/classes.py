"""What class names mean in microformats2 (https://microformats.org/wiki/microformats2-parsing)."""

import re
from dataclasses import dataclass
from functools import lru_cache

_NAME = r"(?:[a-z0-9]+-)?[a-z]+(?:-[a-z]+)*"
_ROOT = re.compile(rf"h-{_NAME}\Z")
_PROPERTY = re.compile(rf"(p|u|dt|e)-({_NAME})\Z")
_SPACE = re.compile(r"[ \t\n\f\r]+")  # a non-breaking space belongs to a name
_VALUES = frozenset({"value", "value-title"})
_MAX_REMEMBERED = 200
_MAX_PROPERTIES = 20

Property = tuple[str, str]  # prefix, name


@dataclass(slots=True, frozen=True)
class ClassNames:
    """The words of a class attribute: the items they start, and the properties they mark.

    A property is there as often as it is marked. ``is_value``: the element holds the value of the
    property it stands in.
    """

    words: tuple[str, ...]
    roots: tuple[str, ...]
    properties: tuple[Property, ...]
    is_value: bool


def read_classes(attribute: str) -> ClassNames:
    """Read a class attribute; pages repeat few of them often."""
    return _remembered(attribute) if len(attribute) < _MAX_REMEMBERED else _read(attribute)


def find_words(attribute: str | None) -> list[str]:
    """Split an attribute into its words."""
    return [word for word in _SPACE.split(attribute) if word] if attribute else []


def _read(attribute: str) -> ClassNames:
    words = tuple(find_words(attribute))
    roots = {word for word in words if word[:2] == "h-" and _ROOT.match(word)}
    marked = (_PROPERTY.match(word) for word in words if "-" in word[:3])
    properties = [(match[1], match[2]) for match in marked if match][:_MAX_PROPERTIES]
    is_value = not _VALUES.isdisjoint(words)
    return ClassNames(words, tuple(sorted(roots)), tuple(properties), is_value)


_remembered = lru_cache(maxsize=2_048)(_read)
