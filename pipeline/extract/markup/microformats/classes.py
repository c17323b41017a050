"""What class names mean in microformats2 (https://microformats.org/wiki/microformats2-parsing)."""

import re

_NAME = r"(?:[a-z0-9]+-)?[a-z]+(?:-[a-z]+)*"
_ROOT = re.compile(rf"h-{_NAME}\Z")
_PROPERTY = re.compile(rf"(p|u|dt|e)-({_NAME})\Z")
_SPACE = re.compile(r"[ \t\n\f\r]+")  # a non-breaking space belongs to a name

Property = tuple[str, str]  # prefix, name


def find_words(attribute: str | None) -> list[str]:
    """Split an attribute into its words."""
    return [word for word in _SPACE.split(attribute) if word] if attribute else []


def find_roots(words: list[str]) -> list[str]:
    """Give the types that an element starts an item of, sorted."""
    return sorted({word for word in words if word[:2] == "h-" and _ROOT.match(word)})


def find_properties(words: list[str]) -> list[Property]:
    """Give the properties that an element is marked as, as often as it is."""
    matches = (_PROPERTY.match(word) for word in words if "-" in word[:3])
    return [(match[1], match[2]) for match in matches if match]
