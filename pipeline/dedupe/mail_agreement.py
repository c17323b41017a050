"""Comparing two mailboxes: one, one mistyped, one person's at two places, or two."""

from enum import IntEnum
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from pipeline.dedupe.mail_words import FREE_DOMAINS
from pipeline.dedupe.mailboxes import Mailbox, MailKind, meant_domain


class MailLevel(IntEnum):
    """How well two mailboxes agree; higher is better. The kinds of both tell what it is worth."""

    CONFLICT = 0
    """Two mailboxes. One person may well have both."""
    MISSING = 1
    """One side has none, or one that tells nothing: a placeholder."""
    SAME_DOMAIN = 2
    """Two mailboxes of one organisation's domain."""
    OTHER_NUMBER = 3
    """The same but for the digits: ``joan84@``, ``joan85@``."""
    MASKED = 4
    """One is hidden in part, and what is seen agrees."""
    SAME_LOCAL = 5
    """The same local part, or nearly, at another domain."""
    CLOSE = 6
    """A slip of the pen apart, by one person's hand; see the similarity."""
    TAGGED = 7
    """The same but for a tag at a domain that is not known to ignore tags."""
    SAME = 8


class MailAgreement(NamedTuple):
    """How two mailboxes agree: the level, and how alike their addresses are, from 0 to 1."""

    level: MailLevel
    similarity: float = 0.0


_MISSING: Final = MailAgreement(MailLevel.MISSING)
_CONFLICT: Final = MailAgreement(MailLevel.CONFLICT)
_SAME: Final = MailAgreement(MailLevel.SAME, 1.0)
_TAGGED: Final = MailAgreement(MailLevel.TAGGED, 0.95)
_ALIKE: Final = 0.8
_DOMAINS_ALIKE: Final = 0.7
_LEAST_LOCAL: Final = 5
_LETTERS_A_SLIP: Final = 5
_MANY_DIGITS: Final = 5
_SOME_DIGITS: Final = 2
_MASKED_LETTERS: Final = 6


def compare_mailboxes(a: Mailbox | None, b: Mailbox | None) -> MailAgreement:
    """Compare two mailboxes. Symmetric."""
    if a is None or b is None or MailKind.PLACEHOLDER in (a.kind, b.kind):
        return _MISSING
    if MailKind.MASKED in (a.kind, b.kind):
        masked, other = sorted((a, b), key=_is_plain)
        return _compare_masked(masked, other)
    if a.local == b.local and a.domain == b.domain:
        return _SAME if a.tag == b.tag else _TAGGED
    if not _is_whole(a.domain) or not _is_whole(b.domain):
        return _compare_broken(a, b)
    return _compare_different(a, b)


def _compare_different(a: Mailbox, b: Mailbox) -> MailAgreement:
    similarity = _similarity(a.address, b.address)
    return MailAgreement(_level_of(a, b, similarity), similarity)


def _level_of(a: Mailbox, b: Mailbox, similarity: float) -> MailLevel:
    domains_alike = a.domain == b.domain or _are_domains_alike(a.domain, b.domain)
    if a.local == b.local:
        return MailLevel.CLOSE if domains_alike else MailLevel.SAME_LOCAL
    if a.letters and a.letters == b.letters:
        if _are_digits_alike(a.digits, b.digits):
            return MailLevel.CLOSE if domains_alike else MailLevel.SAME_LOCAL
        if domains_alike:
            return MailLevel.OTHER_NUMBER
    if similarity >= _ALIKE and domains_alike and _is_slip(a, b):
        return MailLevel.CLOSE
    return MailLevel.SAME_DOMAIN if a.domain == b.domain and not a.is_free else MailLevel.CONFLICT


def _are_domains_alike(a: str, b: str) -> bool:
    """Whether two different domains may be one mistyped; two known providers are not."""
    if meant_domain(a) == meant_domain(b):
        return True
    if a in FREE_DOMAINS and b in FREE_DOMAINS:
        return False
    return _similarity(a, b) >= _DOMAINS_ALIKE


def _are_digits_alike(a: str, b: str) -> bool:
    """Whether two numbers are equal, or long and one slip apart: a year is none of them."""
    if a == b:
        return True
    return min(len(a), len(b)) >= _MANY_DIGITS and OSA.distance(a, b, score_cutoff=1) <= 1


def _is_slip(a: Mailbox, b: Mailbox) -> bool:
    """Whether two local parts are one mistyped, rather than those of two people.

    Short ones are not, nor those of another first letter (``jsmith``, ``ksmith``) unless they
    share a number.
    """
    length = max(len(a.local), len(b.local))
    slips = OSA.distance(a.local, b.local)
    if length < _LEAST_LOCAL or slips * _LETTERS_A_SLIP > length + 1:
        return False
    return a.local[0] == b.local[0] or (a.digits == b.digits and len(a.digits) >= _SOME_DIGITS)


def _is_plain(mailbox: Mailbox) -> tuple[bool, str]:
    return mailbox.kind != MailKind.MASKED, mailbox.address


def _compare_masked(masked: Mailbox, other: Mailbox) -> MailAgreement:
    """Compare a mailbox that shows only its beginning and end (``der***@x.com``) with another."""
    start, _, end = masked.local.partition("*")
    seen = start + end.lstrip("*")
    shown = other.local.replace("*", "") if other.kind == MailKind.MASKED else other.local
    if not seen or not shown.startswith(start) or not shown.endswith(end.lstrip("*")):
        return _CONFLICT
    if not (masked.domain == other.domain or _are_domains_alike(masked.domain, other.domain)):
        return _CONFLICT
    return MailAgreement(MailLevel.MASKED, min(1.0, len(seen) / _MASKED_LETTERS))


def _compare_broken(a: Mailbox, b: Mailbox) -> MailAgreement:
    """Compare addresses of which one has lost its ``@`` or its place."""
    similarity = _similarity(a.address.replace("@", ""), b.address.replace("@", ""))
    return MailAgreement(MailLevel.CLOSE, similarity) if similarity >= _ALIKE else _MISSING


def _is_whole(domain: str) -> bool:
    return "." in domain and domain[0] != "."


def _similarity(a: str, b: str) -> float:
    return 1 - OSA.distance(a, b) / max(len(a), len(b), 1)
