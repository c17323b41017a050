"""Finds phone numbers in plain text: runs of digits that a country's plan or a label confirms."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.phone_context import (
    Label,
    extension_after,
    is_other_number,
    label_before,
    says_fax_after,
)
from pipeline.normalize.numbering import calling_code
from pipeline.normalize.phones import Phone, normalize_phone, verify_plain

_SEPARATOR = r"[ \u00a0\u2009().\-/·•–‑−—]"
_RUN = re.compile(rf"\d(?:{_SEPARATOR}{{0,4}}\d){{6,29}}(?!\d)")
_STRONG = re.compile(
    r"\s{0,2}/\s{0,2}|\s{2,}|(?<=\d)\s{0,2}(?=\+)|(?<=\d{4})\s{0,2}(?=\()|\s[–—-]\s"
)
_VANITY = re.compile(
    r"(?<![\w.-])(?:\+?1[-. ]?)?\(?8(?:00|88|77|66|55|44|33)\)?[-. ]{1,2}"
    r"(?=[A-Z\d-]{0,8}[A-Z]{3})[A-Z\d]{1,10}(?:[- ][A-Z\d]{2,7}){0,2}(?![\w])"
)
_FREE = re.compile(r"8(?:00|88|77|66|55|44|33)\)?[-. ]")
_NANP_SHAPE = re.compile(r"(?:\+?1[-. ]?)?\(?[2-9]\d\d\)?[-. ]{1,3}[2-9]\d\d[-. ]{1,3}\d{4}")
NUMBERS = (_RUN, _FREE)
"""What a text holds in which a look for numbers is worth while, either of them."""

_EXTENSION = re.compile(r"[ ,;]*\(?(?:x|ext|dw|int)[a-z.:]{0,7} ?\d{1,6}\)?\s?$", re.IGNORECASE)
_GROUP = re.compile(r"\d+")
_SHAPED = re.compile(r"\(?\+|\(?0[1-9]|00|\(\d|1[-. ]?\(?[2-9]\d\d\)?[-. ]")
_NANP = frozenset({"US", "CA", "PR", "JM", "DO", "BS", "BB", "TT"})
_DIGITS = range(7, 16)
_PLAIN = str.maketrans("\u00a0\u2009·•–‑−—/", "  ..----.")
_KEYS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_VANITY_DIGITS = 10
_FEWEST_UNGROUPED = 9
_LONG = 40
_THOUSANDS = 3
_MAX_SIGNS = 4
_REMEMBERED = 1_024


@dataclass(frozen=True, slots=True)
class Dialled:
    """A phone number found in a text: as printed, where it begins, and what it is compared by."""

    value: str
    start: int
    key: str
    is_fax: bool = False

    @property
    def published(self) -> str:
        """The number as it is written."""
        return self.value


@dataclass(frozen=True, slots=True)
class Run:
    """Digits and what stands between them, with the signs before, and where they begin."""

    text: str
    start: int


def find_runs(text: str) -> Iterator[Run]:
    """Find what may be numbers; cheap, so that a caller can bound :func:`read_run`."""
    for digits in _RUN.finditer(text):
        start = digits.start()
        floor = max(start - _MAX_SIGNS, 0)
        while start > floor and (text[start - 1] in "+(" or text.startswith("+ ", start - 2)):
            start -= 1
        yield Run(text[start : digits.end()], start)


def read_run(text: str, run: Run, regions: Sequence[str], before: str = "") -> Iterator[Dialled]:
    """Give the phone and fax numbers in a run of digits.

    ``regions`` are the countries that a number without a plus may belong to, the likeliest
    first; ``before`` is what stands before the text, such as the label in a table.
    """
    end_of_last = run.start
    label = label_before(text, run.start, before)
    for start, piece in _candidates(run):
        if start < end_of_last:
            continue
        here = label if start == run.start else label_before(text, start, before, label)
        key = _judge(text, start, piece, regions, here)
        if key:
            end = start + len(piece)
            extension = extension_after(text, end)
            fax = here.is_fax or says_fax_after(text, end + len(extension), here)
            yield Dialled(piece + extension, start, f"{key}{_compact(extension)}", fax)
            end_of_last = end


def find_vanity(text: str) -> Iterator[Dialled]:
    """Find the free American numbers that are spelled in letters: ``1-800-FLOWERS``."""
    if not _FREE.search(text):
        return
    for vanity in _VANITY.finditer(text):
        digits = "".join(c for c in vanity[0].translate(_KEYS) if c.isdecimal())
        bare = digits.removeprefix("1")[:_VANITY_DIGITS]
        if len(bare) == _VANITY_DIGITS:
            yield Dialled(vanity[0], vanity.start(), phone_point_key(bare, "US"))


@lru_cache(maxsize=_REMEMBERED)
def phone_point_key(text: str, region: str) -> str:
    """Give what a phone number is compared by: E.164 where it is valid, else its digits."""
    extension = _EXTENSION.search(text[:_LONG])
    bare = text[: extension.start()] if extension else text[:_LONG]
    key = _verify(bare, region) or normalize_phone(bare, region)
    if isinstance(key, Phone):
        key = key.value if key.verified else _unverified(bare, region)
    return f"{key}{_compact(extension[0])}" if extension else key


def _candidates(run: Run) -> Iterator[tuple[int, str]]:
    """Give the whole run, then its parts: two numbers may stand side by side."""
    whole = run.text.rstrip("(")
    yield run.start + _lead(whole), whole[_lead(whole) :]
    for pattern in (_STRONG, _NUMBERS):
        begin = 0
        if pattern is _STRONG:
            for gap in (*pattern.finditer(whole), None):
                end = gap.start() if gap else len(whole)
                part = whole[begin:end]
                lead = _lead(part)
                if end - begin < len(whole) and len(part) - lead >= _DIGITS[0]:
                    yield run.start + begin + lead, part[lead:].rstrip(" -.(/")
                begin = gap.end() if gap else end
        else:
            while one := _NUMBERS.match(whole, begin):
                yield run.start + begin, one[0]
                begin = one.end()


_NUMBERS = re.compile(r"(?:1[-. ])?\(?[2-9]\d\d\)?[-. ]{1,2}[2-9]\d\d[-. ]\d{4}")


def _lead(text: str) -> int:
    """Count what a number cannot begin with: brackets that are never closed."""
    return len(text) - len(text.lstrip(" ./-")) + (text.startswith("(") and ")" not in text)


def _judge(text: str, start: int, piece: str, regions: Sequence[str], label: Label) -> str | None:
    """Give the key of a number if it is one."""
    digits = sum(map(str.isdecimal, piece))
    if digits not in _DIGITS or is_other_number(text, start, piece, label):
        return None
    told = label.is_phone or label.is_fax
    if piece.lstrip("(").startswith(("+", "00")):
        verified = _verify(piece, "")
        return verified or (_unverified(piece, "") if told or "+" in piece else None)
    for place, region in enumerate(regions):
        verified = _verify(piece, region)
        if verified and (told or _looks_dialled(piece, digits, first=not place, region=region)):
            return verified
    if not _NANP.isdisjoint(regions[:2]) and _NANP_SHAPE.fullmatch(piece):
        return _unverified(piece, "US")
    return _foreign(piece, told=told) or (_unverified(piece, regions[0]) if told else None)


def _unverified(piece: str, region: str) -> str:
    """Give the digits of a number that no plan knows, in full where its form is American."""
    digits = _bare(piece.replace("(0)", ""))
    if piece.lstrip(" (").startswith("+"):
        return f"+{digits}"
    if region in _NANP and _NANP_SHAPE.fullmatch(piece.strip()):
        return f"+1{digits[-_VANITY_DIGITS:]}"
    return digits


def _verify(piece: str, region: str) -> str | None:
    plain = piece.translate(_PLAIN).replace("(0)", "", 1)
    bare = plain.lstrip("(")
    if bare.startswith("+"):
        return verify_plain("+" + _bare(bare), "")
    if bare.startswith("00"):
        return verify_plain("+" + _bare(bare)[2:], "")
    return verify_plain(plain.strip(), region) if region else None


def _foreign(piece: str, *, told: bool) -> str | None:
    """Read a number with a calling code whose plus is missing: ``968 24590577``."""
    digits = _bare(piece)
    code = calling_code(digits)
    grouped = code and [*_GROUP.findall(piece)][:1] == [code]
    verified = verify_plain(f"+{digits}", "") if told or grouped else None
    return verified if verified and (told or len(digits) > _FEWEST_UNGROUPED + 1) else None


def _looks_dialled(piece: str, digits: int, *, first: bool, region: str) -> bool:
    """Whether a valid number is written as numbers are, not as any count or code."""
    groups = [len(group) for group in _GROUP.findall(piece)]
    if region in _NANP:
        return bool(_NANP_SHAPE.fullmatch(piece))
    if len(groups) == 1:
        return first and piece[0] == "0" and digits >= _FEWEST_UNGROUPED
    if max(groups) == 1 or (
        groups[0] < _THOUSANDS and set(groups[1:]) == {_THOUSANDS} and piece[0] not in "0("
    ):
        return False
    return bool(_SHAPED.match(piece)) or (first and digits >= _FEWEST_UNGROUPED - 1)


def _bare(piece: str) -> str:
    return "".join(c for c in piece if c.isdecimal())


def _compact(extension: str) -> str:
    digits = _bare(extension)
    return f" x{digits}" if digits else ""
