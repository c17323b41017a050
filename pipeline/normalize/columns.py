"""Whole columns at once: each function gives what mapping its single-value twin would give.

A column is joined into one text with a line per cell, and one search finds the cells that are
not plain; only those are looked at one by one. A cell that holds a line break spoils the lines,
so such a column is done cell by cell.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import chain

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
from pipeline.normalize.number_tables import INVALID, START, Verdict, table_of
from pipeline.normalize.phones import KEY, is_plain, phone_key, verify_plain
from pipeline.normalize.text import normalize_text
from pipeline.normalize.websites import LABEL_MAX, PLAIN, normalize_website, write_out

_PIECE = 64
_ATOM = r"[a-zA-Z0-9_!#$%&'*+\-/=?^`{|}~]++"
_HOST = r"(?:[a-zA-Z0-9]++(?:-[a-zA-Z0-9]++)*\.)+[a-zA-Z]{2,}"
_NOT_EMAIL = re.compile(rf"\n(?!{_ATOM}(?:\.{_ATOM})*@{_HOST}\n)")
_RESERVED_LINE = re.compile(rf"(?:{'|'.join(map(re.escape, RESERVED))})(?=\n)")
_NOT_WEBSITE = re.compile(rf"\n(?!{PLAIN}\n)")
_NOT_KEY = re.compile(rf"\n(?!{KEY}\n)")
_SHAPE = bytes.maketrans(b"123456789", b"0" * 9)
_PUNCTUATION = b" ()./-+"
_MANY_NAMED = (*(f"@{domain}" for domain in (*ALIASES, *DOTLESS)),)


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
"""A company's name is cleaned like any text."""


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
    short = _short(cells)
    lines = _lines(short)
    if lines is None:
        return [_plain_email(cell) for cell in cells]
    lowered = lines.lower()
    values: list[str | None] = [
        cell if cell == lower else _lowered_domain(cell)
        for cell, lower in zip(short, lowered.split("\n")[1:-1], strict=True)
    ]
    for place in chain(_odd(_NOT_EMAIL, lines), _odd(_RESERVED_LINE, lowered)):
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
    homes = [regions] * len(cells) if isinstance(regions, str) else regions
    lines = _lines(_short(cells))
    if lines is None:
        return list(map(verify_plain, cells, homes))
    raw = lines.encode("utf-8", "surrogatepass")
    shapes = raw.translate(_SHAPE).split(b"\n")[1:-1]
    numbers = raw.translate(None, _PUNCTUATION).decode("utf-8", "surrogatepass").split("\n")[1:-1]
    forms = {region: _Forms(region) for region in set(homes)}
    values: list[str | None] = []
    unsure: list[int] = []
    for home, shape, number in zip(homes, shapes, numbers, strict=True):
        verdict = forms[home][shape][number[:START]]
        if verdict:
            values.append(verdict[0] + number[verdict[1] :])
        else:
            if verdict is None:
                unsure.append(len(values))
            values.append(None)
    for place in unsure:
        values[place] = verify_plain(cells[place], homes[place])
    return values


def phone_keys(phones: Sequence[str]) -> list[str | None]:
    """Give :func:`phone_key` of each normalized phone."""
    lines = _lines(phones)
    if lines is None:
        return list(map(phone_key, phones))
    keys: list[str | None] = [phone[1:] for phone in phones]
    for place in _odd(_NOT_KEY, lines):
        keys[place] = phone_key(phones[place])
    return keys


def normalize_websites(cells: Sequence[str]) -> list[str | None]:
    """Give :func:`normalize_website` of each cell."""
    short = _short(cells)
    lines = _lines(short)
    if lines is None:
        return list(map(normalize_website, cells))
    values: list[str | None] = list(map(write_out if "/" in lines else "https://".__add__, short))
    for place in _odd(_NOT_WEBSITE, lines):
        values[place] = normalize_website(cells[place])
    return values


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


def _short(cells: Sequence[str]) -> Sequence[str]:
    """Blank the cells that are longer than a label of a host may be, and so are not plain."""
    if max(map(len, cells), default=0) <= LABEL_MAX:
        return cells
    return [cell if len(cell) <= LABEL_MAX else "" for cell in cells]


class _Nothing(dict[str, Verdict]):
    """The table of texts that are no plain numbers."""

    def __missing__(self, _: str) -> Verdict:
        return INVALID


class _Forms(dict[bytes, dict[str, Verdict]]):
    """The tables of the ways that numbers of one home are written, each digit being 0."""

    def __init__(self, region: str) -> None:
        super().__init__()
        self._region = region

    def __missing__(self, shape: bytes) -> dict[str, Verdict]:
        form = shape.decode("utf-8", "surrogatepass")
        region = None if "+" in form else self._region
        plain = is_plain(form) and region != ""
        self[shape] = table_of(region, form.count("0")) if plain else _Nothing()
        return self[shape]


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
