"""A lead entered by hand that joins one already known, as an operation that can be undone."""

from sqlalchemy.orm import Session

from pipeline.database.base import utc_now
from pipeline.errors import LeadNotFound
from pipeline.leads.keys import digest_raw, lead_hashes
from pipeline.leads.models import Lead, LeadKey, Sighting
from pipeline.leads.schemas import LeadCreate
from pipeline.leads.service import DEFAULT_REGION
from pipeline.leads.values import RESTORABLE, difference, snapshot
from pipeline.merge import merge_record
from pipeline.normalize.phones import normalize_phone
from pipeline.operations.ledger import open_operation, record_change
from pipeline.records import CleanRecord


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
