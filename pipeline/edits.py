"""What people do to leads by hand, as operations that can be undone."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.database.base import utc_now
from pipeline.database.dialects import serialize_writers
from pipeline.errors import Conflict, LeadNotFound
from pipeline.leads.keys import digest_raw, lead_hashes
from pipeline.leads.models import Lead, LeadKey, Sighting
from pipeline.leads.schemas import LeadCreate
from pipeline.leads.service import DEFAULT_REGION, update_lead_status
from pipeline.leads.values import RESTORABLE, difference, snapshot
from pipeline.matches.models import Match
from pipeline.matches.recording import repoint_matches
from pipeline.matches.service import answer, forbid
from pipeline.merge import merge_record
from pipeline.merges.following import find_canonical, require_living
from pipeline.merges.service import MERGE, merge_leads, split_lead
from pipeline.normalize.phones import normalize_phone
from pipeline.operations.ledger import open_operation, record_change
from pipeline.operations.models import Operation
from pipeline.records import CleanRecord
from pipeline.resolve.index import reindex


def merge_into_lead(db: Session, lead_id: int, entered: LeadCreate) -> Lead:
    """Fold what somebody entered into a lead; what they entered stays as a sighting.

    Raises:
        LeadNotFound: there is no such lead.
    """
    lead = db.get(Lead, lead_id, with_for_update=True, populate_existing=True)
    if lead is None:
        raise LeadNotFound(f"There is no lead {lead_id}.")
    before = snapshot(lead)
    values = snapshot(lead)
    changed = list(merge_record(values, _clean(db, entered), newer=True))
    raw = entered.model_dump(mode="json", exclude_none=True)
    sighting = Sighting(lead_id=lead.id, source=entered.source, raw=raw, digest=digest_raw(raw)[1])
    db.add(sighting)
    if not changed:
        db.flush()
        return lead
    operation = open_operation(db, "edit")
    sighting.operation_id = operation.id
    values["origins"] = {**values["origins"], **dict.fromkeys(changed, f"o:{operation.id}")}
    for name in (*RESTORABLE, "origins"):
        setattr(lead, name, values[name])
    lead.version += 1
    lead.updated_at = utc_now()
    old, new = difference(before, values)
    record_change(db, operation, lead.id, before=old, after=new, at=lead.updated_at)
    keys = lead_hashes(values) - lead_hashes(before)
    db.add_all(LeadKey(key=key, lead_id=lead.id) for key in sorted(keys))
    db.flush()
    return lead


def change_status(db: Session, lead_id: int, status: str) -> Lead:
    """Give a lead another status, or the one that it was merged into.

    Raises:
        LeadNotFound: there is no such lead.
        InvalidInput: the status is none of the four.
    """
    lead = update_lead_status(db, lead_id, status)
    if lead is None:
        # It may have been merged while this waited for it; from here on no other is.
        serialize_writers(db)
        lead = update_lead_status(db, require_living(db, lead_id).id, status)
    if lead is None:
        raise LeadNotFound(f"There is no lead {lead_id}.")
    return lead


def merge_by_hand(db: Session, winner_id: int, loser_id: int) -> Operation:
    """Merge two leads because a person says that they are one, which holds for ever.

    Leads that have been merged before stand for those that live in their place.

    Raises:
        LeadNotFound: there is no such lead.
        Conflict: they are one lead.
    """
    serialize_writers(db)
    winner, loser = require_living(db, winner_id).id, require_living(db, loser_id).id
    if winner == loser:
        raise Conflict(f"Leads {winner_id} and {loser_id} are one lead already.")
    operation = open_operation(db, MERGE)
    pair = min(winner, loser), max(winner, loser)
    match = db.scalar(select(Match).where(Match.left_id == pair[0], Match.right_id == pair[1]))
    answer(db, pair, operation, match, is_same=True)
    merge_leads(db, winner, loser, operation=operation)
    repoint_matches(db, {loser: winner})
    reindex(db, pair)
    return operation


def split_by_hand(db: Session, lead_id: int) -> Operation:
    """Split a merged lead off because a person says that it is another. That holds for ever.

    Raises:
        LeadNotFound: there is no such lead, or it is not merged.
        Conflict: the lead that it was merged into has been deleted since.
    """
    serialize_writers(db)
    root = find_canonical(db, [lead_id]).get(lead_id, lead_id)
    operation = split_lead(db, lead_id)
    forbid(db, root, lead_id, operation)
    reindex(db, (root, lead_id))
    return operation


def _clean(db: Session, entered: LeadCreate) -> CleanRecord:
    region = db.info.get("region", DEFAULT_REGION)
    phone = normalize_phone(entered.phone, region) if entered.phone else None
    return CleanRecord(
        row=0,
        name=entered.name,
        email=entered.email,
        phone=phone.value if phone else None,
        phone_verified=phone is not None and phone.verified,
        source=entered.source,
        status=entered.status,
    )
