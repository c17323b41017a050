"""Finds e-mail addresses and phone numbers in plain text, in linear time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from phonenumbers import Leniency, PhoneNumberMatcher

MAX_TEXT = 1 << 20
_MAX_LOCAL = 64
_MAX_DOMAIN = 253
_LOCAL = frozenset("!#$%&'*+-/=?^_`{|}~.")
_DOMAIN = frozenset("-.")
_NO_TLD = frozenset(
    {"png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "ico", "css", "js", "json", "pdf", "mp4"}
)
_NOT_FIRST = ".'/=`*{|}~"

_DIGITS = re.compile(r"[+(]{0,3}\d(?:[ \t\u00a0().\-/·•–‑−]{0,4}\d){6,24}")
_AROUND = 24
_NEAR_START = 3
_FAX = re.compile(
    r"(?:fax|facsimile|\bf)\)?(?:[ -]?(?:number|no|nr|line))?\b[\s.:/|()-]{0,6}(?:to[ :(]{1,3})?\Z",
    re.IGNORECASE,
)
_FAX_AFTER = re.compile(r"\s{0,3}[(\[]?\s?fax\b(?!\s?[:.#]?\s?[+(\d])", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:\b(?:tel|telephone|phone|ph|mobile|mob|cell|call|telefon|fon|handy|t[ée]l[ée]phone|t[ée]l|[tpm](?=[.:]))"
    r"|☎|📞)(?:[ -]?(?:number|no|nr))?[\s.:/|(-]{0,4}\Z",
    re.IGNORECASE,
)
_PHONE_DIGITS = range(7, 16)


@dataclass(frozen=True, slots=True)
class Found:
    """A value found in a text, as published, and where it begins."""

    value: str
    start: int


def scan_emails(text: str) -> Iterator[Found]:
    """Find e-mail addresses: look for each ``@``, then outwards as far as an address may reach."""
    at = text.find("@")
    end_of_last = 0
    while at != -1:
        begin = at
        floor = max(at - _MAX_LOCAL, end_of_last)
        while begin > floor and _in_local(text[begin - 1]):
            begin -= 1
        end = at + 1
        ceiling = min(at + 1 + _MAX_DOMAIN, len(text))
        while end < ceiling and (text[end].isalnum() or text[end] in _DOMAIN):
            end += 1
        local = text[begin:at].lstrip(_NOT_FIRST)
        domain = text[at + 1 : end].rstrip(".-")
        if _is_local(local) and _is_domain(domain):
            yield Found(f"{local}@{domain}", at - len(local))
            end_of_last = at + 1 + len(domain)
        at = text.find("@", at + 1)


def find_digit_runs(text: str) -> Iterator[re.Match[str]]:
    """Find what may be a phone number; cheap, so that a caller can bound :func:`read_phones`."""
    return _DIGITS.finditer(text)


def read_phones(text: str, run: re.Match[str], region: str, *, before: str = "") -> Iterator[Found]:
    """Give the phone numbers in a run of digits: valid ones, and odd ones if announced as such.

    Fax numbers are left out. ``before`` is what stands before the text, such as a label.
    """
    begin = max(0, run.start() - _AROUND)
    window = text[begin : run.end() + _AROUND]
    matches = PhoneNumberMatcher(window, region, leniency=Leniency.VALID, max_tries=8)
    found = [
        Found(match.raw_string, begin + match.start)
        for match in matches
        if run.start() - 2 <= begin + match.start < run.end()
    ]
    for one in found or _announced(text, run, before):
        label = _label(text, one.start, before)
        after = _FAX_AFTER.match(text, one.start + len(one.value))
        if not _FAX.search(label) and (not after or _LABEL.search(label)):
            yield one


def _announced(text: str, run: re.Match[str], before: str) -> list[Found]:
    digits = sum(map(str.isdecimal, run[0]))
    if digits in _PHONE_DIGITS and _LABEL.search(_label(text, run.start(), before)):
        return [Found(run[0], run.start())]
    return []


def _label(text: str, start: int, before: str) -> str:
    label = text[max(0, start - _AROUND) : start]
    return f"{before[-_AROUND:]} {label}" if start < _NEAR_START else label


def _in_local(character: str) -> bool:
    return character.isalnum() or character in _LOCAL


def _is_local(local: str) -> bool:
    return bool(local) and not local.endswith(".") and ".." not in local


def _is_domain(domain: str) -> bool:
    labels = domain.split(".")
    ending = labels[-1].lower()
    return (
        len(labels) > 1
        and all(0 < len(label) <= _MAX_LOCAL - 1 and label[0] != "-" for label in labels)
        and (ending.isalpha() or ending.startswith("xn--"))
        and len(ending) > 1
        and ending not in _NO_TLD
    )
