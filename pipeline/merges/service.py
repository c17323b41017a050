"""Merging two leads into one, splitting them again, and following merged ids to who lives."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.database.dialects import in_values
from pipeline.merges.models import Merge
from pipeline.operations.models import Operation


def merge_leads(
    db: Session,
    winner_id: int,
    loser_id: int,
    *,
    operation: Operation | None = None,
    match_id: int | None = None,
) -> Merge:
    """Merge one lead into another; nothing of either is lost.

    ``operation`` is the one that the merge belongs to; without one it is an operation of its own.
    The caller holds the writers' lock.

    Raises:
        LeadNotFound: one of them does not live.
    """
    raise NotImplementedError


def split_lead(db: Session, lead_id: int) -> Operation:
    """Take a merged lead out of the lead it was merged into: both are as if never merged.

    The caller holds the writers' lock.

    Raises:
        LeadNotFound: there is no such lead, or it is not merged.
    """
    raise NotImplementedError


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
