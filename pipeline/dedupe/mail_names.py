"""Whether a mailbox is named after a person: ``jstanley84`` fits Joan Stanley."""

from collections.abc import Iterable
from enum import IntEnum

from rapidfuzz.distance import JaroWinkler

from pipeline.dedupe.mailboxes import Mailbox, MailKind
from pipeline.dedupe.nicknames import are_one_name
from pipeline.dedupe.people import Person

_DIGIT_BITS = 2.5
_LETTER_BITS = 2.0
_MOST_BITS = 16.0


class Fit(IntEnum):
    """How much of a local part a name explains; higher is more."""

    NONE = 0
    INITIALS = 1
    """Only initials, which fit many: ``js``."""
    GIVEN = 2
    """The given name (or a nickname) alone."""
    SURNAME = 3
    """The surname alone."""
    FULL = 4
    """Surname and given name or its initial."""


def explained_by(mailbox: Mailbox | None, person: Person) -> Fit:
    """Tell how far a mailbox's local part is derived from a name.

    A mailbox explained by the name is no evidence beyond it, save its digits; one that is
    explained by another record's name speaks for the two being one.
    """
    if mailbox is None or mailbox.kind not in (MailKind.PERSONAL, MailKind.DISPOSABLE):
        return Fit.NONE
    text = mailbox.letters
    if len(text) < 2 or not person:
        return Fit.NONE
    return max((_fit(text, given, surname) for given, surname in _orders(person)), default=Fit.NONE)


def surplus_bits(mailbox: Mailbox, person: Person) -> float:
    """Estimate what a mailbox's local part tells beyond the name, in bits from 0 to 16.

    Digits count 2.5 bits each, as they are often years; unexplained letters 2 bits each.
    """
    fit = explained_by(mailbox, person)
    if fit == Fit.NONE:
        return _MOST_BITS if len(mailbox.letters) > 7 else len(mailbox.letters) * _LETTER_BITS
    rest = 0
    if fit in (Fit.GIVEN, Fit.SURNAME):
        words = person.given if fit == Fit.GIVEN else person.surname
        rest = max(0, len(mailbox.letters) - max(map(len, words), default=0))
    return min(_MOST_BITS, len(mailbox.digits) * _DIGIT_BITS + rest * _LETTER_BITS)


def _orders(person: Person) -> Iterable[tuple[tuple[str, ...], tuple[str, ...]]]:
    surnames = _surnames(person.surname, person.prefix)
    yield person.given, surnames
    if not person.is_certain and person.given and person.surname:
        yield person.surname, _surnames(person.given, "")


def _surnames(words: tuple[str, ...], prefix: str) -> tuple[str, ...]:
    """Give the forms of a surname that a local part may have, the longest first."""
    whole = "".join(words)
    forms = dict.fromkeys((prefix + whole, whole, *words))
    return tuple(sorted((one for one in forms if one), key=len, reverse=True))


def _fit(text: str, given: tuple[str, ...], surnames: tuple[str, ...]) -> Fit:
    best = Fit.NONE
    for surname in surnames:
        if len(surname) < 2:
            continue
        for rest in _around(text, surname):
            if not rest:
                best = max(best, Fit.SURNAME)
            elif given and _means_given(rest, given):
                return Fit.FULL
    for name in given:
        if len(name) < 2:
            continue
        for rest in _around(text, name):
            if not rest:
                best = max(best, Fit.GIVEN)
            elif any(surname.startswith(rest) for surname in surnames):
                return Fit.FULL
    return best or _fit_loosely(text, given, surnames)


def _around(text: str, part: str) -> list[str]:
    """Give what is left of a text that begins or ends with a part."""
    rests = []
    if text.startswith(part):
        rests.append(text[len(part) :])
    if text.endswith(part) and len(text) > len(part):
        rests.append(text[: -len(part)])
    return rests


def _means_given(rest: str, given: tuple[str, ...]) -> bool:
    if "".join(given).startswith(rest) or rest == "".join(name[0] for name in given):
        return True
    return any(name.startswith(rest) or are_one_name(rest, name) for name in given)


def _fit_loosely(text: str, given: tuple[str, ...], surnames: tuple[str, ...]) -> Fit:
    """Try initials, nicknames alone, and slips of the pen."""
    if any(are_one_name(text, name) for name in given):
        return Fit.GIVEN
    if given and surnames and len(text) <= 3:
        initials = "".join(name[0] for name in given)
        heads = [surname[0] for surname in surnames]
        fits = any(text in (initials + head, head + initials, given[0][0] + head) for head in heads)
        return Fit.INITIALS if fits else Fit.NONE
    if given and surnames and len(text) > 5:
        wholes = [part for s in surnames for part in (given[0] + s, s + given[0], given[0][0] + s)]
        if any(JaroWinkler.similarity(text, whole) >= 0.92 for whole in wholes):
            return Fit.FULL
    return Fit.NONE
