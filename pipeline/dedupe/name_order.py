"""Guessing which words of a whole name are the given names and which the surname."""

from collections.abc import Sequence
from typing import Final

from pipeline.dedupe.name_words import (
    FAMILY_FIRST,
    GIVEN_NAMES,
    PARTICLES,
    VIETNAMESE_MIDDLES,
)

_LONG: Final = 2


def split_order(words: Sequence[str], text: str) -> tuple[Sequence[str], Sequence[str]]:
    """Part the words of a name into given names and surname, with its particles.

    ``text`` shows the capitals. A lone word is a given name if it is a known one.
    """
    if len(words) == 1:
        return (words, []) if is_given_name(words[0]) else ([], words)
    if words[0] in FAMILY_FIRST and words[1] in VIETNAMESE_MIDDLES and len(words) > _LONG:
        return [words[-1], *words[1:-1]], words[:1]
    if words[0] in PARTICLES:
        end = next(at for at, word in enumerate([*words, ""]) if word not in PARTICLES) + 1
        return words[end:], words[:end]
    place = next((at for at, word in enumerate(words) if at and word in PARTICLES), 0)
    if place > 1 and words[place] == "y":
        place -= 1  # it joins two surnames
    if place and place < len(words) - 1:
        return words[:place], words[place:]
    capital = _capital_word(words, text)
    if capital == 0 or (capital is None and _is_reversed(words)):
        return words[1:], words[:1]
    end = 1
    while end < len(words) - 1 and (len(words[end]) == 1 or is_given_name(words[end])):
        end += 1
    return words[:end], words[end:]


def split_prefix(words: Sequence[str]) -> tuple[str, list[str]]:
    """Part a surname from its particles, which are given joined; those alone are the surname."""
    place = 0
    while place < len(words) - 1 and words[place] in PARTICLES:
        place += 1
    core = [word for word in words[place:] if word not in PARTICLES]
    if len(core) > 1:
        core = [word for word in core if len(word) > 1] or core
    return "".join(words[:place]), core or list(words[place:])


def is_given_name(word: str) -> bool:
    """Whether a word, or the first half of a double name, is a known given name."""
    return word in GIVEN_NAMES or ("-" in word and word.partition("-")[0] in GIVEN_NAMES)


def _is_reversed(words: Sequence[str]) -> bool:
    """Whether the surname seems to stand first: ``Knowles Keith``, ``Nguyen An``."""
    first, last = words[0], words[-1]
    if len(first) == 1:
        return False
    if len(last) == 1:
        return len(words) == _LONG and not is_given_name(first)
    if is_given_name(first):
        return False
    return is_given_name(last) or (first in FAMILY_FIRST and last not in FAMILY_FIRST)


def _capital_word(words: Sequence[str], text: str) -> int | None:
    """Tell which word, the first or the last, alone is in capitals, as in ``DUPONT Marie``."""
    if text.istitle() or text.isupper() or text.islower():
        return None
    shouted = [word for word in text.split() if len(word) > _LONG and word.isupper()]
    if len(shouted) != 1:
        return None
    return {words[0]: 0, words[-1]: len(words) - 1}.get(shouted[0].lower())
