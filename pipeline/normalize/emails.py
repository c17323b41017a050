"""E-mail addresses: found in a cell, judged by email-validator, reduced to a person's key."""

import re

from email_validator import SPECIAL_USE_DOMAIN_NAMES, validate_email
from email_validator.rfc_constants import CASE_INSENSITIVE_MAILBOX_NAMES

from pipeline.errors import BadEmail
from pipeline.normalize import mail_domains
from pipeline.normalize.text import normalize_text, word_set

MAX_LENGTH = 2_048
"""Longer texts are refused unread; the library itself refuses all above 254 bytes."""

_ATOM = r"[a-zA-Z0-9_!#$%&'*+\-/=?^`{|}~]+"
_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_PLAIN = re.compile(
    rf"({_ATOM}(?:\.{_ATOM})*)@((?:{_LABEL}\.)+(?:[a-zA-Z0-9][a-zA-Z0-9-]{{0,61}})?[a-zA-Z])"
)
_PLAIN_MAX = 254
RESERVED = tuple(f".{name}" for name in SPECIAL_USE_DOMAIN_NAMES)
CASELESS_MAILBOXES = frozenset(CASE_INSENSITIVE_MAILBOX_NAMES)
_SEPARATORS = re.compile(r"\s*(?::::|[;,|\s])\s*")
_BRACKETED = re.compile(r"<([^<>]*@[^<>]*)>")
_WRAPPING = " <>()[]\"'"
_PLACEHOLDERS = word_set(
    "- -- . / ? n/a na n.a. none null nil nan unknown undefined #n/a no email noemail"
)


def normalize_email(text: str) -> str:
    """Give the address as email-validator normalizes it: local part kept, domain in lower case.

    An international domain is given in Unicode. Deliverability is not looked up.

    Raises:
        BadEmail: the syntax is wrong; the text is the library's reason.
    """
    text = text.strip()
    plain = _PLAIN.fullmatch(text) if len(text) <= _PLAIN_MAX else None
    if plain and "--" not in text:
        local, domain = plain[1], plain[2].lower()
        if not domain.endswith(RESERVED):
            return f"{local.lower() if local.lower() in CASELESS_MAILBOXES else local}@{domain}"
    if len(text) > MAX_LENGTH:
        raise BadEmail("The email address is too long.")
    try:
        return validate_email(text, check_deliverability=False).normalized
    except ValueError as error:
        raise BadEmail(str(error)) from None


def find_emails(text: str) -> list[str]:
    """Find the addresses in a cell, unjudged, in the order published and each once.

    Understands lists (``a@x.com; b@y.com``, ``a@x.com ::: b@y.com``), ``mailto:`` links and
    ``Ann <a@x.com>``. A cell without any address comes back whole, so that it can be judged;
    a blank or a placeholder such as ``n/a`` gives an empty list.
    """
    if len(text) <= _PLAIN_MAX and _PLAIN.fullmatch(text):
        return [text]
    clean = normalize_text(text)
    if not clean or clean.lower() in _PLACEHOLDERS:
        return []
    bracketed = _BRACKETED.findall(clean)
    parts = bracketed or _SEPARATORS.split(clean)
    found = (_bare(part) for part in parts)
    return list(dict.fromkeys(part for part in found if "@" in part.strip("@"))) or [clean]


def email_key(email: str) -> str:
    """Give what stands for the mailbox behind a normalized address, whatever its spelling.

    Case never matters; consumer Gmail ignores dots; tags are dropped only where the provider
    is known to ignore them. Yahoo's ``name-keyword`` stays, since ``name`` alone is no mailbox.
    """
    local, _, domain = email.lower().rpartition("@")
    domain = mail_domains.ALIASES.get(domain, domain)
    base = local
    if "+" in local and mail_domains.drops_tags(domain):
        base = local.partition("+")[0]
    if domain in mail_domains.DOTLESS:
        base = base.replace(".", "")
    return f"{base or local}@{domain}"


def _bare(part: str) -> str:
    """Strip an address of what files wrap around it."""
    bare = part.strip(_WRAPPING + ".,")
    return bare[7:].partition("?")[0].strip(_WRAPPING) if bare[:7].lower() == "mailto:" else bare
