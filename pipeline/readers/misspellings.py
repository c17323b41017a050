"""Misspellings: the known words that a misspelt one may have been meant to be."""

from functools import lru_cache

from pipeline.readers.conventions import FIELD_OF, FIELDS_IN
from pipeline.readers.everyday import ORDINARY
from pipeline.readers.languages import LATIN
from pipeline.readers.scripts import OTHER_SCRIPTS

_SHORT = frozenset({"name", "last", "mail", "city"})
_MIN_LENGTH, _MIN_FIRST, _MIN_LOOSE, _MIN_LOOSE_FOREIGN = 5, 6, 9, 11
_MAX_LENGTH = 40
_MAX_FOUND = 4


@lru_cache(maxsize=4_096)
def find_meant(word: str, *, latin: bool = True, sure: bool = True) -> tuple[str, ...]:
    """Give the known words that are one edit away, or two from a long one; the nearest first.

    Swapped neighbours are one edit. Everyday words, known ones and short ones have none, unless
    whoever asks is not ``sure`` of them. ``latin`` is the script that the word was written in.
    """
    if not _MIN_LENGTH - 2 < len(word) <= _MAX_LENGTH:
        return ()
    if sure and (word in ORDINARY or word in _known()):
        return ()
    singular = word.removesuffix("s")
    if sure and len(singular) >= _MIN_LENGTH and singular in _known():
        return (singular,)
    mask = _letters(word)
    near = []
    for place, (target, target_mask, limit) in enumerate(_targets(latin=latin)):
        if abs(len(target) - len(word)) > limit or (mask ^ target_mask).bit_count() > 2 * limit:
            continue
        distance = count_edits(word, target, limit)
        if distance <= limit and _begins_alike(word, target):
            near.append((distance, abs(len(target) - len(word)), place, target))
    return tuple(target for *_, target in sorted(near)[:_MAX_FOUND])


def count_edits(a: str, b: str, limit: int) -> int:
    """Count the edits between two words; swapped neighbours are one. Stops above the limit."""
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, char in enumerate(a, start=1):
        row = [i]
        for j, other in enumerate(b, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (char != other))
            if i > 1 and j > 1 and char == b[j - 2] and a[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
        before, last = last, row
    return last[-1]


def _begins_alike(word: str, target: str) -> bool:
    # A wrong first letter is rare, and makes another word of a short one.
    swapped = word[:2] == target[1::-1]
    return word[0] == target[0] or swapped or len(target) >= _MIN_FIRST


def _letters(word: str) -> int:
    mask = 0
    for char in word:
        mask |= 1 << (ord(char) - ord("a")) % 64
    return mask


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(word for words in FIELD_OF for word in words.split())


@lru_cache(maxsize=2)
def _targets(*, latin: bool) -> list[tuple[str, int, int]]:
    """Give the words worth correcting to, English first, each with its letters and its limit.

    Words of other scripts, folded into Latin letters, are no misspelt Latin ones.
    """
    found: dict[str, int] = {}
    for language, words in FIELDS_IN.items():
        if latin and language in OTHER_SCRIPTS:
            continue
        loose = _MIN_LOOSE_FOREIGN if language in LATIN else _MIN_LOOSE
        fields = (phrase for phrase, (field, _) in words.items() if field)
        for word in (word for phrase in fields for word in phrase.split()):
            found.setdefault(word, 2 if len(word) >= loose else 1)
    return [
        (word, _letters(word), limit)
        for word, limit in found.items()
        if len(word) >= _MIN_LENGTH or word in _SHORT
    ]
