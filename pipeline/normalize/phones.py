"""Phone numbers: found in a cell, judged by phonenumbers, reduced to the key of a line."""

import re
from traceback import clear_frames
from typing import NamedTuple

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber

from pipeline.normalize.number_tables import START, table_of
from pipeline.normalize.numbering import UNDECIDED, judge_international, judge_national
from pipeline.normalize.text import normalize_text, word_set

MAX_LENGTH = 250
MIN_DIGITS = 5
MIN_KEY_DIGITS = 7
_MAX_EXTENSION = 9

# What may be a float, as sheets write it, is not plain.
_PLAIN = re.compile(r"(?![0-9]{7,}\.)(?:\+|\(\+)?\(?[0-9](?:[ ()./-]{0,3}[0-9]){2,24}")
_NOT_DIGITS = str.maketrans("", "", " ()./-+")
_LINK = re.compile(r"(?:tel|callto|sms|p|phone|whatsapp)\s*:\s*(?=[+(\d])", re.IGNORECASE)
_FLOAT = re.compile(r"\+?([1-9])\.(\d+)[eE]\+?(\d{1,2})", re.ASCII)
_ZERO_FRACTION = re.compile(r"(\d{7,})\.0+")
_EXTENSION_WORD = re.compile(
    r"(?:extensi[oó]n|ext|extn|anexo|int|durchwahl|dw|x)\b\.?", re.IGNORECASE
)
_LABEL = re.compile(
    r"^(?:tel(?:efon|efono|éfono|ephone)?|phone|mobile|mobil|cell|work|home|office|fax|p|m|t)\b[.:]*",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(
    r"\s*(?:::::?|:::|[|\n\t]|;(?!\s*(?:ext|isub|phone-context)\s*=)|,(?!,)|\s(?:or|and|und|et|y|o|ou)\s"
    r"|/(?=\s*[+(]|\s*0[1-9]\d|\s*\d{7,}))\s*",
    re.IGNORECASE,
)
_PLACEHOLDERS = word_set("- -- . / ? n/a na n.a. none null nil nan unknown undefined #n/a no phone")
# Digits all alike, or rising or falling from an end, are left to a closer look.
KEY = r"\+(?!0?1234|98765|5551|([0-9])\1*(?![0-9]))[0-9]{7,15}"
"""The phones, in a regular expression, whose key is what follows their plus."""
_KEY = re.compile(KEY)
_JUNK = re.compile(r"(\d)\1*|0?123456789?0?|0?1234567890?|9876543210?|5551234|5551212")


class Phone(NamedTuple):
    """A phone number: E.164 with any extension if ``verified``, else as it was given."""

    value: str
    verified: bool


def normalize_phone(text: str, region: str) -> Phone:
    """Give a valid number in E.164 (``+14155552671 x12``), anything else as given, unverified.

    ``region`` is the ISO 3166 code of the country a number without ``+`` belongs to; an empty
    one leaves such numbers unverified. Never raises.
    """
    if _PLAIN.fullmatch(text):
        verdict = _judge_plain(text, region)
        if verdict:
            return Phone(verdict, verified=True)
        if verdict is None and not text.startswith("00"):
            return Phone(normalize_text(text), verified=False)
    clean = _clean(text)
    for spelling, home in _spellings(clean, text, region):
        verified = _verify(spelling, home)
        if verified:
            return Phone(verified, verified=True)
    return Phone(clean, verified=False)


def is_plain(text: str) -> bool:
    """Whether a text is one number and nothing else, in the usual punctuation but a slash."""
    return "/" not in text and _PLAIN.fullmatch(text) is not None


def verify_plain(text: str, region: str) -> str | None:
    """Give the E.164 of one plainly written, valid number; None for all else says nothing."""
    return (_judge_plain(text, region) or None) if is_plain(text) else None


def phone_key(value: str) -> str | None:
    """Give what stands for the line behind a normalized phone, or None if it identifies nobody.

    That is its digits, then ``x`` and the extension. Numbers of fewer than seven digits and
    made-up ones (``0000000``, ``1234567890``) give None.
    """
    if _KEY.fullmatch(value):
        return value[1:]
    number, _, extension = value.partition(" x")
    digits = number[1:]
    if not (number.startswith("+") and digits.isascii() and digits.isdecimal()):
        digits = "".join(c for c in number if c.isdecimal() and c.isascii())
    if len(digits) < MIN_KEY_DIGITS or _JUNK.fullmatch(digits) or "E" in number.upper():
        return None
    return f"{digits}x{extension}" if extension else digits


def looks_like_phone(text: str) -> bool:
    """Whether a text holds at least five digits and no letters but those of an extension."""
    rest = _EXTENSION_WORD.sub("", _LINK.sub("", text))
    digits = sum(c.isdecimal() for c in rest)
    return digits >= MIN_DIGITS and not any(c.isalpha() or c in "@%$€£_=" for c in rest)


def find_phones(text: str) -> list[str]:
    """Find the numbers in a cell, unjudged, in the order published and each once.

    Understands lists (``a; b``, ``a ::: b``, ``a / b``, ``a or b``). A blank or a placeholder
    such as ``n/a`` gives an empty list, any other text at least itself.
    """
    if _PLAIN.fullmatch(text) and "/" not in text:
        return [text]
    clean = normalize_text(text)
    if not clean or clean.lower() in _PLACEHOLDERS:
        return []
    parts = [part for part in _SEPARATORS.split(clean) if any(c.isdecimal() for c in part)]
    if len(parts) > 1 and all(sum(c.isdecimal() for c in part) >= MIN_DIGITS for part in parts):
        return list(dict.fromkeys(parts))
    return [clean]


def _judge_plain(text: str, region: str) -> str | None:
    digits = text.translate(_NOT_DIGITS)
    international = "+" in text
    if not (international or region):
        return UNDECIDED
    verdict = table_of(None if international else region, len(digits))[digits[:START]]
    if verdict is not None:
        return verdict[0] + digits[verdict[1] :] if verdict else None
    return judge_international(digits) if international else judge_national(digits, region)


def _clean(text: str) -> str:
    """Drop what surrounds a number in files: apostrophes, link schemes, a float's fraction."""
    clean = normalize_text(text[: 4 * MAX_LENGTH]).strip("'\u2019\" ")
    while (bare := _LINK.sub("", clean, count=1) if _LINK.match(clean) else clean) != clean:
        clean = bare.strip("'\u2019\" ")
    if whole := _ZERO_FRACTION.fullmatch(clean):
        return whole[1]
    return _integer(clean) or clean


def _integer(text: str) -> str | None:
    """Write out a spreadsheet's ``4.47912345678E+11``; None if digits have been lost."""
    found = _FLOAT.fullmatch(text)
    return found[1] + found[2] if found and len(found[2]) == int(found[3]) else None


def _spellings(clean: str, given: str, region: str) -> list[tuple[str, str | None]]:
    """Give the readings to try: as dialled at home, ``00`` as plus, the plus a sheet dropped."""
    readings: list[tuple[str, str | None]] = [(clean, region.upper() or None)]
    if clean.startswith("00"):
        readings.append(("+" + clean[2:], None))
    elif "e+" in given.lower():
        readings.append(("+" + clean, None))
    return readings


def _verify(text: str, region: str | None) -> str | None:
    """Give a valid number in E.164 by the library's word, else None."""
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException as error:
        # The library's frame keeps the error that keeps the frame: a cycle that holds on to all
        # that its callers have at hand, which is a whole batch.
        clear_frames(error.__traceback__)
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return _written(number)


def _written(number: PhoneNumber) -> str | None:
    value = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if not number.extension:
        return value
    extension = phonenumbers.normalize_digits_only(number.extension)
    return f"{value} x{extension}" if 0 < len(extension) <= _MAX_EXTENSION else None
