"""Who is beyond doubt the person about to be entered: by the pipeline's own exact keys."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.dedupe.exact import is_shared
from pipeline.leads.keys import email_hash, phone_hash
from pipeline.leads.models import Lead, LeadKey
from pipeline.leads.schemas import LeadCreate
from pipeline.leads.service import DEFAULT_REGION
from pipeline.normalize.names import names_agree
from pipeline.normalize.phones import normalize_phone


def find_exact(db: Session, lead: LeadCreate) -> list[int]:
    """Give the leads with this e-mail, then those with this phone and an agreeing name.

    Where many are reached by the e-mail, as by info@, the name must agree as well.
    """
    found = _find_by_key(db, email_hash(lead.email))
    named = is_shared(lead.email)
    by_email = [lead_id for lead_id, name in found if not named or names_agree(name, lead.name)]
    if not lead.phone:
        return by_email
    region = db.info.get("region", DEFAULT_REGION)
    key = phone_hash(normalize_phone(lead.phone, region).value)
    bearers = _find_by_key(db, key) if key is not None else []
    by_phone = [lead_id for lead_id, name in bearers if names_agree(name, lead.name)]
    return list(dict.fromkeys((*by_email, *by_phone)))


def _find_by_key(db: Session, key: int) -> Sequence[tuple[int, str]]:
    query = (
        select(Lead.id, Lead.name)
        .join(LeadKey, LeadKey.lead_id == Lead.id)
        .where(LeadKey.key == key)
        .order_by(Lead.id)
    )
    return [(lead_id, name) for lead_id, name in db.execute(query)]
