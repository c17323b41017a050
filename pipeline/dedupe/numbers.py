"""Phones and identity numbers in the form that matching compares."""

import re
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from pipeline.dedupe.agreement import CONFLICT, MISSING, Agreement, Level
from pipeline.normalize.phones import normalize_phone

TAIL: Final = 7
"""So many last digits of a phone are the least that identify a line."""
_NORTH_AMERICAN: Final = 11
"""Numbers under the calling code 1 all have so many digits; what follows is an extension."""
_LEAST_ID: Final = 4
_MASKED_ID: Final = 4

_E164 = re.compile(r"\+([0-9]{7,15})(?: x([0-9]{1,9}))?")
_EXTENSION = re.compile(
    r"(?:e?xt(?:ension|n)?|durchwahl|anexo|dw|#|x)[\s.:=#]*([0-9]{1,9})\s*$", re.IGNORECASE
)
_NOT_DIGITS = re.compile("[^0-9]+")
_RISING: Final = "01234567890123456789"
_FALLING: Final = _RISING[::-1]
_SAME = re.compile(r"[0-9]*?([0-9])\1{6,}")
_NOT_ALPHANUMERIC = re.compile("[^0-9A-Z]+")
_NO_ID = re.compile(r"([0-9A-Z])\1*|N/?A|NONE|NULL|NIL|UNKNOWN|TBD|TEST|X+[0-9]?")
# What is dialled or was added between the calling code and the number people know.
_MOBILE_MARKS = re.compile(r"(52)1(?=[0-9]{10}$)|(54)9(?=[0-9]{10}$)|(55[1-9][0-9])9(?=[0-9]{8}$)")
_ITALIAN_ZERO = re.compile(r"390+(?=[0-9]{6,11}$)")


class Line(NamedTuple):
    """A phone line: digits with the calling code if ``international``, else as dialled at home.

    ``number`` has no leading zeros; ``extension`` is empty where there is none.
    """

    number: str
    extension: str = ""
    international: bool = False

    @property
    def tail(self) -> str:
        """The last digits, the same however the number is dialled."""
        return self.number[-TAIL:]


def parse_line(text: str, region: str = "") -> Line | None:
    """Read one phone number; None if it is too short or made up (``000…``, ``123456789``).

    ``region`` is the ISO 3166 code of the country that a number without ``+`` belongs to. Numbers
    that no numbering plan knows keep the digits that were given.
    """
    extension = ""
    if found := _EXTENSION.search(text):
        text, extension = text[: found.start()].rstrip(" ,;"), found[1]
    phone = normalize_phone(text, region)
    if phone.verified and (whole := _E164.fullmatch(phone.value)):
        number, known = _canonical(whole[1]), True
        extension = extension or whole[2] or ""
    else:
        number, known = _as_given(phone.value)
        if len(number) > _NORTH_AMERICAN and number.startswith("1"):
            number, extension = number[:_NORTH_AMERICAN], number[_NORTH_AMERICAN:] + extension
    return None if _is_made_up(number) else Line(number, extension, known)


def compare_lines(a: Line | None, b: Line | None) -> Agreement:
    """Compare two phone lines.

    Exact is the same number; its detail says ``extensions`` if both have one and they differ (a
    switchboard), ``extension`` if only one has one, ``national`` if one lacks the country. Close is
    a single slip or two digits swapped (partial if the extensions differ too); the rest is a
    conflict.
    """
    if a is None or b is None:
        return MISSING
    if a.number == b.number:
        return Agreement(Level.EXACT, 1.0, _extensions(a, b), a.number)
    if _same_at_home(a, b):
        return Agreement(Level.EXACT, 0.9, _extensions(a, b) or "national", min(a.number, b.number))
    if len(a.number) != len(b.number) or OSA.distance(a.number, b.number, score_cutoff=1) != 1:
        return CONFLICT
    level = Level.PARTIAL if _extensions(a, b) == "extensions" else Level.CLOSE
    return Agreement(level, 0.8, "slip", min(a.number, b.number))


def normalize_id(text: str) -> str:
    """Give an identity number in capitals without punctuation; "" if it says nothing."""
    code = _NOT_ALPHANUMERIC.sub("", text.upper())
    if len(code) < _LEAST_ID or _NO_ID.fullmatch(code) or code in _RISING or code in _FALLING:
        return ""
    return code


def compare_ids(a: str, b: str) -> Agreement:
    """Compare two identity numbers as :func:`normalize_id` gives them.

    Close is one slip or two signs swapped; partial (``masked``) the same last four digits where
    one shows no more.
    """
    if not a or not b:
        return MISSING
    if a == b:
        return Agreement(Level.EXACT, 1.0, "", a)
    distance = OSA.distance(a, b, score_cutoff=2)
    if distance == 1:
        return Agreement(Level.CLOSE, 1 - 1 / max(len(a), len(b)), "slip", min(a, b))
    shown, other = sorted((a.strip("X"), b.strip("X")), key=len)
    if len(shown) == _MASKED_ID and shown.isdecimal() and other.endswith(shown):
        return Agreement(Level.PARTIAL, 0.5, "masked", shown)
    return Agreement(Level.CONFLICT, OSA.normalized_similarity(a, b))


def _canonical(digits: str) -> str:
    """Give the digits of E.164 in one form where a country writes a line in two ways."""
    if digits.startswith("5"):
        return _MOBILE_MARKS.sub(lambda found: found[found.lastindex or 0], digits)
    return _ITALIAN_ZERO.sub("39", digits) if digits.startswith("39") else digits


def _as_given(text: str) -> tuple[str, bool]:
    """Give the digits of a number that no plan knows, and whether it bears its country."""
    digits = _NOT_DIGITS.sub("", text)
    international = text.lstrip(" (").startswith("+")
    return (_canonical(digits) if international else digits.lstrip("0")), international


def _is_made_up(number: str) -> bool:
    """Whether digits are too few, all alike, or in a row."""
    if len(number) < TAIL or _SAME.fullmatch(number):
        return True
    return number in _RISING or number in _FALLING or number[-TAIL:] == "0" * TAIL


def _extensions(a: Line, b: Line) -> str:
    if a.extension == b.extension:
        return ""
    return "extensions" if a.extension and b.extension else "extension"


def _same_at_home(a: Line, b: Line) -> bool:
    """Whether one is the other without its country."""
    if a.international == b.international and a.international:
        return False
    short, long = (a.number, b.number) if len(a.number) < len(b.number) else (b.number, a.number)
    return len(short) >= TAIL and long.endswith(short)
