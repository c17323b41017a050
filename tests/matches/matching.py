"""Making matches in a test by the real comparison, without the resolution."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.dedupe.compare import compare_entities
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

    def __init__(self, known: CountedTerms) -> None:
        super().__init__(known.records)
        self._known = known

    def count(self, term: int) -> int:
        """Give a count and note it."""
        self.counts[term] = self._known.count(term)
        return self.counts[term]


def enter(db: Session, name: str, email: str, *, phone: str | None = None) -> Lead:
    """Enter a lead."""
    return create_lead(db, LeadCreate(name=name, email=email, phone=phone, source="Fair"))


def score(a: Lead, b: Lead, *, merged_by: int | None = None) -> NewMatch:
    """Compare two leads, the older first."""
    left, right = sorted((a, b), key=lambda lead: lead.id)
    return score_as(left.id, _features(left), right.id, _features(right), merged_by=merged_by)


def score_as(
    left_id: int,
    left: Features,
    right_id: int,
    right: Features,
    *,
    weights: Weights = DEFAULTS,
    merged_by: int | None = None,
) -> NewMatch:
    """Compare two leads by given features."""
    known = CountedTerms(RECORDS, dict.fromkeys((*terms_of(left), *terms_of(right)), 7))
    used = Noted(known)
    comparison = compare_entities([left], [right], used, weights)
    return NewMatch(left_id, right_id, [left], [right], comparison, used, merged_by)


def ask(db: Session, a: Lead, b: Lead, *, run_id: int | None = None) -> Match:
    """Put the question whether two leads are one into the queue."""
    assert record_matches(db, [score(a, b)], DEFAULTS, run_id=run_id) == 1
    return find_matches(db)[-1]


def ask_of_pair(db: Session, name: str, *, run_id: int | None = None) -> Match:
    """Enter two leads of one name and mailbox, and ask whether they are one."""
    mailbox = name.replace(" ", ".").lower()
    return ask(
        db,
        enter(db, name, f"{mailbox}@acme-tools.com"),
        enter(db, name, f"{mailbox}@acme-tools.com"),
        run_id=run_id,
    )


def find_matches(db: Session) -> Sequence[Match]:
    """Give all matches in order of id, as the database has them."""
    query = select(Match).order_by(Match.id).execution_options(populate_existing=True)
    return db.scalars(query).all()


def _features(lead: Lead) -> Features:
    return describe({"name": lead.name, "email": lead.email or "", "phone": lead.phone or ""})
