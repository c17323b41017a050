"""The line of an address that names street, house and flat, read in whatever order they stand."""

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.dedupe.place_words import FILLERS, FLOORS, JOINED, KINDS, SHORT, UNITS

_TOKEN = re.compile(
    r"\d+(?:st|nd|rd|th)(?![a-z0-9])|\d+[a-z]?(?:[-/]\d+[a-z]?)*(?![a-z0-9])|[a-z0-9|]+"
)
_NUMBER = re.compile(r"\d+[a-z]?(?:[-/]\d+[a-z]?)*")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_MISREAD = re.compile(r"[0-9olisbzg|]*[0-9][0-9olisbzg|]*")
_LOOKALIKES = str.maketrans("olisbzg|", "01158291")
_LEAST_MISREAD = 3
_SHORTEST_STEM = 3


def read_street(parts: Sequence[str]) -> tuple[str, str, str]:
    """Give house, flat and the words of the street from the folded parts of an address."""
    reader = _Reader()
    for part in parts:
        reader.read(_TOKEN.findall(part))
    return reader.house.lstrip("0"), " ".join(reader.units), " ".join(_short(reader.words))


class _Reader:
    """Tells numbers of houses from those of flats and of streets, by what stands around them."""

    def __init__(self) -> None:
        self.house = ""
        self.units: list[str] = []
        self.words: list[str] = []

    def read(self, tokens: Sequence[str]) -> None:
        """Read one part of an address."""
        place = 0
        while place < len(tokens):
            token = tokens[place]
            following = tokens[place + 1] if place + 1 < len(tokens) else ""
            if not token[0].isdecimal() and token not in UNITS and "|" not in token:
                self.words.append(token)
            else:
                place += self._take(token, following, is_end=place + 2 == len(tokens))
            place += 1

    def _take(self, token: str, following: str, *, is_end: bool) -> bool:
        """Take a number, or a word before one; tell whether the token behind was used too."""
        if token in UNITS:
            return self._take_unit(token, following)
        if ordinal := _ORDINAL.fullmatch(token):
            return self._take_ordinal(ordinal[1], following)
        if not _is_number(token):
            return self._take_misread(token)
        if self.house:
            is_street = SHORT.get(following, following) in KINDS and token.isdecimal()
            (self.words if is_street else self.units).append(token)
            return False
        if "/" in token:
            first, _, last = token.partition("/")
            self.house, unit = (first, last) if self.words else (last, first)
            self.units.append(unit)
            return False
        has_suffix = len(following) == 1 and following.isalpha() and is_end
        self.house = token + following if has_suffix else token
        return has_suffix

    def _take_unit(self, word: str, following: str) -> bool:
        if following[:1].isdecimal() or len(following) == 1:
            self.units.append(following.lstrip("0"))
            return True
        self.words.append(word)
        return False

    def _take_ordinal(self, number: str, following: str) -> bool:
        is_floor = following in FLOORS
        (self.units if is_floor else self.words).append(number)
        return is_floor

    def _take_misread(self, token: str) -> bool:
        """Take signs among which letters may be misread digits: ``1o3z7``."""
        if not self.house and len(token) >= _LEAST_MISREAD and _MISREAD.fullmatch(token):
            self.house = token.translate(_LOOKALIKES)
        elif word := token.replace("|", "l"):
            self.words.append(word)
        return False


def _is_number(token: str) -> bool:
    return token.isdecimal() or _NUMBER.fullmatch(token) is not None


def _short(words: Sequence[str]) -> list[str]:
    """Give each word in its kept form, without the words that are no part of a name."""
    kept = [word for word in words if word not in FILLERS] or words
    short: list[str] = []
    for place, word in enumerate(kept):
        if word == "st" and place == 0 and len(kept) > 1:
            short.append("saint")
        elif (known := SHORT.get(word)) is not None:
            short.append(known)
        else:
            short += _split_joined(word)
    return short


@lru_cache(maxsize=8_192)
def _split_joined(word: str) -> tuple[str, ...]:
    """Split ``pridhamstreet`` and ``linkeweg`` into the name and the kind of the street."""
    for ending in JOINED:
        if word.endswith(ending) and len(word) >= len(ending) + _SHORTEST_STEM:
            return word.removesuffix(ending), SHORT.get(ending, ending)
    return (word,)
