"""Whether a mailbox is named after a person: ``jstanley84`` fits Joan Stanley."""

from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import Final

from rapidfuzz.distance import JaroWinkler

from pipeline.dedupe.mailboxes import Mailbox, MailKind
from pipeline.dedupe.nicknames import are_one_name
from pipeline.dedupe.people import Person


class Fit(IntEnum):
    """How much of a local part a name explains; higher is more."""

    NONE = 0
    INITIALS = 1
    """Only initials, which fit many: ``js``."""
    GIVEN = 2
    """The given name (or a nickname) alone, or with what may be a surname not known."""
    SURNAME = 3
    """The surname alone, or with what may be a given name not known."""
    FULL = 4
    """Surname and given name, or one of them and the other's initial."""


_DIGIT_BITS: Final = 2.5
_LETTER_BITS: Final = 2.0
_MOST_BITS: Final = 16.0
_NAMED_KINDS: Final = (MailKind.PERSONAL, MailKind.DISPOSABLE)
_SHORT: Final = 3
_LONG: Final = 4
_ALIKE: Final = 0.92


def explained_by(mailbox: Mailbox | None, person: Person) -> Fit:
    """Tell how far a mailbox's local part is derived from a name.

    A mailbox explained by its record's name is no evidence beyond it, save its digits; one that
    another record's name explains speaks for the two being one.
    """
    if mailbox is None or mailbox.kind not in _NAMED_KINDS or not person:
        return Fit.NONE
    text = mailbox.letters
    if len(text) <= 1:
        return Fit.NONE
    fit = _fit(text, person.given, _forms(person.surname, person.prefix))
    if fit < Fit.FULL and not person.is_certain and person.given and person.surname:
        swapped = _fit(text, person.surname, _forms(person.given, ""))
        return swapped if swapped == Fit.FULL else fit
    return fit


def surplus_bits(mailbox: Mailbox, person: Person) -> float:
    """Estimate what a mailbox's local part tells beyond the name, in bits from 0 to 16.

    Digits count 2.5 bits each, as they are often years; unexplained letters 2 bits each, for
    letters of names are far from random.
    """
    fit = explained_by(mailbox, person)
    letters = len(mailbox.letters)
    known = {
        Fit.NONE: 0,
        Fit.INITIALS: letters,
        Fit.GIVEN: max(map(len, person.given), default=0),
        Fit.SURNAME: max(map(len, person.surname), default=0),
        Fit.FULL: letters,
    }
    rest = max(0, letters - known[fit])
    return min(_MOST_BITS, len(mailbox.digits) * _DIGIT_BITS + rest * _LETTER_BITS)


def _forms(words: tuple[str, ...], prefix: str) -> Sequence[str]:
    """Give the forms of a surname that a local part may have, the longest first."""
    if len(words) <= 1 and not prefix:
        return words
    whole = "".join(words)
    forms = dict.fromkeys((prefix + whole, whole, *words))
    return sorted(forms, key=len, reverse=True)


def _fit(text: str, given: Sequence[str], surnames: Sequence[str]) -> Fit:
    by_surname = max((_by_surname(text, one, given) for one in surnames), default=Fit.NONE)
    if by_surname == Fit.FULL:
        return by_surname
    by_given = max((_by_given(text, one, surnames) for one in given), default=Fit.NONE)
    return max(by_surname, by_given) or _fit_loosely(text, given, surnames)


def _by_surname(text: str, surname: str, given: Sequence[str]) -> Fit:
    """Take the surname off the local part, and look whether the rest is the given name."""
    best = Fit.NONE
    for rest in _around(text, surname):
        if not rest or (not given and len(surname) >= _LONG):
            best = Fit.SURNAME
        elif any(_means(rest, name) for name in given) or _are_joined(rest, given):
            return Fit.FULL
    return best


def _by_given(text: str, given: str, surnames: Sequence[str]) -> Fit:
    """Take the given name off the local part, and look whether the rest is the surname's start."""
    best = Fit.NONE
    for rest in _around(text, given):
        if not rest or (not surnames and len(given) >= _LONG):
            best = Fit.GIVEN
        elif any(name.startswith(rest) or _is_initial_of(name, rest) for name in surnames):
            return Fit.FULL
    return best


def _around(text: str, part: str) -> Iterator[str]:
    """Give what is left of a text that begins or ends with a part of two letters or more."""
    if len(part) > 1:
        if text.startswith(part):
            yield text[len(part) :]
        if text.endswith(part) and len(text) > len(part):
            yield text[: -len(part)]


def _means(rest: str, name: str) -> bool:
    """Whether a part of a local part is a given name, its beginning or another form of it."""
    return name.startswith(rest) or _is_initial_of(name, rest) or are_one_name(rest, name)


def _is_initial_of(initial: str, name: str) -> bool:
    return len(initial) == 1 and name.startswith(initial)


def _are_joined(rest: str, given: Sequence[str]) -> bool:
    """Whether a part of a local part is several given names, or their initials."""
    if len(given) == 1:
        return False
    return "".join(given).startswith(rest) or rest == "".join(name[0] for name in given)


def _fit_loosely(text: str, given: Sequence[str], surnames: Sequence[str]) -> Fit:
    """Try initials, nicknames alone, and slips of the pen."""
    if any(are_one_name(text, name) for name in given):
        return Fit.GIVEN
    if len(text) <= _SHORT:
        return Fit.INITIALS if _are_initials(text, given, surnames) else Fit.NONE
    for surname in surnames:
        for name in given:
            wholes = (name + surname, surname + name, name[0] + surname, surname + name[0])
            if any(_are_alike(text, whole) for whole in wholes):
                return Fit.FULL
        if _are_alike(text, surname):
            return Fit.SURNAME
    return Fit.NONE


def _are_initials(text: str, given: Sequence[str], surnames: Sequence[str]) -> bool:
    if not given:
        return False
    firsts = {given[0][0], "".join(name[0] for name in given)}
    lasts = {surname[0] for surname in surnames}
    return any(text in (first + last, last + first) for first in firsts for last in lasts)


def _are_alike(a: str, b: str) -> bool:
    if len(b) <= _LONG or a[0] != b[0]:
        return False
    return JaroWinkler.similarity(a, b, score_cutoff=_ALIKE) > 0
