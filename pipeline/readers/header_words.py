"""Header words: what one column's header says the column holds."""

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.normalize.text import fold_text
from pipeline.readers.conventions import (
    DESCRIBING,
    EMAIL_WORDS,
    FIELD_OF,
    LABEL_WORDS,
    NOT_A_VALUE,
    PHONE_WORDS,
)

LABEL = "-"
"""The kind of a column that only labels its neighbour."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MAIL = re.compile(r"\be mail(s?)\b")
_NUMBER = re.compile(r"\b\d+\b")
_SURE, _LIKELY, _MAYBE = 0, 100, 200
_MIN_FUZZY, _MIN_LOOSE = 4, 9


@dataclass(frozen=True, slots=True)
class Guess:
    """What a header stands for: a field, its rank among its rivals (0 is best), how sure it is."""

    field: str
    rank: int
    confidence: float = 1.0


UNKNOWN = Guess("", 1_000, 0.0)


def read_header(header: str) -> Guess:
    """Tell what a header stands for; a field of "" means a custom field."""
    words = header_words(header)
    if words[-1:] and words[-1] in LABEL_WORDS and len(words) > 1:
        return Guess(LABEL, _SURE)
    return _known(words, _SURE) or _described(words) or _by_word(words) or _misspelt(words)


def header_words(header: str) -> tuple[str, ...]:
    """Fold a header into its words: ``E-mail 1 - Value`` gives ``email value``."""
    folded = fold_text(_CAMEL.sub(" ", header.partition(" ::: ")[0]))
    return tuple(_NUMBER.sub("", _MAIL.sub(r"email\1", folded)).split())


def _known(words: tuple[str, ...], extra: int) -> Guess | None:
    found = FIELD_OF.get(" ".join(words))
    if found is None:
        return None
    field, rank = found
    sure = (1.0 if rank == 0 else 0.95) - extra / 1_000
    return Guess(field, rank + extra, sure if field else 0.0)


def _described(words: tuple[str, ...]) -> Guess | None:
    """Understand a known header with describing words around it (``Person - Email``)."""
    core = tuple(word for word in words if word not in DESCRIBING)
    return _known(core, _LIKELY) if core and core != words else None


def _by_word(words: tuple[str, ...]) -> Guess | None:
    """Recognise e-mails and phones among unknown words (``Billing contact email``)."""
    if NOT_A_VALUE.isdisjoint(words):
        for field, marks in (("email", EMAIL_WORDS), ("phone", PHONE_WORDS)):
            if not marks.isdisjoint(words):
                return Guess(field, _LIKELY + 50, 0.8)
    return None


def _misspelt(words: tuple[str, ...]) -> Guess:
    text = " ".join(words)
    if len(text) < _MIN_FUZZY or not NOT_A_VALUE.isdisjoint(words):
        return UNKNOWN
    near = _near_words(text)
    return Guess(near[0], near[1] + _MAYBE, 0.7) if near else UNKNOWN


@lru_cache(maxsize=1_024)
def _near_words(text: str) -> tuple[str, int] | None:
    allowed = 2 if len(text) >= _MIN_LOOSE else 1
    near = [
        (distance, rank, field)
        for known, (field, rank) in FIELD_OF.items()
        if field and len(known) >= _MIN_FUZZY and abs(len(known) - len(text)) <= allowed
        if known[0] == text[0] and (distance := _distance(text, known, allowed)) <= allowed
    ]
    return (min(near)[2], min(near)[1]) if near else None


def _distance(a: str, b: str, limit: int) -> int:
    """Count edits between two words; swapped neighbours are one edit. Stops above the limit."""
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
