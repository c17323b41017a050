"""Rules: where in an entry of a page a field stands, as people write it down.

``CSS@attribute =~ pattern``: the elements that match, one of their attributes instead of their
text, and the part of it that counts. Each part may be left out; no selector means the entry itself.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator

from pipeline.extract.patterns import Pattern, compile_pattern
from pipeline.records import FIELDS
from pipeline.sources import Node, Page, check_css

_ATTRIBUTE = re.compile(r"@([A-Za-z_][\w:.-]*)\Z")
_MATCHES = " =~ "


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, read: see this module."""

    css: str
    attribute: str = ""
    pattern: Pattern | None = None

    def values(self, page: Page[Any], node: Node) -> list[str]:
        """Give what the rule finds in an entry, each value once."""
        found = page.values(node, self.css, self.attribute)
        if self.pattern:
            found = [part.strip() for part in map(self.pattern.find, found)]
        return list(dict.fromkeys(filter(None, found)))


def read_rule(text: str) -> Rule:
    """Read a rule.

    Raises:
        ValueError: its selector or its pattern is none.
    """
    place, _, pattern = f" {text} ".partition(_MATCHES)
    place = place.strip()
    attribute = _ATTRIBUTE.search(place)
    css = place[: attribute.start()].strip() if attribute else place
    return Rule(
        check_css(css),
        attribute[1] if attribute else "",
        compile_pattern(pattern.strip()) if pattern.strip() else None,
    )


def check_rule(text: str) -> str:
    """Give a rule back if it can be used.

    Raises:
        ValueError: it cannot.
    """
    read_rule(text)
    return text


def check_fields(names: Mapping[str, str]) -> Mapping[str, str]:
    """Give the rules of fields back if there are such fields.

    Raises:
        ValueError: there is no such field.
    """
    for name in names:
        if name not in FIELDS:
            raise ValueError(f"there is no field {name!r}; known are {', '.join(FIELDS)}")
    return names


def read_fields(page: Page[Any], node: Node, rules: Mapping[str, str]) -> dict[str, list[str]]:
    """Give the values of each field in an entry; those without any are left out."""
    found = {name: read_rule(text).values(page, node) for name, text in rules.items()}
    return {name: values for name, values in found.items() if values}


Css = Annotated[str, AfterValidator(check_css)]
RuleText = Annotated[str, AfterValidator(check_rule)]
RuleMap = dict[str, RuleText]
FieldRules = Annotated[RuleMap, AfterValidator(check_fields)]
