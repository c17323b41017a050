"""Spellings of names: folded to ASCII, and the keys under which their variants meet."""

import re
from functools import lru_cache
from unicodedata import normalize

from anyascii import anyascii
from jellyfish import metaphone

_SURROGATE = re.compile("[\ud800-\udfff]")
_SYLLABLE = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DIGITS = str.maketrans("01345", "oleas")
_VOWELS = re.compile("[aeiouy]+")
_APOSTROPHES = str.maketrans("", "", "'\u2019\u2018`\u00b4\u02bc")
_VARIANTS = (
    ("ae", "a"),
    ("oe", "o"),
    ("ue", "u"),
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("kh", "h"),
    ("gh", "g"),
    ("tsch", "c"),
    ("sch", "s"),
    ("tch", "c"),
    ("cz", "c"),
    ("sz", "s"),
    ("sh", "s"),
    ("ch", "c"),
    ("zh", "z"),
    ("ks", "x"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ck", "k"),
    ("w", "v"),
    ("y", "i"),
    ("j", "i"),
    ("q", "k"),
)
_REPEATED = re.compile(r"(.)\1+")


def fold_name(text: str) -> str:
    """Give a name in ASCII letters of either case; apostrophes go, other signs stay.

    Syllables that a script without spaces runs together (``WangXiaoMing``) are set apart.
    """
    if not text.isascii():
        plain = normalize("NFC", _SURROGATE.sub(" ", text)).translate(_APOSTROPHES)
        latin = plain if plain.isascii() else anyascii(plain)
        if _has_own_script(plain):
            latin = _SYLLABLE.sub(" ", latin)
        text = latin
    return text.translate(_APOSTROPHES)


def repair_digits(word: str) -> str:
    """Give a word with the letters that a scanner took for digits: ``sm1th`` was ``smlth``.

    A word that is half digits, or more, is not one of letters and stays.
    """
    digits = sum(map(str.isdigit, word))
    return word.translate(_DIGITS) if 0 < digits * 2 < len(word) else word


@lru_cache(maxsize=20_000)
def spelling_key(word: str) -> str:
    """Give what the romanisations of a folded word share: ``mueller muller``, ``yuriy iurii``."""
    for variant, plain in _VARIANTS:
        if variant in word:
            word = word.replace(variant, plain)
    return _REPEATED.sub(r"\1", word)


@lru_cache(maxsize=20_000)
def sound_key(word: str) -> str:
    """Give how a folded word sounds (Metaphone of its spelling key); "" without letters."""
    return metaphone(spelling_key(word))


def consonants(word: str) -> str:
    """Give a folded word without vowels, as Arabic and Hebrew are written: ``mhmd``."""
    return _VOWELS.sub("", word)


def _has_own_script(text: str) -> bool:
    """Whether a text has letters of East Asian scripts, which set no spaces."""
    return any("\u2e80" <= sign <= "\ud7ff" for sign in text)
