"""Whole columns at once: each function gives what mapping its single-value twin would give.

A column is joined into one text with a line per cell, and one search finds the cells that are
not plain; only those are looked at one by one. A cell that holds a line break spoils the lines,
so such a column is done cell by cell.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from typing import TypeVar

from pipeline.errors import BadEmail
from pipeline.normalize.emails import (
    CASELESS_MAILBOXES,
    RESERVED,
    email_key,
    find_emails,
    normalize_email,
)
from pipeline.normalize.mail_domains import ALIASES, DOTLESS
from pipeline.normalize.names import set_capitals
from pipeline.normalize.phones import phone_key, verify_plain
from pipeline.normalize.text import normalize_text
from pipeline.normalize.websites import normalize_website

_PIECE = 64
_LABEL_MAX = 63
_ATOM = r"[a-zA-Z0-9_!#$%&'*+\-/=?^`{|}~]++"
_HOST = r"(?:[a-zA-Z0-9]++(?:-[a-zA-Z0-9]++)*\.)+[a-zA-Z]{2,}"
_NOT_EMAIL = re.compile(rf"\n(?!{_ATOM}(?:\.{_ATOM})*@{_HOST}\n)")
_RESERVED_LINE = re.compile(rf"(?:{'|'.join(map(re.escape, RESERVED))})(?=\n)")
_NOT_LOWER_HOST = re.compile(rf"\n(?!{_HOST.replace('a-zA-Z', 'a-z')}\n)")
# Digits of one kind, or rising or falling from an end, are left to phone_key.
_NOT_LINE_KEY = re.compile(r"\n(?!\+(?!0?1234|98765|5551|([0-9])\1*\n)[0-9]{7,15}\n)")
_MANY_NAMED = (*(f"@{domain}" for domain in (*ALIASES, *DOTLESS)),)

Value = TypeVar("Value")


def normalize_texts(cells: Sequence[str]) -> list[str]:
    """Give :func:`normalize_text` of each cell."""
    if _are_clean(cells):
        return list(cells)
    done: list[str] = []
    for start in range(0, len(cells), _PIECE):
        piece = cells[start : start + _PIECE]
        done += piece if _are_clean(piece) else map(normalize_text, piece)
    return done


normalize_companies = normalize_texts


def normalize_names(cells: Sequence[str]) -> list[str]:
    """Give :func:`normalize_name` of each cell."""
    return [
        set_capitals(text) if text.isupper() or text.islower() else text
        for text in normalize_texts(cells)
    ]


def normalize_emails_plain(cells: Sequence[str]) -> list[str | None]:
    """Give the normalized address of each cell that is one plain address, None for the others.

    Plain means that ``find_emails(cell) == [cell]`` and that ``normalize_email`` accepts it.
    None says nothing: the cell may hold an unusual address, several, or none.
    """
    lines = _lines(cells)
    if lines is None:
        return [_plain_email(cell) for cell in cells]
    lowered = lines.lower()
    values: list[str | None] = [
        cell if cell == lower else _lowered_domain(cell)
        for cell, lower in zip(cells, lowered.split("\n")[1:-1], strict=True)
    ]
    odd = [*_odd(_NOT_EMAIL, lines), *_odd(_RESERVED_LINE, lowered)]
    if max(map(len, cells), default=0) > _LABEL_MAX + 1:
        odd += [place for place, cell in enumerate(cells) if len(cell) > _LABEL_MAX + 1]
    for place in odd:
        values[place] = None
    return values


def email_keys(emails: Sequence[str]) -> list[str]:
    """Give :func:`email_key` of each normalized address."""
    lowered = list(map(str.lower, emails))
    text = "\n".join(lowered)
    if "+" in text or any(domain in text for domain in _MANY_NAMED):
        return [
            email_key(low) if "+" in low or low.endswith(_MANY_NAMED) else low for low in lowered
        ]
    return lowered


def normalize_phones_plain(cells: Sequence[str], regions: str | Sequence[str]) -> list[str | None]:
    """Give the E.164 of each cell that is one plain valid number, None for the others.

    ``regions`` is the home of the numbers, or that of each. Plain means that
    ``find_phones(cell) == [cell]``. None says nothing: the number may be invalid or unusual.
    """
    homes = repeat(regions, len(cells)) if isinstance(regions, str) else regions
    return list(map(verify_plain, cells, homes))


def phone_keys(phones: Sequence[str]) -> list[str | None]:
    """Give :func:`phone_key` of each normalized phone."""
    return _mapped(phones, _NOT_LINE_KEY, lambda phone: phone[1:], phone_key)


def normalize_websites(cells: Sequence[str]) -> list[str | None]:
    """Give :func:`normalize_website` of each cell."""
    short = max(map(len, cells), default=0) <= _LABEL_MAX
    if not short:
        return list(map(normalize_website, cells))
    return _mapped(cells, _NOT_LOWER_HOST, "https://".__add__, normalize_website)


def _are_clean(cells: Sequence[str]) -> bool:
    """Whether all cells are printable NFC with single spaces inside and none around."""
    text = f"`{'`'.join(cells)}`"
    return (
        text.isprintable()
        and not ("  " in text or "` " in text or " `" in text)
        and (text.isascii() or unicodedata.is_normalized("NFC", text))
    )


def _lines(cells: Sequence[str]) -> str | None:
    """Give a line break, then each cell and a line break; None if a cell holds one itself."""
    text = "\n".join(("", *cells, ""))
    return text if text.count("\n") == len(cells) + 1 else None


def _odd(pattern: re.Pattern[str], lines: str) -> Iterable[int]:
    """Find the cells where the pattern matches their line or the break before it."""
    place, start = -1, 0
    for found in pattern.finditer(lines):
        place += lines.count("\n", start, found.end())
        start = found.end()
        if start < len(lines):
            yield place


def _mapped(
    cells: Sequence[str],
    odd: re.Pattern[str],
    plain: Callable[[str], Value],
    careful: Callable[[str], Value],
) -> list[Value]:
    """Map ``plain`` over the cells, and ``careful`` over those that are odd."""
    lines = _lines(cells)
    if lines is None:
        return list(map(careful, cells))
    values = list(map(plain, cells))
    for place in _odd(odd, lines):
        values[place] = careful(cells[place])
    return values


def _plain_email(cell: str) -> str | None:
    if find_emails(cell) != [cell]:
        return None
    try:
        return normalize_email(cell)
    except BadEmail:
        return None


def _lowered_domain(email: str) -> str:
    local, at, domain = email.partition("@")
    mailbox = local.lower()
    return f"{mailbox if mailbox in CASELESS_MAILBOXES else local}{at}{domain.lower()}"
