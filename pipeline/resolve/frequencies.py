"""How rare values are among all leads, from the counters of the index."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.database.dialects import in_values
from pipeline.dedupe.frequencies import CountedTerms
from pipeline.dedupe.models import TermCount
from pipeline.resolve.index import ALL


class StoredFrequencies:
    """The counters of the terms of one batch, read in one statement; others one by one."""

    def __init__(self, db: Session, terms: Iterable[int]) -> None:
        wanted = {ALL, *terms}
        query = select(TermCount.term, TermCount.count).where(
            in_values(db, TermCount.term, sorted(wanted))
        )
        self._db = db
        self._counts = dict.fromkeys(wanted, 0)
        self._counts.update(db.connection().execute(query).all())
        self.records = self._counts[ALL]

    def count(self, term: int) -> int:
        """Give how many leads bear a term."""
        known = self._counts.get(term)
        if known is None:
            query = select(TermCount.count).where(TermCount.term == term)
            known = self._counts[term] = self._db.scalar(query) or 0
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
