"""Spellings of names: folded to ASCII, and the keys under which their variants meet."""

import re
from functools import lru_cache
from typing import Final
from unicodedata import normalize

from anyascii import anyascii
from jellyfish import metaphone

_SURROGATE = re.compile("[\ud800-\udfff]")
_EAST_ASIAN = re.compile("[\u2e80-\ud7ff]")
_SYLLABLE = re.compile(r"(?<=[a-z])(?=[A-Z])")
_APOSTROPHES = str.maketrans("", "", "'\u2019\u2018`\u00b4\u02bc")
_BAR_IN_WORD = re.compile(r"(?<=\w)\|(?=\w)")
_DIGITS = str.maketrans("013456789", "oleasgtbg")
_VOWELS: Final = frozenset("aeiou")
_ALL_VOWELS = re.compile("[aeiouyw]+")
_LONG_VOWELS = str.maketrans("yw", "iu")
_LEAST_CONSONANTS: Final = 3
_UMLAUT = re.compile("(?<=[aou])e")
_REPEATED = re.compile(r"(.)\1+")

_SCANS: Final = {"rn": "m", "vv": "w", "cl": "d", "ri": "n", "ii": "u", "li": "h"}
_SCANNED = re.compile("|".join(_SCANS))
_ONE_SHAPE = str.maketrans("ijq", "llg")

_SOUNDS: Final = {
    **dict.fromkeys(("tsch", "tch", "cz", "ch", "tj"), "C"),
    **dict.fromkeys(("sch", "sz", "sh"), "S"),
    **dict.fromkeys(("zh", "dj"), "Z"),
    "ph": "f",
    "th": "t",
    "dh": "d",
    "kh": "h",
    "gh": "g",
    "ks": "x",
    "ck": "k",
    "qu": "k",
    "ou": "u",
    "oo": "u",
    "ee": "i",
    "ie": "i",
    "w": "v",
    "y": "i",
    "j": "i",
    "q": "k",
}
_SOUNDED = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
_HARD_C = re.compile("c(?![eiy])")


def fold_name(text: str) -> str:
    """Give a name in ASCII letters of either case; apostrophes go, other signs stay.

    Syllables that a script without spaces runs together (``WangXiaoMing``) are set apart, and a
    bar inside a word is the letter l that a scanner took for one.
    """
    if not text.isascii():
        plain = normalize("NFC", _SURROGATE.sub(" ", text)).translate(_APOSTROPHES)
        text = anyascii(plain)
        if _EAST_ASIAN.search(plain):
            text = _SYLLABLE.sub(" ", text)
    if "|" in text:
        text = _BAR_IN_WORD.sub("l", text)
    return text.translate(_APOSTROPHES)


def repair_digits(word: str) -> str:
    """Give a word with letters for the digits that a scanner read: ``8our`` was ``bour``.

    A word that is half digits, or more, is none of letters and stays.
    """
    digits = sum(map(str.isdigit, word))
    return word.translate(_DIGITS) if 0 < digits * 2 < len(word) else word


def umlaut_key(word: str) -> str:
    """Give what both spellings of an umlaut share: ``muller`` for ``muller`` and ``mueller``."""
    return _UMLAUT.sub("", word)


@lru_cache(maxsize=20_000)
def spelling_key(word: str) -> str:
    """Give what the romanisations of a folded word share: ``yuriy iurii``, ``carla karla``."""
    sounds = _SOUNDED.sub(lambda found: _SOUNDS[found[0]], umlaut_key(word))
    return _REPEATED.sub(r"\1", _HARD_C.sub("k", sounds))


@lru_cache(maxsize=20_000)
def sound_key(word: str) -> str:
    """Give how a folded word sounds in English (Metaphone); "" without letters."""
    return metaphone(umlaut_key(word))


def scan_key(word: str) -> str:
    """Give what words share that a scanner confuses: ``cromwell crornwell``."""
    return _SCANNED.sub(lambda found: _SCANS[found[0]], word).translate(_ONE_SHAPE)


def is_vowelless(short: str, word: str) -> bool:
    """Whether a folded word is another as Arabic and Hebrew write it: ``mhmd`` is ``mohammed``.

    All its letters stand in the other in their order, and all consonants of the other in it; y
    and w may be vowels.
    """
    if len(short) < _LEAST_CONSONANTS or not _VOWELS.isdisjoint(short):
        return False
    letters = iter(word.translate(_LONG_VOWELS))
    if not all(sign in letters for sign in short.translate(_LONG_VOWELS)):
        return False
    return _consonants(short) == _consonants(word)


def _consonants(word: str) -> str:
    return _REPEATED.sub(r"\1", _ALL_VOWELS.sub("", word))
