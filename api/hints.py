"""What would do instead: one sentence for each way in which a value can be wrong."""

from collections.abc import Mapping
from typing import Any

_HINTS = {
    "missing": "Add it.",
    "json_invalid": "Send one JSON text in UTF-8; each name once, no NaN, no Infinity.",
    "string_type": "Give text.",
    "string_unicode": "Give text without unpaired surrogates.",
    "int_parsing": "Give a whole number.",
    "int_type": "Give a whole number.",
    "int_from_float": "Give a whole number.",
    "int_parsing_size": "Give a smaller number.",
    "bool_parsing": "Give true or false.",
    "model_attributes_type": "Send a JSON object with the content type application/json.",
    "dict_type": "Give a JSON object.",
    "extra_forbidden": "Leave it out.",
}
_BOUNDS = {
    "greater_than_equal": ("ge", "Give {} or more."),
    "less_than_equal": ("le", "Give {} or less."),
    "greater_than": ("gt", "Give more than {}."),
    "less_than": ("lt", "Give less than {}."),
    "string_too_long": ("max_length", "Give at most {} characters."),
    "string_too_short": ("min_length", "Give at least {} characters."),
    "string_pattern_mismatch": ("pattern", "Give text that matches {}."),
    "literal_error": ("expected", "Use {}."),
    "enum": ("expected", "Use {}."),
}


def hint_for(error: Mapping[str, Any]) -> str:
    """Give the hint for one of pydantic's errors, from its type and limits, never its input."""
    kind = error["type"]
    if kind in _BOUNDS:
        name, hint = _BOUNDS[kind]
        return hint.format(error["ctx"][name])
    if kind == "value_error" and error["loc"][-1] == "email":
        return "Give an address such as name@example.com."
    return _HINTS.get(kind, "See /docs for what is accepted.")
