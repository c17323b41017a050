"""The one straight way: raw records of any source become, or join, leads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from pipeline.database.dialects import serialize_writers
from pipeline.dedupe.exact import KnownLead, KnownLeads, load_known_leads, record_keys
from pipeline.leads.keys import digest_raw
from pipeline.merge import merge_record
from pipeline.normalize.records import normalize_record
from pipeline.records import CleanRecord, Issue, Outcome, RawRecord
from pipeline.runs.models import Run
from pipeline.suppressions import find_suppressed
from pipeline.validate import validate_record
from pipeline.write import NewSighting, write_batch

UNREADABLE = "a record that the engine can read; the raw values are kept with this issue"


@dataclass(slots=True)
class Prepared:
    """A record ready to be written: clean, with its exact keys and the hash of its raw values."""

    record: CleanRecord
    emails: list[int]
    phones: list[int]
    raw: str
    digest: int


@dataclass(slots=True)
class Plan:
    """What one batch will write, decided but not yet done."""

    rows: list[tuple[CleanRecord, Outcome, KnownLead | None]] = field(default_factory=list)
    leads: dict[int, KnownLead] = field(default_factory=dict)
    sightings: list[NewSighting] = field(default_factory=list)
    renewed: list[int] = field(default_factory=list)


def prepare_records(raws: Iterable[RawRecord], *, source: str, region: str) -> list[Prepared]:
    """Normalize and validate records, outside any transaction. No record can stop the others."""
    return [_prepare(raw, source, region) for raw in raws]


def write_records(db: Session, run: Run, prepared: Sequence[Prepared]) -> dict[Outcome, int]:
    """Suppress, match, merge and write one batch in a constant number of statements.

    The caller's transaction also holds the batch's fence. Gives how many records had each outcome.
    """
    serialize_writers(db)
    good = [one for one in prepared if not one.record.rejected]
    suppressed = find_suppressed(db, _contacts(good))
    keys = {key for one in good for key in (*one.emails, *one.phones)}
    known = load_known_leads(db, keys, run.id)
    plan = Plan()
    for one in prepared:
        _decide(plan, known, one, suppressed)
    write_batch(
        db,
        run,
        rows=plan.rows,
        leads=list(plan.leads.values()),
        sightings=plan.sightings,
        renewed=plan.renewed,
    )
    counts = dict.fromkeys(Outcome, 0)
    for _, outcome, _ in plan.rows:
        counts[outcome] += 1
    return counts


def _prepare(raw: RawRecord, source: str, region: str) -> Prepared:
    try:
        record = validate_record(normalize_record(raw, source=source, region=region))
        emails, phones = record_keys(record)
        text, digest = digest_raw(raw.raw)
    except Exception as error:  # noqa: BLE001 - a bad record is told of, never passed on
        issue = Issue("unreadable", "", type(error).__name__, UNREADABLE)
        record = CleanRecord(row=raw.row, raw={}, url=raw.url, issues=[issue])
        return Prepared(record, [], [], "{}", 0)
    return Prepared(record, emails, phones, text, digest)


def _contacts(prepared: Iterable[Prepared]) -> Iterable[tuple[str, str]]:
    for one in prepared:
        for email in (one.record.email, *one.record.other_emails):
            if email:
                yield "email", email
        for phone in (one.record.phone, *one.record.other_phones):
            if phone:
                yield "phone", phone


def _decide(plan: Plan, known: KnownLeads, one: Prepared, suppressed: set[tuple[str, str]]) -> None:
    record = one.record
    if record.rejected:
        plan.rows.append((record, Outcome.REJECTED, None))
        return
    if suppressed and not suppressed.isdisjoint(_contacts((one,))):
        plan.rows.append((record, Outcome.SUPPRESSED, None))
        return
    lead = known.match(record, one.emails, one.phones)
    if lead is None:
        lead = _new_lead(record)
        outcome = Outcome.CREATED
        plan.sightings.append(_sight(lead, one))
    else:
        outcome = _join(plan, lead, one)
    lead.seen_in_run = True
    known.join(lead, (*one.emails, *one.phones))
    plan.leads[id(lead)] = lead
    plan.rows.append((record, outcome, lead))


def _new_lead(record: CleanRecord) -> KnownLead:
    values = {
        "name": record.name,
        "email": record.email,
        "phone": record.phone,
        "phone_verified": record.phone_verified,
        "status": record.status or "new",
        "source": record.source,
        "company": record.company,
        "title": record.title,
        "website": record.website,
        "other_emails": record.other_emails,
        "other_phones": record.other_phones,
        "custom": record.custom,
        "origins": {},
    }
    return KnownLead(None, values, 0)


def _join(plan: Plan, lead: KnownLead, one: Prepared) -> Outcome:
    first_in_run = not lead.seen_in_run
    changed: list[str] = []
    if one.digest in lead.seen_digests:
        earlier = lead.seen_digests[one.digest]
        if isinstance(earlier, int):
            plan.renewed.append(earlier)
    else:
        sighting = _sight(lead, one)
        plan.sightings.append(sighting)
        changed = list(merge_record(lead.values, one.record, newer=first_in_run))
        if changed:
            lead.values["origins"] = {**lead.values["origins"], **dict.fromkeys(changed, sighting)}
    if not first_in_run:
        return Outcome.DUPLICATE
    return Outcome.UPDATED if changed else Outcome.UNCHANGED


def _sight(lead: KnownLead, one: Prepared) -> NewSighting:
    sighting = NewSighting(
        lead, one.record.row, one.record.url, one.record.source, one.digest, one.raw
    )
    lead.seen_digests[one.digest] = sighting
    return sighting
