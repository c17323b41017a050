"""Taking a name apart: its words, without brackets, titles, degrees and suffix."""

import re
from collections.abc import Sequence
from typing import Final

from pipeline.dedupe.name_words import (
    DEGREES,
    FILLERS,
    GIVEN_NAMES,
    INNER_SUFFIXES,
    IRISH,
    NAMES_AND_TITLES,
    PLACEHOLDERS,
    PLACEHOLDERS_AND_SURNAMES,
    SUFFIXES,
    TITLES,
)
from pipeline.dedupe.scripts import repair_digits

_BRACKETED = re.compile(r"[(\[\"]([^()\[\]\"]*)[)\]\"]")
_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_GLUE: Final = frozenset({"mc", "mac", "st", "fitz", "o"})


def split_words(text: str) -> list[str]:
    """Split a folded name into its words; a double name is one word with its hyphen."""
    return _WORD.findall(text.lower())


def take_brackets(text: str) -> tuple[str, list[str]]:
    """Part a folded name from what stands in brackets or quotes; known given names are kept."""
    if "(" not in text and '"' not in text and "[" not in text:
        return text, []
    outside = _BRACKETED.sub(" ", text)
    if not split_words(outside):
        return text, []
    inside = [word for part in _BRACKETED.findall(text) for word in split_words(part)]
    return outside, [word for word in inside if word in GIVEN_NAMES]


def strip_words(
    words: list[str], *, is_given: bool = False, may_vanish: bool = False
) -> tuple[list[str], str]:
    """Strip titles in front and degrees behind, and give the suffix (or "") apart.

    One word is left at least, unless all ``may_vanish``. ``is_given`` tells that the first word
    is a given name or its initial, so that Mac and O are no beginnings of a surname there.
    """
    least = 0 if may_vanish else 1
    start, end, suffix = 0, len(words), ""
    while end > least and (words[end - 1] in SUFFIXES or words[end - 1] in DEGREES):
        end -= 1
        suffix = SUFFIXES.get(words[end], suffix)
    while start < end - least and _is_title(words, start, end):
        start += 1
    kept = words[start:end]
    if inner := next((word for word in kept[1:] if word in INNER_SUFFIXES), ""):
        kept.remove(inner)
        suffix = suffix or SUFFIXES[inner]
    if kept and not _GLUE.isdisjoint(kept):
        kept = _glue(kept, is_given=is_given)
    return [word if word.isalpha() else repair_digits(word) for word in kept], suffix


def is_placeholder(words: Sequence[str], *, is_surname: bool = False) -> bool:
    """Whether words stand where a name is not known: all are placeholders, or fillers by them.

    House or Friend alone is a ``surname``, and a lone title is no name.
    """
    if len(words) == 1:
        word = words[0]
        may_be_one = word in PLACEHOLDERS or word in TITLES
        return may_be_one and not (is_surname and word in PLACEHOLDERS_AND_SURNAMES)
    if not any(word in PLACEHOLDERS for word in words):
        return "".join(words) in PLACEHOLDERS
    return all(word in PLACEHOLDERS or word in FILLERS for word in words)


def _is_title(words: Sequence[str], at: int, end: int) -> bool:
    if words[at] in TITLES:
        return True
    before_name = at + 2 < end and words[at + 1] in GIVEN_NAMES
    return words[at] in NAMES_AND_TITLES and before_name


def _glue(words: Sequence[str], *, is_given: bool) -> list[str]:
    """Join ``mc donald``, ``o brien`` and the like to one word."""
    glued: list[str] = []
    held = ""
    last = len(words) - 1
    for at, word in enumerate(words):
        may_begin = at < last and (word == "mc" or at > 0 or not is_given)
        if not held and word in _GLUE and may_begin and (word != "o" or words[at + 1] in IRISH):
            held = word
        else:
            glued.append(held + word)
            held = ""
    return glued
