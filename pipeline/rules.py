"""Collision rules: per field, whether a file's value may replace the one that a lead has."""

from collections.abc import Mapping
from types import MappingProxyType

from pipeline.errors import InvalidInput
from pipeline.records import TEXT_FIELDS

Rules = Mapping[str, str]
"""Per field (custom ones as ``custom.NAME``, all of them as ``custom``) how it may be changed."""

FILL, OVERWRITE, NEVER = "fill", "overwrite", "never"
RULE_WORDS = (OVERWRITE, FILL, NEVER)
RULES: Mapping[str, str] = MappingProxyType(
    {
        OVERWRITE: "the file's value replaces the lead's",
        FILL: "the file's value fills only a blank",
        NEVER: "the lead's value stays as it is",
    }
)
"""Each rule and what it means. By none of them does a blank erase, or a file outrank a person."""

RULE_FIELDS = ("name", "email", "phone", *TEXT_FIELDS, "status", "custom")
"""The fields that a rule can be made for; ``custom`` is all custom fields together."""


def check_rules(rules: Mapping[str, str]) -> dict[str, str]:
    """Give rules as they are kept with a run, without those that say what holds anyway.

    Raises:
        InvalidInput: there is no such field, or no such rule.
    """
    for field, rule in rules.items():
        if field not in RULE_FIELDS:
            raise InvalidInput(f"No rule for {field!r}. There are: {', '.join(RULE_FIELDS)}.")
        if rule not in RULES:
            raise InvalidInput(f"There is no rule {rule!r}. There are: {', '.join(RULES)}.")
    return {field: rule for field, rule in rules.items() if rule != OVERWRITE}
