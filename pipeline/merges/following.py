"""Following merged ids to the leads that live in their place."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.database.dialects import in_values
from pipeline.errors import Conflict, LeadNotFound
from pipeline.leads.models import Lead
from pipeline.leads.service import get_lead_by_id
from pipeline.merges.models import Merge


def find_canonical(db: Session, lead_ids: Iterable[int]) -> Mapping[int, int]:
    """Give for each merged lead the one that lives in its place; others are left out."""
    found: dict[int, int] = {}
    asked = {lead_id: lead_id for lead_id in lead_ids}
    while asked:
        query = select(Merge.loser_id, Merge.winner_id).where(
            in_values(db, Merge.loser_id, sorted(set(asked.values()))), Merge.split_by.is_(None)
        )
        step = {loser: winner for loser, winner in db.execute(query)}  # noqa: C416 - typed pairs
        asked = {lead: step[now] for lead, now in asked.items() if now in step}
        found |= asked
    return found


def require_living(db: Session, lead_id: int) -> Lead:
    """Give a lead, or the one that it was merged into.

    Raises:
        LeadNotFound: there is no such lead.
    """
    lead = get_lead_by_id(db, lead_id)
    if lead is None:
        canonical = find_canonical(db, [lead_id]).get(lead_id)
        lead = get_lead_by_id(db, canonical) if canonical is not None else None
    if lead is None:
        raise LeadNotFound(f"There is no lead {lead_id}.")
    return lead


def require_unmerged(db: Session, lead_id: int) -> None:
    """Make sure that an id is not that of a merged lead.

    Raises:
        Conflict: it is; the text names the lead that lives in its place.
    """
    canonical = find_canonical(db, [lead_id]).get(lead_id)
    if canonical is not None:
        raise Conflict(
            f"Lead {lead_id} was merged into lead {canonical}. Split it first, or take that lead."
        )
