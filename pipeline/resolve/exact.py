"""Who is beyond doubt the person about to be entered: by the pipeline's own exact keys."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy.orm import Session

from pipeline.database.dialects import find_rows, table_of
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
    email, phone = email_hash(lead.email), _phone_key(db, lead)
    found = _find_by_keys(db, {email} if phone is None else {email, phone})
    named = is_shared(lead.email)
    by_email = [
        lead_id
        for lead_id, name in found.get(email, ())
        if not named or names_agree(name, lead.name)
    ]
    bearers = found.get(phone, ()) if phone is not None else ()
    by_phone = [lead_id for lead_id, name in bearers if names_agree(name, lead.name)]
    return list(dict.fromkeys((*by_email, *by_phone)))


def _phone_key(db: Session, lead: LeadCreate) -> int | None:
    if not lead.phone:
        return None
    region = db.info.get("region", DEFAULT_REGION)
    return phone_hash(normalize_phone(lead.phone, region).value)


def _find_by_keys(db: Session, keys: Collection[int]) -> Mapping[int, Sequence[tuple[int, str]]]:
    """Give the leads that bear each of some keys, with their names, in order of id."""
    rows = find_rows(db, table_of(LeadKey), ("key", "lead_id"), "key", keys)
    if not rows:
        return {}
    met = sorted({lead_id for _, lead_id in rows})
    names = dict(find_rows(db, table_of(Lead), ("id", "name"), "id", met))
    return {
        key: [
            (lead_id, names[lead_id])
            for lead_id in sorted(lead_id for own, lead_id in rows if own == key)
            if lead_id in names
        ]
        for key in keys
    }
