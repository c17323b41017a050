"""What becomes of each record of a batch: decided in order of row, written by somebody else."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import orjson
from sqlalchemy.orm import Session

from pipeline.dedupe.exact import KnownLead, KnownLeads, find_known_leads, load_values
from pipeline.exports.returned import find_returned
from pipeline.leads.values import RESTORABLE
from pipeline.merge import merge_record
from pipeline.plans.following import Planned, find_planned
from pipeline.plans.service import is_plan
from pipeline.prepare import Prepared, PreparedBatch, PreparedTable
from pipeline.readers.own_export import own_kinds
from pipeline.records import TEXT_FIELDS, CleanRecord, Issue, Outcome
from pipeline.rules import NEVER, Rules
from pipeline.runs.models import Run
from pipeline.suppressions import find_suppressed

OVERTAKEN = "what the plan said of this row; plan again, for by now it would be "

Contacts = set[tuple[str, str]]


@dataclass(slots=True, eq=False)
class NewSighting:
    """A sighting that a batch makes; its id is known once the batch is written."""

    lead: KnownLead
    row: int
    url: str | None
    source: str
    digest: int
    raw: str
    id: int = 0


@dataclass(slots=True)
class Decision:
    """What becomes of one record. ``values`` are those its lead has then.

    ``before`` and ``after`` tell the fields that change, in a plan and where one is followed.
    """

    row: int
    outcome: Outcome
    lead: KnownLead | None = None
    values: dict[str, Any] | None = None
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    sighting: NewSighting | None = None
    renewed: int | None = None
    record: CleanRecord | None = None


@dataclass(slots=True)
class Decisions:
    """What one batch will write, decided but not yet done.

    ``fresh`` marks the plain rows that become leads of their own and touch no other record;
    ``others`` are the decisions of all other records, in order of row.
    """

    table: PreparedTable
    fresh: Sequence[bool]
    others: list[Decision] = field(default_factory=list)
    leads: dict[int, KnownLead] = field(default_factory=dict)

    def add(self, decision: Decision) -> None:
        """Add the decision of the next record, in order of row."""
        self.others.append(decision)
        if decision.lead is not None:
            self.leads[id(decision.lead)] = decision.lead

    def counts(self) -> dict[Outcome, int]:
        """Give how many records have each outcome."""
        counts = dict.fromkeys(Outcome, 0)
        counts[Outcome.CREATED] = sum(self.fresh)
        for decision in self.others:
            counts[decision.outcome] += 1
        return counts


@dataclass(frozen=True, slots=True)
class Judge:
    """What holds for all records of a batch while they are decided.

    ``planned`` holds, for an import that follows a plan, what the plan said of each row;
    ``tells`` asks for the differences of rows that change a lead; ``returned`` names the leads of
    the rows that are exactly what our own export says of them.
    """

    known: KnownLeads
    suppressed: Contacts
    rules: Rules
    planned: Mapping[int, Planned] | None = None
    tells: bool = False
    returned: Mapping[int, int] = field(default_factory=dict)


def decide_batch(db: Session, run: Run, batch: PreparedBatch) -> Decisions:
    """Decide what becomes of all records of a batch, in order of row; nothing is written."""
    table, planning = batch.table, is_plan(run)
    good = [one for one in batch.others if not one.record.rejected]
    rows = range(len(table))
    keys = {*_table_keys(table, rows), *_keys(good)}
    returned = _find_returned(db, run, batch)
    ids = returned.values()
    known = find_known_leads(db, keys, run.id, is_plan=planning, ids=ids)
    suppressed = find_suppressed(db, _contacts(table, good))
    planned = _find_planned(db, run, batch)
    judge = Judge(
        known,
        suppressed,
        run.params.get("rules", {}),
        planned,
        planning or planned is not None,
        returned,
    )
    fresh = _find_fresh(judge, table, {*known.keys(), *_find_repeated(table, good)})
    rest = [row for row in rows if not fresh[row]]
    settled = {row for row in rest if known.is_settled(table.emails[row], table.digest[row])}
    open_rows = (row for row in rest if row not in settled)
    at_stake = known.bearers({*_table_keys(table, open_rows), *_keys(good)})
    load_values(db, at_stake, run.id, is_plan=planning)
    decisions = Decisions(table, fresh)
    for row, one in _in_order(table, rest, batch.others):
        if one is not None:
            decision = decide(judge, one)
        elif row in settled:
            decision = decide_settled(judge, table, row)
        else:
            decision = decide(judge, table.prepared(row))
        decisions.add(decision)
    return decisions


def contacts_of(record: CleanRecord) -> Iterable[tuple[str, str]]:
    """Give all e-mails and phones of a record, each with its kind."""
    for email in (record.email, *record.other_emails):
        if email:
            yield "email", email
    for phone in (record.phone, *record.other_phones):
        if phone:
            yield "phone", phone


def decide_settled(judge: Judge, table: PreparedTable, index: int) -> Decision:
    """Decide on a plain row that its lead has shown before (:meth:`KnownLeads.is_settled`)."""
    lead = judge.known.match_email(table.emails[index])
    if lead is None or judge.planned is not None or judge.suppressed:
        return decide(judge, table.prepared(index))
    decision = _see_again(lead, table.row[index], lead.seen_digests[table.digest[index]])
    lead.seen_in_run = True
    return decision


def decide(judge: Judge, one: Prepared) -> Decision:
    """Decide what becomes of one record, and let the records after it know.

    Where a plan is followed and something else would happen by now, the record is rejected.
    """
    decision = _decide(judge, one)
    if judge.planned is not None:
        decision = _hold_to(judge.planned, one.record, decision)
    lead = decision.lead
    if lead is not None:
        if decision.values is not None:
            lead.values = decision.values
        if decision.sighting is not None:
            lead.seen_digests[one.digest] = None
            judge.known.join(lead, _kept_keys(judge.rules, one))
        lead.seen_in_run = True
    return decision


def _decide(judge: Judge, one: Prepared) -> Decision:
    record = one.record
    is_returned = record.row in judge.returned
    if record.rejected and not is_returned:
        return Decision(record.row, Outcome.REJECTED, record=record)
    if judge.suppressed and not judge.suppressed.isdisjoint(contacts_of(record)):
        return Decision(record.row, Outcome.SUPPRESSED)
    if is_returned:
        return _recognize(judge.known.by_id[judge.returned[record.row]], one)
    lead = judge.known.match(record, one.emails, one.phones)
    if lead is None:
        lead = KnownLead(None, _new_values(record))
        sighting = _sight(lead, one)
        return Decision(record.row, Outcome.CREATED, lead, sighting=sighting, record=record)
    if one.digest in lead.seen_digests:
        return _see_again(lead, record.row, lead.seen_digests[one.digest])
    return _join(judge, lead, one)


def _recognize(lead: KnownLead, one: Prepared) -> Decision:
    """Decide on a row of our own export that says what its lead says, however it came to be so."""
    if one.digest in lead.seen_digests:
        return _see_again(lead, one.record.row, lead.seen_digests[one.digest])
    outcome = Outcome.DUPLICATE if lead.seen_in_run else Outcome.UNCHANGED
    return Decision(one.record.row, outcome, lead, sighting=_sight(lead, one))


def _see_again(lead: KnownLead, row: int, earlier: int | None) -> Decision:
    outcome = Outcome.DUPLICATE if lead.seen_in_run else Outcome.UNCHANGED
    return Decision(row, outcome, lead, renewed=earlier)


def _kept_keys(rules: Rules, one: Prepared) -> Sequence[int]:
    emails = () if rules.get("email") == NEVER else one.emails
    phones = () if rules.get("phone") == NEVER else one.phones
    return (*emails, *phones)


def _join(judge: Judge, lead: KnownLead, one: Prepared) -> Decision:
    newer = not lead.seen_in_run
    sighting = _sight(lead, one)
    values = dict(lead.values)
    changed = list(merge_record(values, one.record, newer=newer, rules=judge.rules))
    if changed:
        values["origins"] = {**values["origins"], **dict.fromkeys(changed, sighting)}
    outcome = Outcome.DUPLICATE
    if newer:
        outcome = Outcome.UPDATED if changed else Outcome.UNCHANGED
    decision = Decision(one.record.row, outcome, lead, values, record=one.record)
    decision.sighting = sighting
    if changed and judge.tells:
        decision.before, decision.after = _difference(lead.values, values)
    return decision


def _new_values(record: CleanRecord) -> dict[str, Any]:
    return {
        "name": record.name,
        "email": record.email,
        "phone": record.phone,
        "phone_verified": record.phone_verified,
        "status": record.status or "new",
        "source": record.source,
        **{name: getattr(record, name) for name in TEXT_FIELDS},
        "other_emails": record.other_emails,
        "other_phones": record.other_phones,
        "custom": record.custom,
        "origins": {},
    }


def _sight(lead: KnownLead, one: Prepared) -> NewSighting:
    record = one.record
    return NewSighting(lead, record.row, record.url, record.source, one.digest, one.raw)


def _hold_to(planned: Mapping[int, Planned], record: CleanRecord, decision: Decision) -> Decision:
    said = planned.get(record.row)
    if said is not None and _is_as_planned(said, decision):
        return decision
    told = said.outcome if said else "nothing"
    record.issues.append(Issue("overtaken", "", told, OVERTAKEN + decision.outcome.value))
    return Decision(record.row, Outcome.REJECTED, record=record)


def _is_as_planned(said: Planned, decision: Decision) -> bool:
    if said.outcome != decision.outcome.value:
        return False
    if decision.outcome not in {Outcome.UPDATED, Outcome.UNCHANGED} or decision.lead is None:
        return True
    return said.lead_id == decision.lead.id and (said.after or {}) == (decision.after or {})


def _difference(
    old: Mapping[str, Any], new: Mapping[str, Any]
) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    names = [name for name in RESTORABLE if old[name] != new[name]]
    return {name: old[name] for name in names}, {name: new[name] for name in names}


def _in_order(
    table: PreparedTable, rest: Iterable[int], others: Iterable[Prepared]
) -> list[tuple[int, Prepared | None]]:
    """Bring the plain rows that need a decision, and the other records, into order of row."""
    numbered = [(table.row[row], row, None) for row in rest]
    alone = [(one.record.row, -1, one) for one in others]
    both = sorted([*numbered, *alone], key=lambda entry: entry[0])
    return [(row, one) for _, row, one in both]


def _find_fresh(judge: Judge, table: PreparedTable, contested: set[int]) -> list[bool]:
    """Tell which plain rows become leads of their own, whatever the other records of the batch."""
    if judge.suppressed:
        return [False] * len(table)
    by_email = map(contested.isdisjoint, table.emails)
    by_phone = map(contested.isdisjoint, table.phones)
    fresh = [
        email and phone and row not in judge.returned
        for email, phone, row in zip(by_email, by_phone, table.row, strict=True)
    ]
    if judge.planned is None:
        return fresh
    planned = judge.planned
    return [
        is_fresh and row in planned and planned[row].outcome == Outcome.CREATED
        for is_fresh, row in zip(fresh, table.row, strict=True)
    ]


def _find_repeated(table: PreparedTable, others: Iterable[Prepared]) -> set[int]:
    """Find the exact keys that several records of a batch bear."""
    counts = Counter(_table_keys(table, range(len(table))))
    for one in others:
        counts.update({*one.emails, *one.phones})
    return {key for key, count in counts.items() if count > 1}


def _find_returned(db: Session, run: Run, batch: PreparedBatch) -> Mapping[int, int]:
    mapping = run.params.get("mapping", {})
    header = mapping.get("header", ())
    chosen = mapping.get("kinds") != own_kinds(header) or run.params.get("fixes")
    if chosen or not mapping.get("own_export"):
        return {}
    alone = {one.record.row: one.raw for one in batch.others}
    raws = {**dict(zip(batch.table.row, batch.table.raw, strict=True)), **alone}
    return find_returned(db, header, {row: orjson.loads(raw) for row, raw in raws.items()})


def _find_planned(db: Session, run: Run, batch: PreparedBatch) -> Mapping[int, Planned] | None:
    plan_id = run.params.get("planned_by")
    if plan_id is None:
        return None
    rows = [*batch.table.row, *(one.record.row for one in batch.others)]
    return find_planned(db, plan_id, min(rows), max(rows)) if rows else {}


def _table_keys(table: PreparedTable, rows: Iterable[int]) -> Iterable[int]:
    emails, phones = table.emails, table.phones
    return chain.from_iterable((*emails[row], *phones[row]) for row in rows)


def _keys(others: Iterable[Prepared]) -> Iterable[int]:
    return chain.from_iterable((*one.emails, *one.phones) for one in others)


def _contacts(table: PreparedTable, others: Iterable[Prepared]) -> Iterable[tuple[str, str]]:
    for one in others:
        yield from contacts_of(one.record)
    for row in range(len(table)):
        yield from table.contacts(row)
