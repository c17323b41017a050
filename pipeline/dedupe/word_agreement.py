"""Comparing two words of names: equal, spelt otherwise, cut short, mistyped, or different."""

from enum import IntEnum
from functools import lru_cache
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler

from pipeline.dedupe.name_words import GIVEN_NAMES
from pipeline.dedupe.nicknames import are_one_name, may_begin_with
from pipeline.dedupe.scripts import is_vowelless, scan_key, spelling_key, umlaut_key


class NameLevel(IntEnum):
    """How well two given names, or two surnames, agree; higher is better."""

    CONFLICT = 0
    """Different names."""
    OTHER_INITIAL = 1
    """An initial, and it is not the other's. It may be a middle name's."""
    ALIKE = 2
    """Alike, but either a bad slip or another name: Daniel, Daniela; ``evan``, ``san``."""
    MISSING = 3
    """One side has none: nothing is known."""
    INITIAL = 4
    """One is the other's initial."""
    PREFIX = 5
    """One is the other's beginning, cut off or short (``Bern``, ``Bernice``), or its end."""
    CLOSE = 6
    """A slip of the pen or the scanner away; see the similarity."""
    NICKNAME = 7
    """Two forms of one given name: Bob, Robert."""
    PART = 8
    """Equal in one part of a double name: Hans, Hans-Peter; García, García López."""
    SPELLING = 9
    """Two romanisations of one name: Müller, Mueller; Yuriy, Iurii; see the similarity."""
    EXACT = 10


class WordsAgreement(NamedTuple):
    """How two sequences of words agree: the level, the similarity, the words compared."""

    level: NameLevel
    similarity: float
    words: tuple[str, ...]


MISSING: Final = WordsAgreement(NameLevel.MISSING, 0.0, ())

_PAIRS_KEPT: Final = 1 << 13
_NICKNAME: Final = 0.8
_ALIKE: Final = 0.6
_HOPELESS: Final = 0.45
_SCANNED: Final = 0.9
_SHUFFLED: Final = 0.8
_SHORT: Final = 3
_LONG: Final = 5
_LETTERS_A_SLIP: Final = 4
_TWO_SLIPS: Final = 6
_MOST_SLIPS: Final = 2
_TWO_SLIPS_ALIKE: Final = 0.8


def compare_words(a: str, b: str) -> WordsAgreement:
    """Compare two folded words of a name, of whichever part."""
    words = (a, b) if a < b else (b, a)
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if len(short) <= 1:
        level = NameLevel.INITIAL if short and long[0] == short else NameLevel.OTHER_INITIAL
        return WordsAgreement(level, 0.0, (a,) if a == b else words)
    if a == b:
        return WordsAgreement(NameLevel.EXACT, 1.0, (a,))
    slips = OSA.distance(a, b)
    similarity = _similarity(*words, slips)
    if similarity < _HOPELESS:
        return WordsAgreement(NameLevel.CONFLICT, similarity, words)
    if variant := _variant_of(short, long, similarity):
        return WordsAgreement(NameLevel.SPELLING, variant, words)
    if slips > 1 and len(long) >= _LONG:
        similarity = max(similarity, _scanned_or_shuffled(a, b))
    return WordsAgreement(_level_of(short, long, slips, similarity), similarity, words)


@lru_cache(_PAIRS_KEPT)
def compare_given_words(a: str, b: str) -> WordsAgreement:
    """Compare two folded given names: nicknames are one name, two known names are two."""
    found = compare_words(a, b)
    if found.level >= NameLevel.SPELLING or found.level == NameLevel.INITIAL:
        return found
    if found.level == NameLevel.OTHER_INITIAL:
        initial, name = sorted((a, b), key=len)
        fits = bool(initial) and may_begin_with(initial, name)
        return found._replace(level=NameLevel.ALIKE) if fits else found
    if are_one_name(a, b):
        return found._replace(level=NameLevel.NICKNAME, similarity=max(found.similarity, _NICKNAME))
    if found.level <= NameLevel.ALIKE and _is_ending(a, b):
        found = found._replace(level=NameLevel.PREFIX)
    if found.level > NameLevel.CONFLICT and a in GIVEN_NAMES and b in GIVEN_NAMES:
        may_be_slip = found.level > NameLevel.ALIKE
        return found._replace(level=NameLevel.ALIKE if may_be_slip else NameLevel.CONFLICT)
    return found


def _similarity(a: str, b: str, slips: int) -> float:
    """Give how alike two words are, from 0 to 1, by the slips between them.

    A slip is a letter more, less or other, or two neighbours swapped (optimal string alignment).
    Longer words are judged by Jaro-Winkler too, stretched so that unlike words come near 0.
    """
    longest = max(len(a), len(b))
    similarity = 1 - slips / longest
    if longest < _LONG or (slips * 2 > longest and a[0] != b[0]):
        return similarity
    return max(similarity, JaroWinkler.similarity(a, b) * 1.5 - 0.55)


def _variant_of(short: str, long: str, similarity: float) -> float:
    """Give how surely two words are romanisations of one name, or 0 if they are none."""
    if umlaut_key(short) == umlaut_key(long):
        return 0.97
    if spelling_key(short) == spelling_key(long):
        return max(similarity, 0.85)
    return 0.9 if is_vowelless(short, long) else 0.0


def _scanned_or_shuffled(a: str, b: str) -> float:
    """Give how alike two words are that a scanner confuses, or whose letters are shuffled."""
    if scan_key(a) == scan_key(b):
        return _SCANNED
    others = OSA.distance(sorted(a), sorted(b), score_cutoff=1)
    return _SHUFFLED - 0.1 * others if others <= 1 else 0.0


def _is_ending(a: str, b: str) -> bool:
    """Whether a given name is short for another by its end: ``melo``, ``carmelo``."""
    short, long = sorted((a, b), key=len)
    return len(short) >= _LETTERS_A_SLIP and long.endswith(short)


def _level_of(short: str, long: str, slips: int, similarity: float) -> NameLevel:
    missing = len(long) - len(short)
    if missing > 1 and long.startswith(short) and (len(short) >= _SHORT or len(long) >= _LONG):
        return NameLevel.PREFIX
    if slips * _LETTERS_A_SLIP <= len(long) or similarity in (_SCANNED, _SHUFFLED):
        return NameLevel.CLOSE
    if slips <= _MOST_SLIPS and len(long) >= _TWO_SLIPS and similarity >= _TWO_SLIPS_ALIKE:
        return NameLevel.CLOSE
    return NameLevel.ALIKE if similarity >= _ALIKE else NameLevel.CONFLICT
