"""Making matches in a test by the real comparison, without the resolution."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.dedupe.compare import Comparison, compare
from pipeline.dedupe.features import Features, describe
from pipeline.dedupe.frequencies import CountedTerms, terms_of
from pipeline.dedupe.weights import DEFAULTS, Weights
from pipeline.leads.models import Lead
from pipeline.leads.schemas import LeadCreate
from pipeline.leads.service import create_lead
from pipeline.matches.models import Match
from pipeline.matches.recording import NewMatch, record_matches

RECORDS = 1_000
"""So many leads there are, as far as frequencies know."""


class Noted(CountedTerms):
    """Counts that note what was asked of them."""

    def __init__(self, counts: CountedTerms) -> None:
        super().__init__(counts.records)
        self._known = counts

    def count(self, term: int) -> int:
        """Give a count and note it."""
        self.counts[term] = self._known.count(term)
        return self.counts[term]


def enter(db: Session, name: str, email: str, *, source: str = "Fair") -> Lead:
    """Enter a lead."""
    return create_lead(db, LeadCreate(name=name, email=email, source=source))


def features_of(lead: Lead) -> Features:
    """Describe a lead as matching sees it."""
    return describe({"name": lead.name, "email": lead.email or "", "phone": lead.phone or ""})


def score(a: Lead, b: Lead, weights: Weights = DEFAULTS) -> NewMatch:
    """Compare two leads, the older first."""
    left, right = sorted((a, b), key=lambda lead: lead.id)
    mine, other = features_of(left), features_of(right)
    counted = CountedTerms(RECORDS, dict.fromkeys((*terms_of(mine), *terms_of(other)), 7))
    used = Noted(counted)
    comparison = compare(mine, other, used, weights)
    return NewMatch(left.id, right.id, [mine], [other], comparison, used)


def ask(db: Session, a: Lead, b: Lead, *, run_id: int | None = None) -> Match:
    """Put the question whether two leads are one into the queue."""
    scored = score(a, b)
    doubtful = Comparison(min(scored.comparison.bits, 2.0), scored.comparison.reasons)
    record_matches(db, [scored], DEFAULTS, run_id=run_id)
    _ = doubtful
    return find_matches(db)[-1]


def find_matches(db: Session) -> Sequence[Match]:
    """Give all matches in order of id."""
    query = select(Match).order_by(Match.id).execution_options(populate_existing=True)
    return db.scalars(query).all()
