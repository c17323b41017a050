"""Header words: what one column's header says the column holds."""

import re
from dataclasses import dataclass, replace
from itertools import islice, product

from pipeline.normalize.text import fold_text, word_set
from pipeline.readers.conventions import (
    DESCRIBING,
    DESCRIBING_PLACES,
    EMAIL_WORDS,
    FIELD_OF,
    LABEL_WORDS,
    NOT_A_VALUE,
    NUMBER_WORDS,
    OF_OTHERS,
    PHONE_WORDS,
    SHORT_FIELD_OF,
)
from pipeline.readers.misspellings import find_meant

LABEL = "-"
"""The kind of a column that only labels its neighbour."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_CUSTOM_FIELD = re.compile(r"__p?c$")
_DIGITS = re.compile(r"\d+")
_MAIL = re.compile(r"\be mail")
_BRACKETS = re.compile(r"[(\[{<（【][^()\[\]{}<>（）【】]*[)\]}>）】]")
_SEPARATORS = re.compile(r"[/|,;&+()\[\]（）、・]|\s(?:or|and|oder|und|ou|et|o|y|e|of|en)\s")
_OTHER_SCRIPT = re.compile("[\u0370-\u1dff\u2c00-\uffff]")
_PHONE_STEM = re.compile(
    r"(?:telef|telephon|handyn|mobiln|puhelin)\w*|\w+(?:phone|telefon|telefoon)"
)
_EMAIL_STEM = re.compile(r"email\w*|\w+email")
_PLACES = frozenset({"address", "city", "postcode", "region", "country", "website", "phone"})
_LABELLED = frozenset({"email", "phone", "address", "website", "contact"})
_NO_VALUE_IN_BRACKETS = word_set(
    "status type label optin opt consent date count fax owner id valid"
)
_TELLING = NOT_A_VALUE - {"name", "country", "extension", "ext"}
_SURE, _LIKELY, _MAYBE = 0, 100, 200
_FIRST = 6
_MAX_SPELLINGS = 16

Words = tuple[str, ...]


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
    return (
        _known(words, _SURE)
        or _short(words, header)
        or _label(words)
        or _without_brackets(header)
        or _described(words)
        or _alternatives(header)
        or _of_others(words)
        or _by_word(words)
        or _misspelt(words, header)
        or UNKNOWN
    )


def header_words(header: str) -> Words:
    """Fold a header into its words: ``E-mail 1 - Value`` gives ``email value``."""
    text = _CAMEL.sub(" ", _CUSTOM_FIELD.sub("", header.partition(" ::: ")[0]))
    return tuple(_DIGITS.sub(" ", _MAIL.sub("email", fold_text(text))).split())


def _known(words: Words, extra: int) -> Guess | None:
    found = FIELD_OF.get(" ".join(words))
    if found is None:
        return None
    field, rank = found
    sure = (1.0 if rank == 0 else 0.95 if rank < _FIRST else 0.9) - extra / 2_000
    return Guess(field, rank + extra, sure if field else 0.0)


def _short(words: Words, header: str) -> Guess | None:
    found = SHORT_FIELD_OF.get(" ".join(words)) if _OTHER_SCRIPT.search(header) else None
    return Guess(found[0], found[1], 0.9 if found[0] else 0.0) if found else None


def _label(words: Words) -> Guess | None:
    """Recognise a column that only describes another one (``Phone 1 - Type``)."""
    rest = tuple(word for word in words if word not in LABEL_WORDS)
    if len(rest) == len(words):
        return None
    read = _known(rest, _SURE) or _described(rest) or _by_word(rest)
    return Guess(LABEL, _SURE, 0.9) if read and read.field in _LABELLED else None


def _without_brackets(header: str) -> Guess | None:
    outside = _BRACKETS.sub(" ", header)
    if outside == header or not outside.strip():
        return None
    inside = header_words(" ".join(_BRACKETS.findall(header)))
    if not _NO_VALUE_IN_BRACKETS.isdisjoint(inside):
        return None
    words = header_words(outside)
    return _known(words, _LIKELY) or _short(words, outside) or _described(words)


def _described(words: Words) -> Guess | None:
    """Understand a known header with describing words around it (``Person - Email``)."""
    core = tuple(word for word in words if word not in DESCRIBING)
    if not core:
        return None
    if core != words and (found := _known(core, _LIKELY)):
        return found
    place = tuple(word for word in words if word not in DESCRIBING_PLACES)
    bare = tuple(word for word in place if word not in NUMBER_WORDS) or place
    found = _known(bare, _LIKELY) if bare and bare != words else None
    if found and bare != place and found.field != "phone":
        return None
    return found if found and found.field in _PLACES else None


def _alternatives(header: str) -> Guess | None:
    """Understand a header of several names (``Tel. / Mobile``, ``Vorname / First name``)."""
    parts = [header_words(part) for part in _SEPARATORS.split(header)]
    parts = [part for part in parts if part and not DESCRIBING.issuperset(part)]
    if len(parts) < 2 or not all(map(_may_be_one_of_several, parts)):  # noqa: PLR2004 - one part is no alternative
        return None
    read = [
        _known(part, _LIKELY) or _short(part, header) or _described(part) or _misspelt(part, header)
        for part in parts
    ]
    guesses = [guess for guess in read if guess and guess.field]
    if not guesses:
        return None
    fields = {guess.field for guess in guesses}
    if len(fields) == 1:
        return guesses[0] if len(guesses) == len(parts) else replace(guesses[0], confidence=0.75)
    joined = {
        frozenset({"email", "phone"}): "contact",
        frozenset({"given_name", "surname"}): "name",
    }
    field = joined.get(frozenset(fields))
    return Guess(field, _LIKELY, 0.8) if field else UNKNOWN


def _may_be_one_of_several(words: Words) -> bool:
    known = _known(words, _SURE)
    return known.field != "" if known else _TELLING.isdisjoint(words)


def _of_others(words: Words) -> Guess | None:
    return None if OF_OTHERS.isdisjoint(words) else Guess("", _LIKELY, 0.0)


def _by_word(words: Words) -> Guess | None:
    """Recognise e-mails and phones among unknown words (``Billing contact email``)."""
    if NOT_A_VALUE.isdisjoint(words):
        for field, marks, stem in (
            ("email", EMAIL_WORDS, _EMAIL_STEM),
            ("phone", PHONE_WORDS, _PHONE_STEM),
        ):
            if any(word in marks or stem.fullmatch(word) for word in words):
                return Guess(field, _LIKELY + 50, 0.75)
    return None


def _misspelt(words: Words, header: str) -> Guess | None:
    """Understand a header of which some words are misspelt (``Frist Nmae``)."""
    latin = not _OTHER_SCRIPT.search(header)
    if words[:1] == ("e",) and (joined := find_meant("".join(words[:2]), latin=latin)):
        words = (joined[0], *words[2:])
    choices = [(word, *find_meant(word, latin=latin)) for word in words]
    for spelling in islice(product(*choices), _MAX_SPELLINGS):
        meant = header_words(" ".join(spelling))
        guess = _known(meant, _MAYBE) or _described(meant) or _by_word(meant)
        if guess and guess.field:
            return Guess(guess.field, max(guess.rank, _MAYBE), 0.7)
    return _misspelt_phrase(words, latin=latin)


def _misspelt_phrase(words: Words, *, latin: bool) -> Guess | None:
    """Understand several words of which one became another word by mistake (``Job tile``)."""
    for place, word in enumerate(words if len(words) > 1 else ()):
        for meant in find_meant(word, latin=latin, sure=False):
            guess = _known((*words[:place], meant, *words[place + 1 :]), _MAYBE)
            if guess and guess.field:
                return replace(guess, confidence=0.65)
    return None
