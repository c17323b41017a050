"""Guessing: a mapping told from a file's header and its first rows."""

import re
from collections.abc import Callable, Sequence

from pipeline.normalize.phones import looks_like_phone
from pipeline.readers.header_words import UNKNOWN, Guess, header_words, read_header
from pipeline.readers.headers import unnamed_column
from pipeline.readers.mapping import Mapping
from pipeline.readers.own_export import is_own_header, own_kinds, own_names

_MANY = frozenset({"email", "phone", "", "-"})
_MOST = 0.6
_BY_CONTENT = 500
_WORDY = frozenset({"", "name"})
_DATE = re.compile(r"\d{4}-\d\d?-\d\d?.*|\d\d?[./-]\d\d?[./-]\d{2,4}.*")
_PROFILES = ("linkedin.com/", "facebook.com/", "twitter.com/", "x.com/", "xing.com/")
_FULL_NAME_IS_SURNAME = frozenset({"nom", "naam", "name"})
_FULL_NAME_IS_GIVEN = frozenset({"nombre", "nome"})
_GIVEN_BESIDE_NAME = frozenset({"vorname", "prenom", "voornaam"})


def guess_mapping(header: Sequence[str], sample_rows: Sequence[Sequence[str]]) -> Mapping:
    """Guess which column is which field; what no field claims stays a custom field.

    Of several columns for one field the surest wins and the others stay custom; e-mails and
    phones are all kept. Columns without a header are told by their content.
    """
    if is_own_header(header):
        return Mapping(own_names(header), own_kinds(header), own_export=True)
    columns = [_values(sample_rows, place) for place in range(len(header))]
    guesses = _settle_names(header, [read_header(name) for name in header])
    for place, (name, values) in enumerate(zip(header, columns, strict=True)):
        unnamed = name == unnamed_column(place + 1)
        guesses[place] = _by_content(guesses[place], values, unnamed=unnamed)
    if all(name == unnamed_column(place) for place, name in enumerate(header, start=1)):
        guesses = _find_name(guesses, columns)
    kinds = _best_of_each(guesses)
    sure = [guess.confidence if kind else 0.0 for guess, kind in zip(guesses, kinds, strict=True)]
    return Mapping(list(header), kinds, confidence=sure)


def _values(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    cells = (row[place].strip() for row in rows if place < len(row))
    return [cell for cell in cells if cell]


def _settle_names(header: Sequence[str], guesses: list[Guess]) -> list[Guess]:
    """Tell what "Nom" is beside a "Prénom", and "Nombre" beside an "Apellido"."""
    words = [" ".join(header_words(name)) for name in header]
    fields = {guess.field for guess in guesses}
    given_beside = any(word in _GIVEN_BESIDE_NAME for word in words)
    for place, word in enumerate(words):
        if word in _FULL_NAME_IS_SURNAME and given_beside and "surname" not in fields:
            guesses[place] = Guess("surname", 0, 0.9)
        elif word in _FULL_NAME_IS_GIVEN and "surname" in fields and "given_name" not in fields:
            guesses[place] = Guess("given_name", 0, 0.9)
    return guesses


def _by_content(guess: Guess, values: list[str], *, unnamed: bool) -> Guess:
    """Let a column's values speak where its header does not, or claims too much."""
    if guess.field == "website" and _share(values, _is_profile) > _MOST:
        return UNKNOWN
    if guess.field in _WORDY and _share(values, _is_address) > _MOST:
        return Guess("email", _BY_CONTENT, 0.6)
    if guess is not UNKNOWN:
        return guess
    international = _share(values, lambda value: value[0] in "+(") > _MOST
    if (unnamed or international) and _share(values, _is_phone) > _MOST:
        return Guess("phone", _BY_CONTENT, 0.6)
    return guess


def _find_name(guesses: list[Guess], columns: list[list[str]]) -> list[Guess]:
    """In a file without a header, take the first column of words for the name."""
    for place, (guess, values) in enumerate(zip(guesses, columns, strict=True)):
        if guess is UNKNOWN and _share(values, _is_words) > _MOST:
            guesses[place] = Guess("name", _BY_CONTENT, 0.6)
            break
    return guesses


def _best_of_each(guesses: list[Guess]) -> list[str]:
    ranks: dict[str, int] = {}
    for guess in guesses:
        ranks[guess.field] = min(guess.rank, ranks.get(guess.field, guess.rank))
    kinds: list[str] = []
    for guess in guesses:
        best = guess.field in _MANY or guess.rank == ranks[guess.field]
        kinds.append(
            guess.field if best and (guess.field in _MANY or guess.field not in kinds) else ""
        )
    return kinds


def _share(values: list[str], test: Callable[[str], bool]) -> float:
    return sum(bool(test(value)) for value in values) / len(values) if values else 0.0


def _is_profile(value: str) -> bool:
    return any(site in value.lower() for site in _PROFILES)


def _is_address(value: str) -> bool:
    return "@" in value and " " not in value


def _is_phone(value: str) -> bool:
    return looks_like_phone(value) and not _DATE.fullmatch(value)


def _is_words(value: str) -> bool:
    return value.replace(" ", "").replace("-", "").replace(".", "").isalpha()
