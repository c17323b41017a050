"""Comparing two names of people: given names, surnames, suffixes, each with its own level."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from pipeline.dedupe.name_words import GIVEN_NAMES
from pipeline.dedupe.people import Person
from pipeline.dedupe.word_agreement import (
    MISSING,
    NameLevel,
    WordsAgreement,
    compare_given_words,
    compare_words,
)

__all__ = ["NameLevel", "PeopleAgreement", "compare_given", "compare_people", "compare_surnames"]


class PeopleAgreement(NamedTuple):
    """How two names agree.

    The similarities are 1 where the words are equal and go down to 0. The words are those held
    against each other, sorted: with EXACT and PART those that agree, else some of each name.
    ``middle`` compares what follows the first given name. ``suffix`` is 1 if both have the same
    one, -1 if they differ (Jr, Sr), 0 if one has none. ``is_transposed`` tells that given name
    and surname had to be swapped although both orders were said to be certain.
    """

    given: NameLevel
    surname: NameLevel
    given_similarity: float
    surname_similarity: float
    given_words: tuple[str, ...]
    surname_words: tuple[str, ...]
    middle: NameLevel
    suffix: int
    is_transposed: bool


_CERTAIN_SWAP: Final = 2.5
_GUESSED_SWAP: Final = 0.5
_WORTH: Final = (-3.0, -2.0, -1.5, 0.0, 1.0, 2.0, 3.0, 3.5, 4.0, 4.5, 5.0)
"""What a level is worth when the better of two orders is chosen, by level."""

_MOST_WORDS: Final = 3


def compare_people(a: Person, b: Person) -> PeopleAgreement:
    """Compare two names. Symmetric: (a, b) gives what (b, a) gives.

    Given names are held against given names unless the other order fits better: for names whose
    order was guessed by a little, for others by far.
    """
    given = compare_given(a.given, b.given)
    surname = compare_surnames(a, b)
    is_swapped = False
    fits = given.level >= NameLevel.INITIAL and surname.level >= NameLevel.PREFIX
    if not fits and _may_cross(a, b, max(given.level, surname.level)):
        given, surname, is_swapped = _best_order(a, b, given, surname)
    return PeopleAgreement(
        given=given.level,
        surname=surname.level,
        given_similarity=given.similarity,
        surname_similarity=surname.similarity,
        given_words=given.words,
        surname_words=surname.words,
        middle=NameLevel.MISSING if is_swapped else _compare_middle(a.given, b.given),
        suffix=0 if not a.suffix or not b.suffix else 1 if a.suffix == b.suffix else -1,
        is_transposed=is_swapped and a.is_certain and b.is_certain,
    )


def compare_given(a: tuple[str, ...], b: tuple[str, ...]) -> WordsAgreement:
    """Compare the given names of two people; what counts most is the first of each.

    With equal first names and different second ones, both written out, they agree in part.
    """
    if not a or not b:
        return MISSING
    if len(a) == len(b) == 1:
        return compare_given_words(a[0], b[0])
    if a[0] == b[0] and len(a[0]) > 1:
        differ = _compare_middle(a, b) in (NameLevel.CONFLICT, NameLevel.ALIKE)
        return WordsAgreement(NameLevel.PART if differ else NameLevel.EXACT, 1.0, (a[0],))
    return max(compare_given_words(a[0], b[0]), _compare_several(a, b), key=_rank)


def compare_surnames(a: Person, b: Person) -> WordsAgreement:
    """Compare the surnames of two people, with and without their particles.

    Double names agree in part where one has all words of the other.
    """
    ours, theirs = a.surname, b.surname
    if not ours or not theirs:
        return MISSING
    if len(ours) == len(theirs) == 1:
        found = compare_words(ours[0], theirs[0])
    elif ours == theirs:
        return WordsAgreement(NameLevel.EXACT, 1.0, ours)
    else:
        found = _compare_double(ours, theirs)
    if found.level < NameLevel.PREFIX and (a.prefix or b.prefix):
        return max(found, _compare_prefixed(a, b), key=_rank)
    return found


def _compare_several(a: tuple[str, ...], b: tuple[str, ...]) -> WordsAgreement:
    """Compare given names of which one side has several."""
    whole, other = "".join(a), "".join(b)
    found = compare_words(whole, other)
    if found.level == NameLevel.EXACT or a[0] == "".join(b[:2]) or "".join(a[:2]) == b[0]:
        return WordsAgreement(NameLevel.EXACT, 1.0, _sorted(whole, other))
    if shared := [word for word in a if len(word) > 1 and word in b]:
        return WordsAgreement(NameLevel.PART, 1.0, _sorted(*shared))
    if _are_initials(a, b) or _are_initials(b, a):
        return WordsAgreement(NameLevel.INITIAL, 0.0, _sorted(a[0], b[0]))
    pairs = [
        _as_part(compare_given_words(x, y))
        for x in a[:_MOST_WORDS]
        for y in b[:_MOST_WORDS]
        if len(x) > 1 and len(y) > 1
    ]
    return max([found, *pairs], key=_rank)


def _are_initials(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether one word is made of the others' initials: ``jb``, ``jean baptiste``."""
    return len(a) == 1 and len(b) > 1 and a[0] == "".join(word[0] for word in b)


def _compare_middle(a: tuple[str, ...], b: tuple[str, ...]) -> NameLevel:
    if len(a) == 1 or len(b) == 1 or not a or not b:
        return NameLevel.MISSING
    return compare_given_words(a[1], b[1]).level


def _compare_double(ours: tuple[str, ...], theirs: tuple[str, ...]) -> WordsAgreement:
    """Compare surnames of which one side has several words."""
    shared = _sorted(*(word for word in ours if word in theirs and len(word) > 1))
    if shared and len(shared) == min(len(set(ours)), len(set(theirs))):
        return WordsAgreement(NameLevel.PART, 1.0, shared)
    if shared:
        rest = compare_words(_rest(ours, shared), _rest(theirs, shared))
        level = rest.level if rest.level >= NameLevel.CLOSE else NameLevel.ALIKE
        return WordsAgreement(level, max(rest.similarity, 0.7), shared)
    found = compare_words("".join(ours), "".join(theirs))
    if found.level >= NameLevel.CLOSE:
        return found
    pairs = [_as_part(compare_words(x, y)) for x in ours for y in theirs]
    return max([found, *pairs], key=_rank)


def _rest(words: tuple[str, ...], shared: tuple[str, ...]) -> str:
    return "".join(word for word in words if word not in shared)


def _compare_prefixed(a: Person, b: Person) -> WordsAgreement:
    """Compare surnames with their particles written to them: ``van Dijk``, ``Vandijk``, ``V.``."""
    return compare_words(a.prefix + "".join(a.surname), b.prefix + "".join(b.surname))


def _best_order(
    a: Person, b: Person, given: WordsAgreement, surname: WordsAgreement
) -> tuple[WordsAgreement, WordsAgreement, bool]:
    """Try the names in the other order, and give the better, the said one being preferred."""
    is_certain = a.is_certain and b.is_certain
    if not is_certain and len(a.words) > 1 and sorted(a.words) == sorted(b.words):
        like = a if a.is_certain else b if b.is_certain else min(a, b, key=_is_odd)
        return _exact(like.given), _exact(like.surname), False
    if not is_certain:
        part, whole = sorted((a, b), key=_length)
        if within := _within(part, whole) or _within(whole, part):
            return *within, False
    crossed = (_cross(a.given, b), _cross(b.given, a))
    if max(crossed[0].level, crossed[1].level) <= NameLevel.MISSING:
        return given, surname, False
    penalty = _CERTAIN_SWAP if is_certain else _GUESSED_SWAP
    worth = _WORTH[crossed[0].level] + _WORTH[crossed[1].level] - penalty
    if worth <= _WORTH[given.level] + _WORTH[surname.level]:
        return given, surname, False
    return *_ordered(a, b, *crossed), True


def _may_cross(a: Person, b: Person, best: NameLevel) -> bool:
    """Whether another order can fit better: some given name begins like a surname of the other.

    Where one part fits and both names are of one word a part, it cannot.
    """
    longest = max(len(a.given), len(b.given), len(a.surname), len(b.surname))
    if best >= NameLevel.SPELLING and longest == 1:
        return False
    return _share_heads(a, b) or _share_heads(b, a)


def _share_heads(a: Person, b: Person) -> bool:
    heads = [word[0] for word in a.given]
    return any(word[0] in heads for word in b.surname) or b.prefix[:1] in heads


def _within(part: Person, whole: Person) -> tuple[WordsAgreement, WordsAgreement] | None:
    """Read a name of guessed order as a part of another: ``João Lucas`` of João Lucas Caldeira."""
    words = part.words
    if part.is_certain or len(words) == 1 or not set(words) <= set(whole.words):
        return None
    given = tuple(word for word in whole.given if word in words)
    surname = tuple(word for word in whole.surname if word in words)
    if not given or len(max(given, key=len)) == 1:
        return None
    level = NameLevel.EXACT if given[0] == whole.given[0] else NameLevel.PART
    last = NameLevel.EXACT if surname == whole.surname else NameLevel.PART
    return (
        WordsAgreement(level, 1.0, given),
        WordsAgreement(last, 1.0, surname) if surname else MISSING,
    )


def _cross(given: tuple[str, ...], other: Person) -> WordsAgreement:
    """Compare what one calls given names with what the other calls a surname."""
    if not given or not other.surname:
        return MISSING
    if len(given) == len(other.surname) == 1 and not other.prefix:
        return compare_given_words(given[0], other.surname[0])
    return compare_surnames(Person(surname=given), other)


def _ordered(
    a: Person, b: Person, one: WordsAgreement, two: WordsAgreement
) -> tuple[WordsAgreement, WordsAgreement]:
    """Tell which of two crossed agreements is the given name's.

    ``one`` is of a's given name and b's surname, ``two`` of the others. Where only one was found,
    the name that has both parts says which it is; else the known given name decides.
    """
    if MISSING in (one, two):
        found, giver, taker = (one, a, b) if two == MISSING else (two, b, a)
        is_given = bool(giver.surname) or not (taker.given or not _known(found))
        return (found, MISSING) if is_given else (MISSING, found)
    if _known(one) != _known(two):
        return (one, two) if _known(one) > _known(two) else (two, one)
    return (one, two) if one.words <= two.words else (two, one)


def _known(found: WordsAgreement) -> float:
    return sum(word in GIVEN_NAMES for word in found.words) / max(1, len(found.words))


def _length(person: Person) -> tuple[int, tuple[str, ...]]:
    return len(person.words), person.words


def _is_odd(person: Person) -> tuple[bool, tuple[str, ...]]:
    """Order two readings of the same words, the one with a known given name first."""
    return not person.given or person.given[0] not in GIVEN_NAMES, person.words


def _exact(words: tuple[str, ...]) -> WordsAgreement:
    return WordsAgreement(NameLevel.EXACT, 1.0, words) if words else MISSING


def _as_part(found: WordsAgreement) -> WordsAgreement:
    """Lower what is found in a part of a double name below the same found in the whole."""
    return found._replace(level=NameLevel.PART) if found.level > NameLevel.PART else found


def _sorted(*words: str) -> tuple[str, ...]:
    return tuple(sorted(set(words)))


def _rank(found: WordsAgreement) -> tuple[int, float, Sequence[str]]:
    return found.level, found.similarity, found.words
