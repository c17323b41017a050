"""Neighbours: what a header means in the company of the others."""

from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.normalize.text import word_set
from pipeline.readers.conventions import FIELDS_IN, NEEDS_COMPANY
from pipeline.readers.header_words import UNKNOWN, Guess, header_words, read_header

_MEANS: Sequence[tuple[frozenset[str], Mapping[str, str]]] = (
    # An export of LinkedIn's connections names the profile only "URL".
    (frozenset({"connected on"}), {"url": ""}),
    # Beside a form of address, a title is the one that stands before a name.
    (frozenset({"anrede"}), {"titel": ""}),
    (frozenset({"civilite"}), {"titre": ""}),
    (frozenset({"suffix", "suffixe", "sufijo"}), {"title": "", "titre": "", "titulo": ""}),
    # Short names that only some systems use for a place.
    (frozenset({"euid", "leid"}), {"cc": "country"}),
    (frozenset({"fn", "ln"}), {"ct": "city", "st": "region"}),
)
_BARE_NAMES = word_set(
    "name naam nom nome nombre navn namn nimi jmeno ad isim imya nam lasm asm mingzi mingqian"
)
"""Words for a whole name, which mean one part of it beside a column for the other part."""


def read_headers(header: Sequence[str]) -> list[Guess]:
    """Tell what each header of a file stands for, in the light of all of them."""
    words = [" ".join(header_words(name)) for name in header]
    votes = _count_languages(words)
    guesses = [
        _in_language(word, read_header(name), votes)
        for name, word in zip(header, words, strict=True)
    ]
    for company, meanings in _MEANS:
        if not company.isdisjoint(words):
            guesses = [
                _as_meant(meanings[word]) if word in meanings else guess
                for word, guess in zip(words, guesses, strict=True)
            ]
    return guesses


def find_bare_name(header: Sequence[str], guesses: Sequence[Guess]) -> tuple[int, int, str] | None:
    """Find a "Nom" beside a "Prénom", or a "Nombre" beside an "Apellido".

    Gives its place, that of the column beside it, and the field that it may be. None if there is
    no such column, or if both parts of the name have columns of their own.
    """
    places = {guess.field: place for place, guess in reversed(list(enumerate(guesses)))}
    if ("given_name" in places) == ("surname" in places):
        return None
    beside, missing = (
        ("surname", "given_name") if "surname" in places else ("given_name", "surname")
    )
    bare = (
        place
        for place, (name, guess) in enumerate(zip(header, guesses, strict=True))
        if guess.field == "name" and " ".join(header_words(name)) in _BARE_NAMES
    )
    found = next(bare, None)
    return None if found is None else (found, places[beside], missing)


def _count_languages(words: Sequence[str]) -> Counter[str]:
    """Count for each language the columns that speak it."""
    return Counter(
        language
        for language, known in FIELDS_IN.items()
        for word in set(words)
        if word in known and word not in NEEDS_COMPANY
    )


def _in_language(word: str, guess: Guess, votes: Counter[str]) -> Guess:
    """Read a word that languages understand differently in the one most columns speak."""
    if word in NEEDS_COMPANY:
        return guess if votes[NEEDS_COMPANY[word]] else UNKNOWN
    meanings = {language: known[word] for language, known in FIELDS_IN.items() if word in known}
    if len({field for field, _ in meanings.values()}) < 2:  # noqa: PLR2004 - one meaning is clear
        return guess
    field, rank = meanings[max(meanings, key=lambda language: votes[language])]
    return Guess(field, rank, 0.9 if field else 0.0)


def _as_meant(field: str) -> Guess:
    return Guess(field, 0, 0.9) if field else UNKNOWN
