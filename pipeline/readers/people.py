"""People: the columns that hold names, told by their values where no header does."""

from collections.abc import Callable, Sequence

from pipeline.normalize.text import fold_text
from pipeline.readers.content import (
    HARDLY_ANY,
    MOST,
    NEARLY_ALL,
    is_address,
    is_company,
    is_job,
    is_name,
    is_words,
    share,
    values_at,
)
from pipeline.readers.evidence import BY_CONTENT, CONTENT_ONLY, CONTRADICTED
from pipeline.readers.header_words import UNKNOWN, Guess

Rows = Sequence[Sequence[str]]

_NAMES = frozenset({"name", "given_name", "surname"})
_SOME, _HALF = 0.3, 0.5
_MIN_WORD = 3


def find_people(guesses: Sequence[Guess], rows: Rows, *, headless: bool) -> list[Guess]:
    """Find names, and in a file without a header companies and titles, by what columns hold."""
    settled = _swap_companies(list(guesses), rows)
    if headless:
        settled = _find(settled, rows, "company", is_company, least=_SOME)
        settled = _find(settled, rows, "title", is_job, least=_HALF)
    if any(guess.field in _NAMES and guess.rank < CONTRADICTED for guess in settled):
        return settled
    return _find_names(settled, rows, headless=headless)


def holds_part(rows: Rows, whole: int, part: int) -> bool | None:
    """Whether a column's values hold those of another, and more; None if there are none."""
    pairs = [
        (set(fold_text(row[whole]).split()), set(fold_text(row[part]).split()))
        for row in rows
        if max(whole, part) < len(row) and row[whole].strip() and row[part].strip()
    ]
    return sum(some < every for every, some in pairs) > len(pairs) * _HALF if pairs else None


def _swap_companies(guesses: list[Guess], rows: Rows) -> list[Guess]:
    """Put right a "Name" that holds companies, and a "Company" beside it that holds people."""
    companies = [place for place, guess in enumerate(guesses) if guess.field == "company"]
    people = [place for place in companies if _holds_people(values_at(rows, place))]
    for name, guess in enumerate(guesses):
        of_companies = share(values_at(rows, name), is_company) > NEARLY_ALL
        if guess.field == "name" and of_companies and (people or not companies):
            guesses[name] = Guess("company", 0, CONTENT_ONLY)
            for place in people[:1]:
                guesses[place] = Guess("name", 0, CONTENT_ONLY)
            break
    return guesses


def _holds_people(values: Sequence[str]) -> bool:
    return share(values, is_name) > NEARLY_ALL and share(values, is_company) < HARDLY_ANY


def _find(
    guesses: list[Guess], rows: Rows, field: str, test: Callable[[str], bool], *, least: float
) -> list[Guess]:
    """Take the unknown column of which most values pass a test for a field."""
    shares = {place: share(values_at(rows, place), test) for place in _free(guesses)}
    best = max(shares, key=lambda place: shares[place], default=None)
    if best is not None and shares[best] > least:
        guesses[best] = Guess(field, BY_CONTENT, CONTENT_ONLY)
    return guesses


def _find_names(guesses: list[Guess], rows: Rows, *, headless: bool) -> list[Guess]:
    """Find the column of whole names, else those of given names and surnames.

    Names are told from other words by the e-mails beside them, which often hold them.
    """
    free = _free(guesses)
    alike = {place: _likeness(rows, place, guesses) for place in free}
    least = MOST if headless else NEARLY_ALL
    whole = [place for place in free if share(values_at(rows, place), is_name) > least]
    sure = [place for place in whole if headless or alike[place] > _HALF or _lies(guesses[place])]
    if sure:
        best = max(sure, key=lambda place: alike[place])
        guesses[best] = Guess("name", BY_CONTENT, CONTENT_ONLY)
        return guesses
    words = [place for place in free if share(values_at(rows, place), is_words) > least]
    parts = [place for place in words if alike[place] > _SOME]
    if len(parts) > 1:
        for place, field in zip(parts, ("given_name", "surname"), strict=False):
            guesses[place] = Guess(field, BY_CONTENT, CONTENT_ONLY)
    elif headless and words:
        guesses[(parts or words)[0]] = Guess("name", BY_CONTENT, CONTENT_ONLY)
    return guesses


def _free(guesses: Sequence[Guess]) -> list[int]:
    """Give the columns whose header says nothing, or nothing that could be true."""
    return [place for place, guess in enumerate(guesses) if guess is UNKNOWN or _lies(guess)]


def _lies(guess: Guess) -> bool:
    return guess.rank >= CONTRADICTED and guess is not UNKNOWN


def _likeness(rows: Rows, place: int, guesses: Sequence[Guess]) -> float:
    """Give the share of rows in which an e-mail holds a word of a column's value."""
    emails = [at for at, guess in enumerate(guesses) if guess.field == "email"]
    alike = [
        any(word in address for word in fold_text(row[place]).split() if len(word) >= _MIN_WORD)
        for row in rows
        for address in (" ".join(row[at].lower() for at in emails if at < len(row)),)
        if place < len(row) and row[place].strip() and is_address(address)
    ]
    return sum(alike) / len(alike) if alike else 0.0
