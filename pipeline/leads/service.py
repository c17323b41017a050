"""The spec's six functions. Each write belongs to an operation; none commits."""

from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from pipeline.database.base import utc_now
from pipeline.database.dialects import bulk_add, table_of
from pipeline.errors import InvalidInput
from pipeline.leads.keys import digest_raw, lead_hashes
from pipeline.leads.models import STATUSES, Lead, LeadKey, Sighting
from pipeline.leads.schemas import LeadCreate
from pipeline.leads.values import snapshot
from pipeline.normalize.phones import normalize_phone
from pipeline.operations.ledger import MAX_ID, open_operation, record_change

DEFAULT_REGION = "US"


def create_lead(db: Session, lead: LeadCreate) -> Lead:
    """Create a lead as given. A likely duplicate is created too; matching is a later question."""
    region = db.info.get("region", DEFAULT_REGION)
    phone = normalize_phone(lead.phone, region) if lead.phone else None
    now = utc_now()
    created = Lead(
        name=lead.name,
        email=lead.email,
        phone=phone.value if phone else None,
        phone_verified=phone is not None and phone.verified,
        status=lead.status,
        source=lead.source,
        created_at=now,
        updated_at=now,
        other_emails=[],
        other_phones=[],
        custom={},
        origins={},
    )
    db.add(created)
    db.flush()
    operation = open_operation(db, "create")
    values = snapshot(created)
    record_change(db, operation, created.id, before=None, after=values, at=now)
    db.add(_sighting(created, lead.model_dump(mode="json", exclude_none=True)))
    keys = [(key, created.id) for key in lead_hashes(values)]
    bulk_add(db, table_of(LeadKey), ("key", "lead_id"), keys)
    db.flush()
    return created


def get_all_leads(db: Session, skip: int = 0, limit: int = 100) -> list[Lead]:
    """Give a page of all leads, in order of id."""
    return list(db.scalars(select(Lead).order_by(Lead.id).offset(skip).limit(limit)))


def get_lead_by_id(db: Session, lead_id: int) -> Lead | None:
    """Give one lead, or None."""
    return db.get(Lead, lead_id) if 0 < lead_id <= MAX_ID else None


def get_leads_by_status(
    db: Session, status: str, skip: int = 0, limit: int | None = None
) -> list[Lead]:
    """Give the leads of one status, in order of id; all of them unless ``limit`` says less.

    Raises:
        InvalidInput: the status is none of the four.
    """
    _require_status(status)
    query = select(Lead).where(Lead.status == status).order_by(Lead.id)
    return list(db.scalars(query.offset(skip).limit(limit)))


def update_lead_status(db: Session, lead_id: int, status: str) -> Lead | None:
    """Give a lead another status; None if there is no such lead.

    Any status may follow any other. The same status again changes and records nothing.

    Raises:
        InvalidInput: the status is none of the four.
    """
    _require_status(status)
    lead = _get_locked(db, lead_id)
    if lead is None or lead.status == status:
        return lead
    operation = open_operation(db, "status")
    before = {"status": lead.status, "origins": {"status": lead.origins.get("status")}}
    origin = f"o:{operation.id}"
    after: dict[str, Any] = {"status": status, "origins": {"status": origin}}
    lead.status = status
    lead.origins = {**lead.origins, "status": origin}
    lead.updated_at = utc_now()
    lead.version += 1
    record_change(db, operation, lead.id, before=before, after=after, at=lead.updated_at)
    db.flush()
    return lead


def delete_lead(db: Session, lead_id: int) -> bool:
    """Delete a lead; False if there is none. The ledger can bring it back."""
    lead = _get_locked(db, lead_id)
    if lead is None:
        return False
    operation = open_operation(db, "delete")
    record_change(db, operation, lead.id, before=snapshot(lead), after=None)
    db.execute(
        update(Sighting)
        .where(Sighting.lead_id == lead.id, Sighting.withdrawn_by.is_(None))
        .values(withdrawn_by=operation.id)
    )
    keys = lead_hashes(snapshot(lead))
    db.execute(delete(LeadKey).where(LeadKey.key.in_(keys), LeadKey.lead_id == lead.id))
    db.delete(lead)
    db.flush()
    return True


def _get_locked(db: Session, lead_id: int) -> Lead | None:
    if not 0 < lead_id <= MAX_ID:
        return None
    return db.get(Lead, lead_id, with_for_update=True, populate_existing=True)


def _require_status(status: str) -> None:
    if status not in STATUSES:
        raise InvalidInput(f"Unknown status; use one of {', '.join(STATUSES)}.")


def _sighting(lead: Lead, raw: dict[str, Any]) -> Sighting:
    return Sighting(lead_id=lead.id, source=lead.source, raw=raw, digest=digest_raw(raw)[1])
