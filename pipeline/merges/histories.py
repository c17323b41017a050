"""The history of a lead with that of all who live on in it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.database.dialects import in_values
from pipeline.leads.history import History, require_history
from pipeline.merges.following import find_canonical
from pipeline.merges.models import Merge


def require_whole_history(db: Session, lead_id: int) -> History:
    """Give the history of a lead, or of the one it was merged into, from before the merges too.

    Raises:
        LeadNotFound: there is none; if it was deleted, the text names the operation to undo.
    """
    living = find_canonical(db, [lead_id]).get(lead_id, lead_id)
    return require_history(db, living, find_members(db, living))


def find_members(db: Session, lead_id: int) -> list[int]:
    """Give all leads that live on in a lead, in order of id."""
    members: set[int] = set()
    level = {lead_id}
    while level:
        query = select(Merge.loser_id).where(
            in_values(db, Merge.winner_id, sorted(level)), Merge.split_by.is_(None)
        )
        level = set(db.scalars(query)) - members
        members |= level
    return sorted(members)
