"""Which fix is offered for a value that could not be used; what a person takes is theirs to say."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from pipeline.errors import BadEmail
from pipeline.fixes import SEPARATOR
from pipeline.normalize.emails import email_key, normalize_email
from pipeline.normalize.mail_typos import likely_domain
from pipeline.normalize.phones import looks_like_phone, normalize_phone
from pipeline.normalize.statuses import STATUSES, find_status_words, normalize_status
from pipeline.normalize.text import fold_text
from pipeline.normalize.websites import normalize_website

_CLOSE = 0.8

_ADDRESS = re.compile(r"[a-zA-Z0-9_.+'-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]*\.)+[a-zA-Z]{2,24}")
_AT = re.compile(r"\s*[(\[{<]\s*(?:at|ät)\s*[)\]}>]\s*|\s+(?:at|ät)\s+", re.IGNORECASE)
_DOT = re.compile(r"\s*[(\[{<]\s*(?:dot|punkt)\s*[)\]}>]\s*|\s+(?:dot|punkt)\s+", re.IGNORECASE)
_DOTS = re.compile(r"\.{2,}")
_AROUND_AT = re.compile(r"\s*\.?\s*@+\s*\.?\s*")
_NUMBER = re.compile(r"[+(]?\d(?:[\d ()./-]*\d)")
_SCHEME = re.compile(r"^(?:h?t{1,3}ps?|https?)[;:.,]*[/\\]+", re.IGNORECASE)


class FixKind(StrEnum):
    """In which way a value would be mended."""

    TRIM = "trim"
    SPLIT = "split"
    COUNTRY = "country"
    WORD = "word"
    TYPO = "typo"


@dataclass(frozen=True, slots=True)
class Offer:
    """A fix that is offered: what would be read instead, or which words a person may choose from.

    ``replacement`` is blank where only a person can know.
    """

    kind: FixKind
    replacement: str
    choices: Sequence[str] = ()


def offer_fix(
    field: str, value: str, *, home: str = "", regions: Sequence[str] = ()
) -> Offer | None:
    """Give the fix to offer for a value of a field.

    ``home`` is the country by which phones without one were read, ``regions`` are likely others.
    """
    if field == "phone":
        return _offer_phone(value, home, regions)
    offer = _OFFERS.get(field)
    return offer(value) if offer and value.strip() else None


def _offer_email(value: str) -> Offer | None:
    typo = _mistyped(value)
    if typo:
        return Offer(FixKind.TYPO, typo)
    addresses = list(_addresses_in(value))
    if len(addresses) > 1:
        return Offer(FixKind.SPLIT, SEPARATOR.join(addresses))
    is_unclear = 0 < len(addresses) < value.count("@") and "@@" not in value
    found = addresses[0] if addresses else next(_spelled_out(value), None)
    if found is None or found == value or is_unclear:
        return None
    typo = _mistyped(found)
    return Offer(FixKind.TYPO, typo) if typo else Offer(FixKind.TRIM, found)


def _mistyped(value: str) -> str | None:
    """Give an address with its domain as most likely meant; None if nothing seems mistyped."""
    local, at, domain = value.strip().rpartition("@")
    meant = likely_domain(domain.lower()) if at else None
    return _valid(f"{local}@{meant}") if meant else None


def _addresses_in(value: str) -> Iterator[str]:
    seen: set[str] = set()
    for text in _ADDRESS.findall(value):
        email = _valid(text.strip(".'-+"))
        if email and email_key(email) not in seen:
            seen.add(email_key(email))
            yield email


def _spelled_out(value: str) -> Iterator[str]:
    """Give the address in ``ann (at) example dot com``, ``ann@@example.com``, ``ann@ex..com``."""
    plain = _AROUND_AT.sub("@", _DOTS.sub(".", _DOT.sub(".", _AT.sub("@", value)))).strip(" .,;:")
    for text in (plain, plain.replace(" ", "")):
        if email := _valid(text):
            yield email


def _valid(text: str) -> str | None:
    try:
        return normalize_email(text)
    except BadEmail:
        return None


def _offer_phone(value: str, home: str, regions: Sequence[str]) -> Offer | None:
    numbers = [found.strip() for found in _NUMBER.findall(value) if looks_like_phone(found)]
    read = [_read_number(number, (home, *regions)) for number in numbers]
    mended = SEPARATOR.join(text for text, _ in read)
    if not read or mended == value.strip():
        return None
    if len(read) > 1:
        return Offer(FixKind.SPLIT, mended)
    return Offer(FixKind.TRIM if read[0][1] in {"", home} else FixKind.COUNTRY, mended)


def _read_number(number: str, regions: Sequence[str]) -> tuple[str, str]:
    """Give a number in E.164 and the first country it is valid in, else as it is and nothing."""
    for region in regions:
        phone = normalize_phone(number, region)
        if phone.verified:
            return phone.value, region
    return number, ""


def _offer_website(value: str) -> Offer | None:
    plain = _SCHEME.sub("https://", value.strip(" .,;<>()[]\"'")).replace(",", ".")
    for text in (plain, plain.replace(" ", ""), *plain.split()):
        website = normalize_website(text)
        if website and website != value:
            return Offer(FixKind.TRIM, website)
    return None


def _offer_status(value: str) -> Offer:
    close = get_close_matches(fold_text(value), find_status_words(), n=1, cutoff=_CLOSE)
    meant = normalize_status(close[0]) if close else None
    return Offer(FixKind.WORD, meant or "", STATUSES)


_OFFERS: Mapping[str, Callable[[str], Offer | None]] = {
    "email": _offer_email,
    "website": _offer_website,
    "status": _offer_status,
}
