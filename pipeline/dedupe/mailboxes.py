"""E-mail addresses as mailboxes: what stands for one, and what kind of mailbox it is."""

import re
from enum import StrEnum
from typing import Any, Final, NamedTuple, Self

from pipeline.dedupe.mail_words import (
    DISPOSABLE_DOMAINS,
    FREE_DOMAINS,
    LONG_ROLES,
    MADE_UP_DOMAINS,
    MAIL_DOMAINS,
    PLACEHOLDERS,
    REAL_LOCALS,
    ROLES,
    split_fastmail,
)
from pipeline.dedupe.scripts import fold_name
from pipeline.normalize import mail_domains
from pipeline.normalize.mail_typos import likely_domain

_MAX_LENGTH: Final = 320
_LEAST_LETTERS: Final = 3
_WRAPPING: Final = " <>()[]\"'.,;:"
_LETTERS = re.compile(r"[a-z]+")
_DIGITS = re.compile(r"\d+")
_SEPARATOR = re.compile(r"[^a-z0-9]+")


class MailKind(StrEnum):
    """Whose a mailbox seems to be."""

    PERSONAL = "personal"
    ROLE = "role"
    """A desk's: info@, sales@."""
    DISPOSABLE = "disposable"
    PLACEHOLDER = "placeholder"
    """Nobody's: noemail@, test@test.com."""
    MASKED = "masked"
    """Partly hidden: der***@example.com; ``*`` stands for what is hidden."""
    BROKEN = "broken"
    """Letters without a domain: evidence only if it resembles a whole address."""


_KINDS: Final = {kind.value: kind for kind in MailKind}


class Mailbox(NamedTuple):
    """A mailbox by its canonical local part and domain, in lower case.

    Equal local parts and domains reach the same mailbox, whatever dots, tags or other names of
    the domain the address was written with. ``tag`` is a ``+tag`` that may or may not matter at
    this domain. ``is_free`` tells that anyone gets a mailbox there.
    """

    local: str
    domain: str
    kind: MailKind = MailKind.PERSONAL
    tag: str = ""
    is_free: bool = False

    @property
    def address(self) -> str:
        """The canonical address."""
        return f"{self.local}@{self.domain}" if self.domain else self.local

    @property
    def tells_person(self) -> bool:
        """Whether the mailbox can be evidence of a person."""
        return self.kind == MailKind.PERSONAL

    @property
    def letters(self) -> str:
        """The letters of the local part, without digits and separators."""
        return "".join(_LETTERS.findall(self.local))

    @property
    def digits(self) -> str:
        """The digits of the local part."""
        return "".join(_DIGITS.findall(self.local))

    @property
    def words(self) -> tuple[str, ...]:
        """The local part's words of letters: ``joan.stanley84`` has joan and stanley."""
        return tuple(_LETTERS.findall(self.local))

    def to_row(self) -> list[Any]:
        """Give the mailbox as values that JSON knows; :meth:`from_row` gives the same again."""
        return [self.local, self.domain, self.kind.value, self.tag, self.is_free]

    @classmethod
    def from_row(cls, row: list[Any]) -> Self:
        """Read what :meth:`to_row` wrote."""
        return cls(row[0], row[1], _KINDS[row[2]], row[3], row[4])


def parse_mailbox(email: str) -> Mailbox | None:
    """Parse an address, well-formed or not; None for what has nothing of one.

    Gmail's dots, the tags that providers ignore and other names of a domain are resolved. A tag at
    any other domain is parted from the local part and kept, since it may be another mailbox. So
    is a mistyped domain kept: who compares may find it close.
    """
    text = email[:_MAX_LENGTH].strip().lower()
    if text.startswith("mailto:"):
        text = text.removeprefix("mailto:").partition("?")[0]
    if "<" in text:
        text = text[text.rfind("<") + 1 :].partition(">")[0]
    text = (text if text.isascii() else fold_name(text).lower()).strip(_WRAPPING)
    local, at, domain = text.rpartition("@")
    if not at or not local or not domain:
        return _parse_broken(text.strip("@"))
    return _parse_whole(local.strip(_WRAPPING).replace(" ", ""), domain.replace(" ", ""))


def meant_domain(domain: str) -> str:
    """Give the domain most likely meant by a possibly mistyped one: ``gmial.com`` gmail.com."""
    return domain if domain in MAIL_DOMAINS else likely_domain(domain) or domain


def _parse_whole(local: str, domain: str) -> Mailbox:
    domain = mail_domains.ALIASES.get(domain, domain)
    if fastmail := split_fastmail(domain):
        local, domain = fastmail
    base, plus, tag = local.partition("+")
    if not base:
        base, tag = local, ""
    elif plus and mail_domains.drops_tags(domain):
        tag = ""
    if domain in mail_domains.DOTLESS:
        base = base.replace(".", "") or base
    meant = meant_domain(domain)
    return Mailbox(base, domain, _kind(base, meant), tag, meant in FREE_DOMAINS)


def _parse_broken(text: str) -> Mailbox | None:
    """Parse what has no ``@``, or nothing on one side; with hardly a letter it is nothing."""
    bare = _SEPARATOR.sub("", text)
    if sum(map(str.isalpha, bare)) < _LEAST_LETTERS or bare in PLACEHOLDERS:
        return None
    return Mailbox(text.replace(" ", ""), "", MailKind.BROKEN)


def _kind(local: str, domain: str) -> MailKind:
    if "*" in local:
        return MailKind.MASKED
    bare = _SEPARATOR.sub("", local)
    name = domain.partition(".")[0]
    is_made_up = name in MADE_UP_DOMAINS
    if not bare or (bare in PLACEHOLDERS and (is_made_up or bare not in REAL_LOCALS)):
        return MailKind.PLACEHOLDER
    if bare == name and is_made_up:
        return MailKind.PLACEHOLDER
    if domain in DISPOSABLE_DOMAINS:
        return MailKind.DISPOSABLE
    return MailKind.ROLE if _is_role(local, bare) else MailKind.PERSONAL


def _is_role(local: str, bare: str) -> bool:
    """Whether a local part names a desk: ``info``, ``sales.uk``, ``contact2``.

    A word of three letters or less does so only alone: ``a.r`` is somebody's initials.
    """
    if len(bare) <= _LEAST_LETTERS or local in ROLES:
        return local in ROLES
    if bare in ROLES or bare.rstrip("0123456789") in LONG_ROLES:
        return True
    return not local.isalnum() and _SEPARATOR.split(local)[0] in LONG_ROLES
