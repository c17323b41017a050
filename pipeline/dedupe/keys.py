"""Blocking keys: what two records must share for them to be compared at all."""

from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple

from pipeline.dedupe.features import Features, Kind
from pipeline.dedupe.frequencies import date_core, street_core
from pipeline.dedupe.mailboxes import MailKind
from pipeline.dedupe.scripts import sound_key
from pipeline.leads.keys import hash_text

_LEAST_LOCAL = 4


class KeyClass(IntEnum):
    """How much a shared key tells; keys are probed in this order."""

    STRONG = 0
    CONJUNCTIVE = 1
    WEAK = 2


CAPS: Mapping[KeyClass, int] = {KeyClass.STRONG: 50, KeyClass.CONJUNCTIVE: 30, KeyClass.WEAK: 12}
"""A key that more records bear is hot: neither probed nor written any more."""


class BlockingKey(NamedTuple):
    """A signed 64-bit hash that is the same on every machine, and its class."""

    hash: int
    kind: KeyClass


def blocking_keys(features: Features) -> Sequence[BlockingKey]:
    """Give a record's keys, each once, strong ones first."""
    keys: dict[int, KeyClass] = {}
    for kind, find in _FINDERS:
        for text in find(features):
            keys.setdefault(hash_text(text), kind)
    return [BlockingKey(*item) for item in sorted(keys.items(), key=lambda item: item[::-1])]


def _strong(features: Features) -> Iterator[str]:
    for mailbox in features.mailboxes:
        if mailbox.domain and mailbox.kind is not MailKind.MASKED:
            yield "m" + mailbox.address
    yield from ("p" + line.tail for line in features.lines)
    yield from ("i" + one for one in features.ids)


def _anchors(features: Features) -> Iterator[str]:
    """Give what a name must meet to be a key: where somebody is, or when born."""
    yield from ("d" + domain for domain in features.domains)
    yield from ("f" + firm.name.partition(" ")[0] for firm in features.firms)
    for place in features.places:
        if place.house:
            yield "h" + place.house
        if place.postcode:
            yield "z" + place.postcode
        if place.city:
            yield "y" + place.city
        if place.street:
            yield "a" + street_core(place.street)
    yield from ("b" + date_core(birth) for birth in features.births)


def _conjunctive(features: Features) -> Iterator[str]:
    anchors = list(_anchors(features))
    for sound in _sounds(features):
        yield from (f"{sound}|{anchor}" for anchor in anchors)
    if features.kind is not Kind.PERSON:
        words = {word for firm in features.firms for word in firm.name.split()}
        for word in words:
            yield from (f"{word}|{anchor}" for anchor in anchors if anchor[0] != "f")
    for mailbox in features.mailboxes:
        if len(mailbox.local) >= _LEAST_LOCAL and mailbox.tells_person:
            yield "l" + mailbox.local
    for place in features.places:
        if place.house and place.street:
            yield f"x{place.house}{street_core(place.street)}"
    for birth in features.births:
        yield from (date_core(birth) + anchor for anchor in anchors if anchor[0] in "yzh")
    for title in features.titles:
        yield from (title + anchor for anchor in anchors if anchor[0] in "fy")


def _sounds(features: Features) -> Sequence[str]:
    """Give how the chief words of a name sound, whichever of them is the surname."""
    words = (word for one in features.people for word in (*one.given[:1], *one.surname[-1:]))
    return sorted({sound_key(word) or word for word in words if len(word) > 1})


def _weak(features: Features) -> Iterator[str]:
    for person in features.people:
        for given in person.given[:1]:
            for surname in person.surname[-1:]:
                sounds = (sound_key(given) or given, sound_key(surname) or surname)
                yield "|".join(sorted(sounds))
                yield f"{given[0]}/{surname}"
                yield f"{surname[0]}/{given}"
    if features.kind is not Kind.PERSON:
        yield from ("c" + firm.name for firm in features.firms)
    yield from map(date_core, features.births)


_FINDERS = (
    (KeyClass.STRONG, _strong),
    (KeyClass.CONJUNCTIVE, _conjunctive),
    (KeyClass.WEAK, _weak),
)
