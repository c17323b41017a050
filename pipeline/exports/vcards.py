"""Leads as vCards 3.0 (RFC 2426), which every address book reads.

What a card has no place for stands in properties of ours, so that nothing is lost: ``X-LEAD-ID``,
``X-LEAD-STATUS`` and so on, and one ``X-LEAD-FIELD:name;value`` for each custom field.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.exports.columns import COLUMNS, Batches, LeadRow
from pipeline.readers.own_cards import FIELD, PRODUCT, PROPERTIES, own_property

MAX_OCTETS = 75
_HEAD = ("BEGIN:VCARD", "VERSION:3.0", f"PRODID:{PRODUCT}")
_is_special = re.compile(r"[\\,;\r\n]").search
_ESCAPES = str.maketrans({"\\": r"\\", ",": r"\,", ";": r"\;", "\n": r"\n", "\r": r"\n"})
_PROPERTIES = PROPERTIES | {
    "email": "EMAIL;TYPE=INTERNET,PREF",
    "phone": "TEL;TYPE=VOICE,PREF",
    "other_emails": "EMAIL;TYPE=INTERNET",
    "other_phones": "TEL;TYPE=VOICE",
}
_NAMES = [_PROPERTIES.get(name) or own_property(name) for name in COLUMNS]


def write_vcards(batches: Batches, _: Sequence[str] = ()) -> Iterator[bytes]:
    """Give one card per lead, in UTF-8, lines of at most 75 octets ended by CRLF."""
    for leads in batches:
        yield "".join([_card(lead) for lead in leads]).encode()


def _card(lead: LeadRow) -> str:
    *values, custom = lead
    known = dict(zip(COLUMNS, values, strict=True))
    lines = [*_HEAD, f"N:{_parts_of_name(known)}"]
    for name, value in zip(_NAMES, values, strict=True):
        if value.__class__ is list:
            lines += [f"{name}:{_escaped(one)}" for one in value]
        elif value:
            # A URL is no text to vCard 3.0: nothing in it is escaped.
            lines.append(f"{name}:{value if name == 'URL' else _escaped(str(value))}")
    lines.append(f"CATEGORIES:{known['status']}")
    if "notes" in custom:
        lines.append(f"NOTE:{_escaped(custom['notes'])}")
    lines += [f"{FIELD}:{_escaped(name)};{_escaped(custom[name])}" for name in sorted(custom)]
    card = "\r\n".join([*lines, "END:VCARD", ""])
    if card.isascii() and max(map(len, lines)) <= MAX_OCTETS:
        return card
    return "\r\n".join([*map(_folded, lines), "END:VCARD", ""])


def _parts_of_name(known: Mapping[str, Any]) -> str:
    """Give surname and given name, as far as a name tells; a company has neither."""
    if known["name"] == known["company"]:
        return ";;;;"
    given, _, surname = known["name"].rpartition(" ")
    return f"{_escaped(surname)};{_escaped(given)};;;"


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES) if _is_special(text) else text


def _folded(line: str) -> str:
    """Go on in the next line before one has more octets than it may."""
    if line.isascii():
        rest = range(MAX_OCTETS, len(line), MAX_OCTETS - 1)
        return "\r\n ".join(
            [line[:MAX_OCTETS], *(line[place : place + MAX_OCTETS - 1] for place in rest)]
        )
    pieces, octets = [], 0
    for character in line:
        size = len(character.encode())
        if octets + size > MAX_OCTETS:
            pieces.append("\r\n ")
            octets = 1
        pieces.append(character)
        octets += size
    return "".join(pieces)
