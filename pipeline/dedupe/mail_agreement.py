"""Comparing two mailboxes, and a mailbox with a name: what one tells about the other."""

from enum import IntEnum
from typing import NamedTuple

from rapidfuzz.distance import OSA

from pipeline.dedupe.mailboxes import Mailbox, MailKind, meant_domain


class MailLevel(IntEnum):
    """How well two mailboxes agree; higher is better."""

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
    """The same local part at another domain."""
    CLOSE = 6
    """A slip of the pen apart, by one person's hand; see the similarity."""
    TAGGED = 7
    """The same but for a tag at a domain that is not known to ignore tags."""
    SAME = 8


class MailAgreement(NamedTuple):
    """How two mailboxes agree: the level, and how alike their addresses are, from 0 to 1."""

    level: MailLevel
    similarity: float = 0.0


_MISSING = MailAgreement(MailLevel.MISSING)
_SAME = MailAgreement(MailLevel.SAME, 1.0)


def compare_mailboxes(a: Mailbox | None, b: Mailbox | None) -> MailAgreement:
    """Compare two mailboxes. Symmetric."""
    if a is None or b is None or MailKind.PLACEHOLDER in (a.kind, b.kind):
        return _MISSING
    if a.local == b.local and a.domain == b.domain and a.kind != MailKind.MASKED:
        return _SAME if a.tag == b.tag else MailAgreement(MailLevel.TAGGED, 0.95)
    if MailKind.MASKED in (a.kind, b.kind):
        return _compare_masked(a, b)
    if not a.domain or not b.domain:
        return _compare_broken(a, b)
    return _compare_different(a, b)


def _compare_different(a: Mailbox, b: Mailbox) -> MailAgreement:
    similarity = _similarity(a.address, b.address)
    domains_meet = a.domain == b.domain or meant_domain(a.domain) == meant_domain(b.domain)
    if a.local == b.local:
        is_slip = domains_meet or _similarity(a.domain, b.domain) >= 0.8
        return MailAgreement(MailLevel.CLOSE if is_slip else MailLevel.SAME_LOCAL, similarity)
    if domains_meet and a.letters == b.letters and a.letters:
        is_dotted = a.digits == b.digits
        return MailAgreement(MailLevel.CLOSE if is_dotted else MailLevel.OTHER_NUMBER, similarity)
    if similarity >= 0.8 and _is_slip(a.local, b.local):
        return MailAgreement(MailLevel.CLOSE, similarity)
    shares = a.domain == b.domain and not a.is_free
    return MailAgreement(MailLevel.SAME_DOMAIN if shares else MailLevel.CONFLICT, similarity)


def _is_slip(a: str, b: str) -> bool:
    """Whether two local parts are one mistyped, rather than those of two people.

    Short ones and those that differ in the first letter (``jsmith``, ``ksmith``) are not.
    """
    length = max(len(a), len(b))
    slips = OSA.distance(a, b)
    return length >= 5 and a[0] == b[0] and slips * 5 <= length + 1


def _compare_masked(a: Mailbox, b: Mailbox) -> MailAgreement:
    """Compare mailboxes one of which shows only its beginning and end: ``der***@x.com``."""
    masked, other = (a, b) if a.kind == MailKind.MASKED else (b, a)
    start, _, end = masked.local.partition("*")
    end = end.lstrip("*")
    fits = other.local.startswith(start) and other.local.endswith(end) and start + end
    if fits and _similarity(masked.domain, other.domain) >= 0.8:
        return MailAgreement(MailLevel.MASKED, min(1.0, len(start + end) / 6))
    return MailAgreement(MailLevel.CONFLICT)


def _compare_broken(a: Mailbox, b: Mailbox) -> MailAgreement:
    ours, theirs = a.address.replace("@", ""), b.address.replace("@", "")
    similarity = _similarity(ours, theirs)
    return MailAgreement(MailLevel.CLOSE, similarity) if similarity >= 0.8 else _MISSING


def _similarity(a: str, b: str) -> float:
    return 1 - OSA.distance(a, b) / max(len(a), len(b), 1)
