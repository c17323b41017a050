"""Spelling: how well each older encoding explains the bytes of a text, by the names it spells.

A byte decoded wrongly gives letters that no language has in that place, capitals inside words,
or signs; decoded rightly it gives pairs of letters known from names.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.readers.alphabets import LANGUAGES

_WEST = ("de", "fr", "es", "pt", "it", "nordic")
_EAST = ("pl", "cs", "hu", "ro", "balkan", "de")
_ENCODINGS: tuple[tuple[str, tuple[str, ...], float], ...] = (
    ("cp1252", _WEST, 0.06),
    ("iso8859-15", _WEST, 0.03),
    ("mac_roman", _WEST, 0.0),
    ("cp850", _WEST, 0.01),
    ("cp437", _WEST, 0.0),
    ("cp1250", _EAST, 0.02),
    ("iso8859-2", _EAST, 0.0),
    ("cp852", _EAST, -0.02),
    ("cp1251", ("ru",), 0.02),
    ("koi8-r", ("ru",), 0.01),
    ("cp866", ("ru",), 0.0),
    ("iso8859-5", ("ru",), -0.01),
    ("mac_cyrillic", ("ru",), -0.03),
    ("cp1253", ("el",), 0.01),
    ("iso8859-7", ("el",), 0.0),
    ("cp1254", ("tr", "de"), 0.0),
    ("cp1255", ("he",), 0.0),
    ("cp1256", ("ar",), 0.0),
    ("cp1257", ("baltic", "de"), 0.0),
    ("cp932", ("ja",), 0.0),
    ("euc_jp", ("ja",), 0.0),
    ("gb18030", ("zh",), 0.0),
    ("cp950", ("zh-tw",), 0.0),
    ("cp949", ("ko",), 0.0),
)
"""Each encoding that is tried, the languages written in it, and how much more usual it is."""

_TYPOGRAPHY = frozenset("’‘“”„–—…€™®©°«»§·•\u00a0№、。・（）－　「」")
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_COMMON_SIGN, _SIGN, _SIGN_IN_WORD, _NOTHING = 0.2, -0.4, -1.5, -3.0
_STRANGE_LETTER, _KNOWN_LETTER, _KNOWN_PAIR = -0.7, 0.2, 0.4
_INNER_CAPITAL, _INNER_SMALL, _MIXED_SCRIPT = -1.0, -0.4, -1.0
_COMMON_SIGNARY, _SYLLABLE, _RARE_SIGNARY, _BESIDE_LETTER = 1.0, 0.7, 0.0, -0.3
_PLACE_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Guess:
    """An encoding that could be a text's, and how well it explains it: 1 is well, below 0 badly."""

    name: str
    score: float


@dataclass(frozen=True, slots=True)
class _Habits:
    """What is usual in some languages: letters, pairs of letters, and signs of whole words."""

    letters: frozenset[str]
    pairs: frozenset[str]
    latin: bool


def rank_encodings(lines: Sequence[bytes]) -> list[Guess]:
    """Rank the encodings that could be that of lines with bytes beyond ASCII, the best first."""
    text = b"\n".join(lines)
    spoken = _spoken(lines)
    guesses = []
    for name, languages, usual in _ENCODINGS:
        place = max((spoken.get(language, 0.0) for language in languages), default=0.0)
        score = _score(text.decode(name, errors="replace"), _habits(languages))
        guesses.append(Guess(name, round(score + usual + _PLACE_WEIGHT * place, 3)))
    return sorted(guesses, key=lambda guess: -guess.score)


def _spoken(lines: Sequence[bytes]) -> dict[str, float]:
    """Give for each language the share of lines that name one of its countries in a cell."""
    cells = [
        {cell.strip().lower() for cell in re.split(rb'[,;\t|"]', line) if cell.isascii()}
        for line in lines
    ]
    return {
        name: sum(not words.isdisjoint(line) for line in cells) / max(1, len(cells))
        for name, words in _places().items()
    }


@lru_cache(maxsize=1)
def _places() -> dict[str, frozenset[bytes]]:
    return {
        name: frozenset(place.encode() for place in language.places.split() if place.isascii())
        for name, language in LANGUAGES.items()
    }


@lru_cache(maxsize=64)
def _habits(languages: tuple[str, ...]) -> _Habits:
    words = " ".join(LANGUAGES[name].words for name in languages).lower()
    pairs = {a + b for a, b in zip(f" {words}", f"{words} ", strict=True)}
    letters = frozenset(char for char in words if not char.isascii())
    latin = any("\u00c0" <= char < "\u0250" for char in letters)
    foreign = frozenset(pair for pair in pairs if not pair.isascii())
    return _Habits(letters, foreign, latin)


def _score(text: str, habits: _Habits) -> float:
    values = list(_values(text, habits))
    weight = sum(size for _, size in values)
    return sum(value * size for value, size in values) / weight if weight else 0.0


def _values(text: str, habits: _Habits) -> Iterator[tuple[float, int]]:
    """Give for each character beyond ASCII how usual it is where it stands, and its bytes."""
    around = f" {text} "
    for found in _FOREIGN.finditer(text):
        place = found.start() + 1
        before, char, behind = around[place - 1], around[place], around[place + 1]
        category = unicodedata.category(char)
        if category == "Lo" and char >= "\u1100":
            yield _value_of_signary(before, char, behind, habits), 2
        elif category.startswith("L"):
            yield _value_of_letter(before, char, behind, habits), 1
        else:
            yield _value_of_sign(before, char, behind, category), 1


def _value_of_sign(before: str, char: str, behind: str, category: str) -> float:
    if char == "\ufffd" or category in {"Cc", "Co", "Cn"}:
        return _NOTHING
    if char in _TYPOGRAPHY:
        return _COMMON_SIGN
    return _SIGN_IN_WORD if before.isalpha() or behind.isalpha() else _SIGN


def _value_of_letter(before: str, char: str, behind: str, habits: _Habits) -> float:
    small = char.lower()
    if small in habits.letters:
        value = _KNOWN_LETTER
        value += _KNOWN_PAIR * (_folded(before) + small in habits.pairs)
        value += _KNOWN_PAIR * (small + _folded(behind) in habits.pairs)
    else:
        value = _STRANGE_LETTER
    if char.isupper() and before.islower():
        value += _INNER_CAPITAL
    elif char.islower() and before.isupper() and behind.isupper():
        value += _INNER_SMALL
    ascii_beside = (before.isascii() and before.isalpha()) or (
        behind.isascii() and behind.isalpha()
    )
    return value + _MIXED_SCRIPT * (ascii_beside and not habits.latin)


def _folded(char: str) -> str:
    return char.lower() if char.isalpha() else " "


def _value_of_signary(before: str, char: str, behind: str, habits: _Habits) -> float:
    if char in habits.letters:
        value = _COMMON_SIGNARY
    elif "\u3040" <= char <= "\u30ff":
        value = _SYLLABLE
    else:
        value = _RARE_SIGNARY
    torn = any(other.isascii() and other.isalpha() for other in (before, behind))
    return value + _BESIDE_LETTER * torn
