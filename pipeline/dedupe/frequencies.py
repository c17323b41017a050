"""How rare a value is among all records: what agreeing on it is worth."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from pipeline.dedupe.features import Features
from pipeline.leads.keys import hash_text


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
    names = (f"name:{word}" for name in features.parts.get("name", ()) for word in name.split())
    return sorted({hash_text(term) for term in names})
