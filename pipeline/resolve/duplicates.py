"""Leads entered one by one: who they likely are is told at once, and a person decides."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from pipeline.dedupe.decide import Band, band_of
from pipeline.dedupe.features import describe
from pipeline.leads.models import Lead
from pipeline.leads.schemas import LeadCreate
from pipeline.leads.service import DEFAULT_REGION
from pipeline.matches.judgements import find_judgements
from pipeline.matches.service import current_weights
from pipeline.resolve.entities import Described, describe_alone, find_entities
from pipeline.resolve.exact import find_exact
from pipeline.resolve.index import find_bearers, find_stored, replace
from pipeline.resolve.recording import record_scores
from pipeline.resolve.scoring import Scored, score

NOT_STORED = 0
"""Stands for the id of a lead that has none yet."""


def find_known(db: Session, entered: LeadCreate) -> list[int]:
    """Give the leads that somebody about to be entered is beyond doubt, the surest first.

    They share an exact key, or matching would merge them.
    """
    exact = find_exact(db, entered)
    if not is_on(db):
        return exact
    given = {"name": entered.name, "email": entered.email, "phone": entered.phone or ""}
    features = describe(given, region=db.info.get("region", DEFAULT_REGION))
    entity = Described.of(NOT_STORED, 0, (features,))
    scored = score(db, {NOT_STORED: entity}, current_weights(db))
    return list(dict.fromkeys((*exact, *_likely(scored, NOT_STORED, Band.MERGE))))


def resolve_entered(db: Session, lead: Lead) -> Sequence[int]:
    """Index a lead entered just now, and ask about the leads that it may be one with.

    Gives these, the surest first. Nothing is merged: somebody has asked for a lead of its own.
    """
    if not is_on(db):
        return ()
    entities = {lead.id: _describe(db, lead)}
    found = find_bearers(db, entities.values())
    replace(db, [lead.id], entities, found)
    scored = score(db, entities, current_weights(db), found=found)
    judged = find_judgements(db, sorted(scored.entities))
    record_scores(db, scored, judged, merged={})
    return _likely(scored, lead.id, Band.MERGE, Band.REVIEW)


def is_on(db: Session) -> bool:
    """Whether whoever opened this session wants leads to be matched."""
    return bool(db.info.get("matching", "off") != "off")


def _describe(db: Session, lead: Lead) -> Described:
    """Describe a lead; into one that was never changed nor indexed, none has been merged."""
    if lead.version > 1 or find_stored(db, [lead.id]):
        return find_entities(db, [lead.id])[lead.id]
    return describe_alone(db, lead)


def _likely(scored: Scored, own: int, *bands: Band) -> Sequence[int]:
    found = sorted(
        (-comparison.bits, pair)
        for pair, comparison in scored.comparisons.items()
        if band_of(comparison) in bands
    )
    return [left if right == own else right for _, (left, right) in found]
