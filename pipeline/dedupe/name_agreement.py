"""Comparing two names of people: given names, surnames, suffixes, each with its own level."""

from enum import IntEnum
from typing import NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler

from pipeline.dedupe.name_words import GIVEN_NAMES
from pipeline.dedupe.nicknames import are_one_name
from pipeline.dedupe.people import Person
from pipeline.dedupe.scripts import consonants, spelling_key


class NameLevel(IntEnum):
    """How well two given names, or two surnames, agree; higher is better."""

    CONFLICT = 0
    """Different names."""
    ALIKE = 1
    """Alike, but either a bad slip or another name: Daniel, Daniela; ``evan``, ``san``."""
    MISSING = 2
    """One side has none: nothing is known."""
    INITIAL = 3
    """One is the other's initial."""
    PREFIX = 4
    """One is the beginning of the other, cut off or short: ``Bern``, ``Bernice``."""
    CLOSE = 5
    """A slip of the pen, the scanner or the ear away; see the similarity."""
    NICKNAME = 6
    """Two forms of one given name: Bob, Robert."""
    PART = 7
    """Equal in one part of a double name: Hans, Hans-Peter; García, García López."""
    SPELLING = 8
    """Two romanisations of one name: Müller, Mueller; Yuriy, Iurii."""
    EXACT = 9


class PeopleAgreement(NamedTuple):
    """How two names agree.

    The similarities are 1 where the words are equal and go down to 0. The words are those held
    against each other, sorted: with EXACT and PART the words that agree, else one (or more) of
    each name. ``middle`` compares what follows the first given name. ``suffix`` is 1 if both
    have the same one, -1 if they differ (Jr, Sr), 0 if one has none. ``is_transposed`` tells that
    given name and surname had to be swapped although both orders were said to be certain.
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


class WordsAgreement(NamedTuple):
    """How two sequences of words agree: the level, the similarity, the words compared."""

    level: NameLevel
    similarity: float
    words: tuple[str, ...]


_MISSING = WordsAgreement(NameLevel.MISSING, 0.0, ())
_CERTAIN_SWAP = 2.5
_GUESSED_SWAP = 0.5
_WORTH = (-3.0, -1.5, 0.0, 1.0, 2.0, 3.0, 3.5, 4.0, 4.5, 5.0)
"""What a level is worth when the better of two alignments is chosen, by level."""


def compare_people(a: Person, b: Person) -> PeopleAgreement:
    """Compare two names. Symmetric: the levels of (a, b) are those of (b, a)."""
    given = compare_given(a.given, b.given)
    surname = compare_surnames(a, b)
    is_swapped = False
    if given.level < NameLevel.INITIAL or surname.level < NameLevel.PREFIX:
        given, surname, is_swapped = _best_order(a, b, given, surname)
    return PeopleAgreement(
        given=given.level,
        surname=surname.level,
        given_similarity=given.similarity,
        surname_similarity=surname.similarity,
        given_words=given.words,
        surname_words=surname.words,
        middle=_compare_middle(a.given, b.given) if not is_swapped else NameLevel.MISSING,
        suffix=_compare_suffixes(a.suffix, b.suffix),
        is_transposed=is_swapped and a.is_certain and b.is_certain,
    )


def compare_given(a: tuple[str, ...], b: tuple[str, ...]) -> WordsAgreement:
    """Compare the given names of two people; what counts most is the first of each."""
    if not a or not b:
        return _MISSING
    if a[0] == b[0] and len(a[0]) > 1:
        return WordsAgreement(NameLevel.EXACT, 1.0, (a[0],))
    best = _compare_given_words(a[0], b[0])
    if len(a) > 1 or len(b) > 1:
        best = max(best, _compare_several(a, b), key=_rank)
    return best


def compare_surnames(a: Person, b: Person) -> WordsAgreement:
    """Compare the surnames of two people, with and without their particles."""
    ours, theirs = a.surname, b.surname
    if not ours or not theirs:
        return _MISSING
    if ours == theirs:
        return WordsAgreement(NameLevel.EXACT, 1.0, ours)
    if shared := tuple(sorted(word for word in ours if word in theirs and len(word) > 1)):
        return WordsAgreement(NameLevel.PART, 1.0, shared)
    whole, other = "".join(ours), "".join(theirs)
    if whole == other or a.prefix + whole == b.prefix + other:
        return WordsAgreement(NameLevel.EXACT, 1.0, tuple(sorted({whole, other})))
    best = compare_words(whole, other)
    if len(ours) > 1 or len(theirs) > 1:
        pairs = (_as_part(compare_words(x, y)) for x in ours for y in theirs)
        best = max(best, *pairs, key=_rank)
    return best


def compare_words(a: str, b: str) -> WordsAgreement:
    """Compare two folded words of a name that are not given names for sure."""
    words = (a, b) if a < b else (b, a)
    if a == b:
        return WordsAgreement(NameLevel.EXACT, 1.0, (a,))
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if len(short) == 1:
        is_initial = long.startswith(short)
        return WordsAgreement(NameLevel.INITIAL if is_initial else NameLevel.CONFLICT, 0.0, words)
    if spelling_key(a) == spelling_key(b):
        return WordsAgreement(NameLevel.SPELLING, 0.97, words)
    similarity = similarity_of(short, long)
    if len(short) > 2 and short == consonants(short) == consonants(long):
        return WordsAgreement(NameLevel.SPELLING, 0.9, words)
    if long.startswith(short) and (len(short) > 2 or len(long) > 4):
        level = (
            NameLevel.CLOSE if len(long) - len(short) == 1 and len(short) > 2 else NameLevel.PREFIX
        )
        return WordsAgreement(level, similarity, words)
    if similarity >= 0.8:
        return WordsAgreement(NameLevel.CLOSE, similarity, words)
    level = NameLevel.ALIKE if similarity >= 0.6 else NameLevel.CONFLICT
    return WordsAgreement(level, similarity, words)


def similarity_of(a: str, b: str) -> float:
    """Give how alike two words are, from 0 to 1: the better of slips counted and Jaro-Winkler.

    A slip is a letter more, less or other, or two neighbours swapped (optimal string alignment).
    """
    slips = OSA.distance(a, b)
    length = max(len(a), len(b))
    return max(1 - slips / length, JaroWinkler.similarity(a, b) * 1.5 - 0.55) if slips else 1.0


def _compare_given_words(a: str, b: str) -> WordsAgreement:
    found = compare_words(a, b)
    if found.level in (NameLevel.EXACT, NameLevel.SPELLING):
        return found
    if are_one_name(a, b):
        return WordsAgreement(NameLevel.NICKNAME, max(found.similarity, 0.8), found.words)
    is_other_name = found.level == NameLevel.CLOSE and a in GIVEN_NAMES and b in GIVEN_NAMES
    return found._replace(level=NameLevel.ALIKE) if is_other_name else found


def _compare_several(a: tuple[str, ...], b: tuple[str, ...]) -> WordsAgreement:
    """Compare given names of which one side has several."""
    whole, other = "".join(a), "".join(b)
    if whole == other or a[0] == "".join(b[:2]) or "".join(a[:2]) == b[0]:
        return WordsAgreement(NameLevel.EXACT, 1.0, tuple(sorted({whole, other})))
    if shared := [word for word in a if len(word) > 1 and word in b]:
        return WordsAgreement(NameLevel.PART, 1.0, tuple(sorted(shared)))
    if _are_initials(a, b) or _are_initials(b, a):
        return WordsAgreement(NameLevel.INITIAL, 0.0, tuple(sorted({a[0], b[0]})))
    pairs = [
        _as_part(_compare_given_words(x, y))
        for x in a[:3]
        for y in b[:3]
        if len(x) > 1 and len(y) > 1
    ]
    return max(pairs, key=_rank, default=_MISSING)


def _are_initials(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether one word is made of the others' initials: ``jb``, ``jean baptiste``."""
    return len(a) == 1 and len(b) > 1 and a[0] == "".join(word[0] for word in b)


def _compare_middle(a: tuple[str, ...], b: tuple[str, ...]) -> NameLevel:
    if len(a) < 2 or len(b) < 2:
        return NameLevel.MISSING
    if a[1:] == b[1:]:
        return NameLevel.EXACT if len(a[1]) > 1 else NameLevel.INITIAL
    return _compare_given_words(a[1], b[1]).level


def _compare_suffixes(a: str, b: str) -> int:
    if not a or not b:
        return 0
    return 1 if a == b else -1


def _best_order(
    a: Person, b: Person, given: WordsAgreement, surname: WordsAgreement
) -> tuple[WordsAgreement, WordsAgreement, bool]:
    """Try the other orders of the names, and give the best, the said one being preferred."""
    best = (_WORTH[given.level] + _WORTH[surname.level], given, surname, False)
    penalty = _CERTAIN_SWAP if a.is_certain and b.is_certain else _GUESSED_SWAP
    crossed = (compare_surname_words(a.given, b.surname), compare_surname_words(a.surname, b.given))
    worth = sum(_WORTH[one.level] for one in crossed) - penalty
    if worth > best[0]:
        best = (worth, *_ordered(a, b, *crossed), True)
    if not (a.is_certain and b.is_certain) and sorted(a.words) == sorted(b.words):
        like = a if a.is_certain else b
        best = (10.0, _exact(like.given), _exact(like.surname), False)
    return best[1:]


def compare_surname_words(a: tuple[str, ...], b: tuple[str, ...]) -> WordsAgreement:
    """Compare names of which one is called a given name and the other a surname."""
    return compare_surnames(Person(surname=a), Person(surname=b))


def _ordered(
    a: Person, b: Person, ours: WordsAgreement, theirs: WordsAgreement
) -> tuple[WordsAgreement, WordsAgreement]:
    """Tell which of two crossed agreements is the given name's: the one with known names."""
    first = sum(word in GIVEN_NAMES for word in ours.words)
    second = sum(word in GIVEN_NAMES for word in theirs.words)
    if ours.level == NameLevel.MISSING or theirs.level == NameLevel.MISSING:
        first, second = (second, first) if first == second else (first, second)
    return (ours, theirs) if first >= second else (theirs, ours)


def _exact(words: tuple[str, ...]) -> WordsAgreement:
    return WordsAgreement(NameLevel.EXACT, 1.0, tuple(sorted(words))) if words else _MISSING


def _as_part(found: WordsAgreement) -> WordsAgreement:
    """Lower what a part of a double name is worth than the same found in the whole."""
    level = NameLevel.PART if found.level > NameLevel.PART else found.level
    return found._replace(level=level)


def _rank(found: WordsAgreement) -> tuple[int, float, tuple[str, ...]]:
    return found.level, found.similarity, found.words
