"""How rare a value is among all records: what agreeing on it is worth."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Protocol

from pipeline.dedupe.features import Features
from pipeline.dedupe.place_words import LIGHT
from pipeline.leads.keys import hash_text

_HASHES_KEPT = 1 << 15
_LINE = 9
_DATE = 8


class Frequencies(Protocol):
    """How many records there are, and how many of them bear a term."""

    @property
    def records(self) -> int:
        """The number of records counted."""

    def count(self, term: int) -> int:
        """Give how many records bear a term of :func:`terms_of`; 0 where it is unknown."""


class CountedTerms:
    """Frequencies held in memory: of a file, or of the terms that one batch asks for."""

    def __init__(self, records: int = 0, counts: Mapping[int, int] | None = None) -> None:
        self.records = records
        self.counts: dict[int, int] = dict(counts or {})

    def count(self, term: int) -> int:
        """Give how many records bear a term."""
        return self.counts.get(term, 0)

    def add(self, terms: Iterable[int], *, times: int = 1) -> None:
        """Count one more record with these terms; ``times`` of -1 takes one away."""
        self.records += times
        for term in terms:
            self.counts[term] = self.counts.get(term, 0) + times


def terms_of(features: Features) -> Sequence[int]:
    """Give the terms of a record whose rarity counts, each once, as 64-bit hashes."""
    return sorted({term_hash(term) for term in _terms(features)})


@lru_cache(maxsize=_HASHES_KEPT)
def term_hash(term: str) -> int:
    """Give the hash that a term is counted under."""
    return hash_text(term)


@lru_cache(maxsize=_HASHES_KEPT)
def street_core(street: str) -> str:
    """Give the words that tell a street, without its kind and direction."""
    words = street.split()
    return " ".join([word for word in words if word not in LIGHT] or words)


def line_core(number: str) -> str:
    """Give the end of a phone number by which it is counted, however it is dialled."""
    return number[-_LINE:]


def date_core(date: str) -> str:
    """Give a date without the mark of doubt."""
    return date[:_DATE]


def _terms(features: Features) -> Iterator[str]:
    """Write each value with a letter in front that tells its field."""
    for person in features.people:
        yield from ("g:" + word for word in person.given)
        yield from ("s:" + word for word in person.surname)
    for mailbox in features.mailboxes:
        yield "m:" + mailbox.address
        yield "l:" + mailbox.local
    yield from ("p:" + line_core(line.number) for line in features.lines)
    yield from ("d:" + domain for domain in features.domains)
    for firm in features.firms:
        yield "c:" + firm.name
        yield from ("w:" + word for word in firm.name.split())
    for place in features.places:
        values = (place.house, street_core(place.street), *place[3:])
        yield from (mark + value for mark, value in zip(_PLACE_MARKS, values, strict=True) if value)
    yield from ("b:" + date_core(birth) for birth in features.births)
    yield from ("i:" + one for one in features.ids)
    yield from ("t:" + title for title in features.titles)


_PLACE_MARKS = ("h:", "a:", "y:", "z:", "r:", "n:")
