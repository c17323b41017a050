"""Bounds the markup of a page before it is parsed: no page of people is endless or bottomless."""

import re
from itertools import accumulate, islice

MAX_DEPTH = 1_000
"""How deep elements may lie within each other; a parser's time grows with the square of it."""

MAX_TAGS = 200_000
"""How many tags a page may have."""

_FEW = 3_000
_OPEN = re.compile("<")
# Elements that end by themselves, or hold nothing, do not lie within each other.
_TAG = re.compile(
    r"<(/?)(?!(?:p|li|td|tr|th|dd|dt|option|br|img|hr|input|meta|link|area|col|source|wbr|param)[\s>/])"
    r"[a-z]",
    re.IGNORECASE,
)
_STEPS = {"": 1, "/": -1}


def bound_markup(markup: str, head: int = 1 << 22, tail: int = 0, tags: int = MAX_TAGS) -> str:
    """Give markup that any parser takes in linear time.

    It is cut where elements lie too deep within each other; of what is longer than ``head`` and
    ``tail`` together (characters) the middle is left out, and of too many ``tags`` the last.
    """
    if len(markup) > head + tail:
        markup = markup[:head] + (markup[-tail:] if tail else "")
    if markup.count("<") <= _FEW:
        return markup
    if markup.count("<") > tags:
        *_, last = islice(_OPEN.finditer(markup), tags)
        markup = markup[: last.start()]
    depths = accumulate(map(_STEPS.__getitem__, _TAG.findall(markup)))
    if max(depths, default=0) <= MAX_DEPTH:
        return markup
    depth = 0
    for tag in _TAG.finditer(markup):
        depth += _STEPS[tag[1]]
        if depth > MAX_DEPTH:
            return markup[: tag.start()]
    return markup
