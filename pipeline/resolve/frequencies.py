"""How rare values are among all leads, from the counters of the index."""

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from pipeline.database.dialects import find_rows, table_of
from pipeline.dedupe.frequencies import CountedTerms
from pipeline.dedupe.models import TermCount
from pipeline.resolve.index import ALL


class StoredFrequencies:
    """The counters of the terms of one batch, read in one statement; others one by one."""

    def __init__(self, db: Session, terms: Iterable[int]) -> None:
        wanted = {ALL, *terms}
        self._db = db
        self._counts = dict.fromkeys(wanted, 0)
        self._counts.update(_find_counts(db, sorted(wanted)))
        self.records = self._counts[ALL]

    def count(self, term: int) -> int:
        """Give how many leads bear a term."""
        known = self._counts.get(term)
        if known is None:
            known = self._counts[term] = dict(_find_counts(self._db, [term])).get(term, 0)
        return known


class RecordedFrequencies(CountedTerms):
    """Frequencies that remember what was asked of them, so that a score can be made again."""

    def __init__(self, frequencies: StoredFrequencies) -> None:
        super().__init__(frequencies.records)
        self._frequencies = frequencies

    def count(self, term: int) -> int:
        """Give how many leads bear a term, and remember it."""
        found = self._frequencies.count(term)
        self.counts[term] = found
        return found


def _find_counts(db: Session, terms: Iterable[int]) -> Sequence[tuple[int, int]]:
    return find_rows(db, table_of(TermCount), ("term", "count"), "term", terms)
