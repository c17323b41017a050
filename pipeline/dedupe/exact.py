"""Exact matching of a batch: the leads that share an e-mail, or a phone and an agreeing name."""

from collections.abc import Iterable, KeysView, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.database.dialects import in_values
from pipeline.dedupe.mailboxes import MailKind, parse_mailbox
from pipeline.leads.keys import email_hash, email_hashes, phone_hashes
from pipeline.leads.models import Lead, LeadKey, Sighting
from pipeline.leads.values import RESTORABLE
from pipeline.normalize.companies import company_key
from pipeline.normalize.names import names_agree
from pipeline.plans.models import PlannedKey, PlannedLead
from pipeline.records import CleanRecord

_SHARED = {MailKind.ROLE, MailKind.PLACEHOLDER, MailKind.DISPOSABLE}
_COLUMNS = [getattr(Lead, name) for name in ("id", *RESTORABLE, "origins", "version")]


class KnownLead:
    """A lead as one batch sees it: its values before, and as they become.

    A lead's ``values`` are loaded only where a record could change them. A lead that a plan would
    create has minus its row as id. ``seen_digests`` tell which sighting showed each record; None is
    one that this very batch makes, which has no id yet and needs no renewal.
    """

    __slots__ = (
        *("before", "id", "is_planned", "new_keys"),
        *("seen_digests", "seen_in_run", "values", "version"),
    )

    def __init__(self, lead_id: int | None, values: dict[str, Any] | None = None) -> None:
        self.id = lead_id
        self.values: dict[str, Any] = values or {}
        self.before: dict[str, Any] | None = None
        self.version = 0
        self.new_keys: list[int] = []
        self.seen_digests: dict[int, int | None] = {}
        self.seen_in_run = False
        self.is_planned = False


class KnownLeads:
    """All leads that the records of one batch may belong to, found by exact key."""

    def __init__(self, leads: Mapping[int, KnownLead] = MappingProxyType({})) -> None:
        self.by_id = leads
        self._by_key: dict[int, list[KnownLead]] = {}

    def keys(self) -> KeysView[int]:
        """Give the keys that some lead bears."""
        return self._by_key.keys()

    def add(self, lead: KnownLead, key: int) -> None:
        """Note a key that the database says a lead bears."""
        self._by_key.setdefault(key, []).append(lead)

    def join(self, lead: KnownLead, keys: Iterable[int]) -> None:
        """Let a lead take over the keys of a record that it keeps all contacts of."""
        for key in keys:
            bearers = self._by_key.setdefault(key, [])
            if lead not in bearers:
                bearers.append(lead)
                lead.new_keys.append(key)

    def bearers(self, keys: Iterable[int]) -> dict[int, KnownLead]:
        """Give the stored leads that bear one of these keys, by id."""
        leads = (lead for key in keys for lead in self._by_key.get(key, ()))
        return {lead.id: lead for lead in leads if lead.id is not None}

    def is_settled(self, emails: Sequence[int], digest: int) -> bool:
        """Whether a record's lead has shown exactly this record before.

        That lead is found by the first e-mail, so nothing else in the batch can be in between.
        """
        bearers = self._by_key.get(emails[0], []) if emails else []
        return bool(bearers) and digest in bearers[0].seen_digests

    def match(
        self, record: CleanRecord, emails: Sequence[int], phones: Sequence[int]
    ) -> KnownLead | None:
        """Give the lead that this record speaks of: by e-mail first, then by phone and name.

        A mailbox of many, such as info@ or test@, joins only who may be one by the name, and never
        a person and a business.
        """
        for key in emails:
            for bearer in self._by_key.get(key, ()):
                if _reaches_one(record, key) or _may_be_one(record, bearer.values):
                    return bearer
        for key in phones:
            for bearer in self._by_key.get(key, ()):
                if names_agree(bearer.values["name"], record.name):
                    return bearer
        return None

    def match_email(self, emails: Sequence[int]) -> KnownLead | None:
        """Give the lead that bears one of these e-mails."""
        for key in emails:
            for lead in self._by_key.get(key, ()):
                return lead
        return None


def is_shared(address: str) -> bool:
    """Whether an address is a desk's or nobody's, so that many may be reached, or named, by it."""
    mailbox = parse_mailbox(address)
    return mailbox is not None and mailbox.kind in _SHARED


def record_keys(record: CleanRecord) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Give a record's exact keys: those of its e-mails, those of its phones, each once."""
    emails = email_hashes((record.email, *record.other_emails))
    phones = phone_hashes((record.phone, *record.other_phones))
    return tuple(dict.fromkeys(emails)), tuple(dict.fromkeys(phones))


def find_known_leads(
    db: Session,
    keys: Iterable[int],
    run_id: int,
    *,
    is_plan: bool = False,
    ids: Iterable[int] = (),
) -> KnownLeads:
    """Find every lead that bears one of these keys, with what its sightings tell, without values.

    Those with one of these ids are known too, by id.

    Takes a constant number of statements however many keys there are. A plan also knows the leads
    that it would have created or changed by now.
    """
    wanted = list(keys)
    pairs = _find_pairs(db, wanted)
    if is_plan:
        pairs = sorted({*pairs, *_find_planned_pairs(db, wanted, run_id)}, key=_by_age)
    met = dict.fromkeys((*ids, *(lead_id for lead_id, _ in pairs)))
    leads = {lead_id: KnownLead(lead_id) for lead_id in met}
    known = KnownLeads(leads)
    for lead_id, key in pairs:
        known.add(leads[lead_id], key)
    if leads:
        _mark_sightings(db, leads, run_id)
    if is_plan:
        _mark_planned(db, leads, run_id)
    return known


def load_values(db: Session, leads: dict[int, KnownLead], run_id: int, *, is_plan: bool) -> None:
    """Load the values of leads that records of this batch may change.

    The rows stay locked until the end of the transaction, so that no edit made meanwhile is lost.
    """
    stored = sorted(lead_id for lead_id in leads if lead_id > 0)
    query = select(*_COLUMNS).where(in_values(db, Lead.id, stored)).order_by(Lead.id)
    for lead_id, *values, origins, version in db.execute(
        query if is_plan else query.with_for_update()
    ):
        lead = leads[lead_id]
        lead.values = {**dict(zip(RESTORABLE, values, strict=True)), "origins": origins}
        lead.version = version
    if is_plan:
        _overlay(db, leads, run_id)
    for lead in leads.values():
        lead.before = dict(lead.values)


def _reaches_one(record: CleanRecord, key: int) -> bool:
    addresses = (record.email, *record.other_emails)
    return not any(one and email_hash(one) == key and is_shared(one) for one in addresses)


def _may_be_one(record: CleanRecord, values: Mapping[str, Any]) -> bool:
    is_company = values["name"] == values["company"]
    if record.is_company != is_company:
        return False
    if is_company:
        return company_key(values["name"]) == company_key(record.name)
    return names_agree(values["name"], record.name)


def _find_pairs(db: Session, keys: list[int]) -> list[tuple[int, int]]:
    query = (
        select(LeadKey.lead_id, LeadKey.key)
        .where(in_values(db, LeadKey.key, keys))
        .order_by(LeadKey.lead_id)
    )
    return [(lead_id, key) for lead_id, key in db.execute(query)]


def _find_planned_pairs(db: Session, keys: list[int], run_id: int) -> list[tuple[int, int]]:
    query = select(PlannedKey.lead_id, PlannedKey.key).where(
        PlannedKey.run_id == run_id, in_values(db, PlannedKey.key, keys)
    )
    return [(lead_id, key) for lead_id, key in db.execute(query)]


def _by_age(pair: tuple[int, int]) -> tuple[bool, int, int]:
    return pair[0] < 0, abs(pair[0]), pair[1]


def _mark_sightings(db: Session, leads: dict[int, KnownLead], run_id: int) -> None:
    query = select(Sighting.id, Sighting.lead_id, Sighting.digest, Sighting.last_run_id).where(
        in_values(db, Sighting.lead_id, list(leads)), Sighting.withdrawn_by.is_(None)
    )
    for sighting_id, lead_id, digest, last_run_id in db.execute(query):
        lead = leads[lead_id]
        lead.seen_digests[digest] = sighting_id
        if last_run_id == run_id:
            lead.seen_in_run = True


def _mark_planned(db: Session, leads: dict[int, KnownLead], run_id: int) -> None:
    query = select(PlannedLead.lead_id).where(
        PlannedLead.run_id == run_id, in_values(db, PlannedLead.lead_id, list(leads))
    )
    for lead_id in db.scalars(query):
        leads[lead_id].seen_in_run = leads[lead_id].is_planned = True


def _overlay(db: Session, leads: dict[int, KnownLead], run_id: int) -> None:
    query = select(PlannedLead.lead_id, PlannedLead.values).where(
        PlannedLead.run_id == run_id, in_values(db, PlannedLead.lead_id, list(leads))
    )
    for lead_id, values in db.execute(query):
        if values:
            leads[lead_id].values = values
