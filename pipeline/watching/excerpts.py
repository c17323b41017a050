"""Cutting the same place out of two versions of a page's source, so that they can be compared."""

import html
import re

REACH = 400
"""Characters shown before and after what matters."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_LEAST_ANCHOR = 12
_LONGEST_ANCHOR = 160
_STEP = 8


def cut_around(text: str, value: str) -> str:
    """Give the part of a page's source around a value; its beginning where the value is not in it.

    A value may stand in the source with its special characters escaped, or in other capitals.
    """
    place = _find(text, value)
    return _cut(text, place, place + len(value)) if place >= 0 else _cut(text, 0, 0)


def cut_alike(text: str, other: str, value: str) -> str:
    """Give the part of a page's source that corresponds to where another version has a value.

    It is found by what stands right before or after the value there, as long a piece as possible.
    """
    place = _find(other, value) if value else -1
    if place < 0:
        return _cut(text, 0, 0)
    for length in range(_LONGEST_ANCHOR, _LEAST_ANCHOR - 1, -_STEP):
        before = other[max(place - length, 0) : place]
        if len(before) >= _LEAST_ANCHOR and (found := text.find(before)) >= 0:
            return _cut(text, found + len(before), found + len(before))
        end = place + len(value)
        after = other[end : end + length]
        if len(after) >= _LEAST_ANCHOR and (found := text.find(after)) >= 0:
            return _cut(text, found, found)
    # The page was built anew: the same share of the way into it is as good as any place.
    share = place * len(text) // max(len(other), 1)
    return _cut(text, share, share)


def without_controls(text: str) -> str:
    """Take out what would steer a terminal, or turn the direction of the text around."""
    return _CONTROL.sub("", text)


def _find(text: str, value: str) -> int:
    if not value:
        return -1
    first = value.partition("; ")[0]
    for form in (first, html.escape(first), first.replace("&", "&amp;")):
        if (place := text.find(form)) >= 0:
            return place
    return text.lower().find(first.lower())


def _cut(text: str, start: int, end: int) -> str:
    first, last = max(start - REACH, 0), min(end + REACH, len(text))
    piece = without_controls(text[first:last]).strip()
    return f"{'… ' if first else ''}{piece}{' …' if last < len(text) else ''}"
