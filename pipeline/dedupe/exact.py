"""Exact matching of a batch: the leads that share an e-mail, or a phone and an agreeing name."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.database.dialects import in_values
from pipeline.leads.keys import email_hashes, phone_hashes
from pipeline.leads.models import Lead, LeadKey, Sighting
from pipeline.leads.values import RESTORABLE
from pipeline.normalize.names import names_agree
from pipeline.records import CleanRecord

_COLUMNS = [getattr(Lead, name) for name in ("id", *RESTORABLE, "origins", "version")]


class KnownLead:
    """A lead as one batch sees it: its values before, and as they become."""

    __slots__ = (
        *("before", "id", "keys", "new_keys"),
        *("seen_digests", "seen_in_run", "values", "version"),
    )

    def __init__(self, lead_id: int | None, values: dict[str, Any], version: int) -> None:
        self.id = lead_id
        self.values = values
        self.before = dict(values) if lead_id is not None else None
        self.version = version
        self.keys: set[int] = set()
        self.new_keys: set[int] = set()
        self.seen_digests: dict[int, Any] = {}
        self.seen_in_run = False


class KnownLeads:
    """All leads that the records of one batch may belong to, found by exact key."""

    def __init__(self) -> None:
        self._by_key: dict[int, list[KnownLead]] = {}

    def add(self, lead: KnownLead, keys: Iterable[int]) -> None:
        """Let a lead be found by these keys from now on."""
        for key in keys:
            if key not in lead.keys:
                lead.keys.add(key)
                self._by_key.setdefault(key, []).append(lead)

    def join(self, lead: KnownLead, keys: Iterable[int]) -> None:
        """Let a lead take over the keys of a record that it keeps all contacts of."""
        for key in keys:
            if key not in lead.keys:
                lead.new_keys.add(key)
                self.add(lead, (key,))

    def match(self, record: CleanRecord, emails: list[int], phones: list[int]) -> KnownLead | None:
        """Give the lead that this record speaks of: by e-mail first, then by phone and name."""
        for key in emails:
            for lead in self._by_key.get(key, ()):
                return lead
        for key in phones:
            for lead in self._by_key.get(key, ()):
                if names_agree(lead.values["name"], record.name):
                    return lead
        return None


def record_keys(record: CleanRecord) -> tuple[list[int], list[int]]:
    """Give a record's exact keys: those of its e-mails, those of its phones."""
    emails = email_hashes((record.email, *record.other_emails))
    return emails, phone_hashes((record.phone, *record.other_phones))


def load_known_leads(db: Session, keys: Iterable[int], run_id: int) -> KnownLeads:
    """Load every lead that bears one of these keys, with what its sightings tell.

    Takes three statements however many keys there are. The rows stay locked until the end of the
    transaction, so that no edit made meanwhile is lost.
    """
    known = KnownLeads()
    pairs = db.execute(
        select(LeadKey.lead_id, LeadKey.key)
        .where(in_values(db, LeadKey.key, keys))
        .order_by(LeadKey.lead_id)
    ).all()
    if not pairs:
        return known
    leads = _load_leads(db, {lead_id for lead_id, _ in pairs})
    _mark_sightings(db, leads, run_id)
    for lead_id, key in pairs:
        if lead_id in leads:
            known.add(leads[lead_id], (key,))
    return known


def _load_leads(db: Session, ids: set[int]) -> dict[int, KnownLead]:
    query = select(*_COLUMNS).where(in_values(db, Lead.id, sorted(ids))).order_by(Lead.id)
    leads = {}
    for lead_id, *values, origins, version in db.execute(query.with_for_update()):
        named = dict(zip(RESTORABLE, values, strict=True))
        leads[lead_id] = KnownLead(lead_id, {**named, "origins": origins}, version)
    return leads


def _mark_sightings(db: Session, leads: dict[int, KnownLead], run_id: int) -> None:
    query = select(Sighting.id, Sighting.lead_id, Sighting.digest, Sighting.last_run_id).where(
        in_values(db, Sighting.lead_id, list(leads)), Sighting.withdrawn_by.is_(None)
    )
    for sighting_id, lead_id, digest, last_run_id in db.execute(query):
        lead = leads[lead_id]
        lead.seen_digests[digest] = sighting_id
        lead.seen_in_run = lead.seen_in_run or last_run_id == run_id
