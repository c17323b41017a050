"""One question, two answers: ours, and that of plain calls of the library."""

import re
from typing import NamedTuple

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from pipeline.errors import BadEmail
from pipeline.normalize import emails, phones
from pipeline.normalize.text import normalize_text

REFUSED = "! "
"""What the reason for refusing an address begins with."""

# A sheet's ``14155552671.0`` is that number without its fraction.
_FRACTION = re.compile(r"(\d{7,})\.0+")
_MAX_EXTENSION = 9


class Case(NamedTuple):
    """The spelling of a number, and the region it is dialled in."""

    text: str
    region: str


def our_email(text: str) -> str:
    """Give the address as we normalize it, or why we refuse it."""
    try:
        return emails.normalize_email(text)
    except BadEmail as error:
        return f"{REFUSED}{error}"


def library_email(text: str) -> str:
    """Give the address, without the space around it, as the library normalizes or refuses it."""
    try:
        return validate_email(text.strip(), check_deliverability=False).normalized
    except EmailNotValidError as error:
        return f"{REFUSED}{error}"


def our_phone(case: Case) -> str | None:
    """Give our E.164 of a valid number, else None."""
    phone = phones.normalize_phone(case.text, case.region)
    return phone.value if phone.verified else None


def library_phone(case: Case) -> str | None:
    """Give the library's E.164 of the cleaned text; ``00``, if no prefix at home, is a plus."""
    text = normalize_text(case.text)
    if whole := _FRACTION.fullmatch(text):
        text = whole[1]
    answer = _parsed(text, case.region or None)
    if answer is None and text.startswith("00"):
        answer = _parsed(f"+{text[2:]}", None)
    return answer


def _parsed(text: str, region: str | None) -> str | None:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    value = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if not number.extension:
        return value
    return f"{value} x{number.extension}" if len(number.extension) <= _MAX_EXTENSION else None
