"""Bounds the markup of a page before it is parsed: no page of people is endless or bottomless."""

import re
from itertools import accumulate

MAX_DEPTH = 1_000
"""How deep elements may lie within each other; a parser's time grows with the square of it."""

_FEW = 3_000
# Elements that end by themselves, or hold nothing, do not lie within each other.
_TAG = re.compile(
    r"<(/?)(?!(?:p|li|td|tr|th|dd|dt|option|br|img|hr|input|meta|link|area|col|source|wbr|param)[\s>/])"
    r"[a-z]",
    re.IGNORECASE,
)
_STEPS = {"": 1, "/": -1}


def bound_markup(markup: str, head: int = 1 << 22, tail: int = 0) -> str:
    """Give markup that any parser takes in linear time.

    It is cut where elements lie too deep within each other; of what is longer than ``head`` and
    ``tail`` together (characters) the middle is left out.
    """
    if len(markup) > head + tail:
        markup = markup[:head] + (markup[-tail:] if tail else "")
    if markup.count("<") <= _FEW:
        return markup
    depths = accumulate(map(_STEPS.__getitem__, _TAG.findall(markup)))
    if max(depths, default=0) <= MAX_DEPTH:
        return markup
    depth = 0
    for tag in _TAG.finditer(markup):
        depth += _STEPS[tag[1]]
        if depth > MAX_DEPTH:
            return markup[: tag.start()]
    return markup
