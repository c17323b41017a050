"""Writing one decided batch: a constant number of statements, however many rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Table, case, update
from sqlalchemy.orm import Session

from pipeline.database.base import utc_now
from pipeline.database.dialects import (
    bulk_insert,
    bulk_update,
    driver_moment,
    in_values,
    reserve_ids,
)
from pipeline.dedupe.exact import KnownLead
from pipeline.leads.models import Lead, LeadKey, Sighting
from pipeline.leads.values import RESTORABLE, difference
from pipeline.operations.models import Change, Operation
from pipeline.records import CleanRecord, Outcome, Severity
from pipeline.runs.models import RowIssue, RowOutcome, Run

Row = tuple[CleanRecord, Outcome, KnownLead | None]

MAX_SHOWN = 1_000
_JSON = ("other_emails", "other_phones", "custom", "origins")
_PLAIN = tuple(name for name in RESTORABLE if name not in _JSON)
_LEAD_VALUES = (*_PLAIN, *_JSON)


@dataclass(slots=True, eq=False)
class NewSighting:
    """A sighting that this batch makes; its id is known once the batch is written."""

    lead: KnownLead
    row: int
    url: str | None
    source: str
    digest: int
    raw: str
    id: int = 0


def write_batch(
    db: Session,
    run: Run,
    *,
    rows: Sequence[Row],
    leads: Sequence[KnownLead],
    sightings: Sequence[NewSighting],
    renewed: Sequence[int],
) -> None:
    """Write leads, keys, sightings, changes, outcomes and issues of one batch of ``run``."""
    created = [lead for lead in leads if lead.id is None]
    _number(db, created, sightings)
    for lead in leads:
        lead.values["origins"] = _resolve_origins(lead.values["origins"])
    moment = driver_moment(db, utc_now())
    _insert_leads(db, created, moment)
    changed = _update_leads(db, [lead for lead in leads if lead.before is not None], moment)
    _insert_keys(db, leads)
    _insert_sightings(db, run, sightings, moment)
    _renew_sightings(db, run, renewed)
    _insert_changes(db, run, created, changed, moment)
    _insert_outcomes(db, run, rows)
    _insert_issues(db, run, rows)


def _number(db: Session, created: list[KnownLead], sightings: Sequence[NewSighting]) -> None:
    ids = reserve_ids(db, _table(Lead), len(created))
    for lead, lead_id in zip(created, ids, strict=True):
        lead.id = lead_id
    ids = reserve_ids(db, _table(Sighting), len(sightings))
    for sighting, sighting_id in zip(sightings, ids, strict=True):
        sighting.id = sighting_id


def _resolve_origins(origins: dict[str, Any]) -> dict[str, str]:
    return {
        name: f"s:{origin.id}" if isinstance(origin, NewSighting) else origin
        for name, origin in origins.items()
    }


def _insert_leads(db: Session, created: list[KnownLead], moment: Any) -> None:
    columns = ("id", *_LEAD_VALUES, "version", "created_at", "updated_at")
    rows = [(lead.id, *_stored(lead), 1, moment, moment) for lead in created]
    bulk_insert(db, _table(Lead), columns, rows)


def _stored(lead: KnownLead) -> tuple[Any, ...]:
    plain = map(lead.values.__getitem__, _PLAIN)
    return (*plain, *[_json(lead.values[name]) for name in _JSON])


def _update_leads(
    db: Session, leads: list[KnownLead], moment: Any
) -> list[tuple[KnownLead, dict[str, Any], dict[str, Any]]]:
    changed = []
    for lead in leads:
        old, new = difference(lead.before or {}, lead.values)
        if new:
            changed.append((lead, old, new))
    rows = [(*_stored(lead), lead.version + 1, moment, lead.id) for lead, _, _ in changed]
    bulk_update(db, _table(Lead), (*_LEAD_VALUES, "version", "updated_at"), rows)
    return changed


def _insert_keys(db: Session, leads: Sequence[KnownLead]) -> None:
    rows = sorted((key, lead.id) for lead in leads for key in lead.new_keys)
    bulk_insert(db, _table(LeadKey), ("key", "lead_id"), rows)


def _insert_sightings(db: Session, run: Run, sightings: Sequence[NewSighting], moment: Any) -> None:
    columns = (
        *("id", "lead_id", "run_id", "last_run_id", "row", "url", "source", "digest", "raw"),
        *("first_seen", "last_seen"),
    )
    rows = [
        (s.id, s.lead.id, run.id, run.id, s.row, s.url, s.source, s.digest, s.raw, moment, moment)
        for s in sightings
    ]
    bulk_insert(db, _table(Sighting), columns, rows)


def _renew_sightings(db: Session, run: Run, renewed: Sequence[int]) -> None:
    if renewed:
        # Seen twice in one run: what was before the run is still what was before.
        again = Sighting.last_run_id == run.id
        db.execute(
            update(Sighting)
            .where(in_values(db, Sighting.id, renewed))
            .values(
                run_before=case((again, Sighting.run_before), else_=Sighting.last_run_id),
                seen_before=case((again, Sighting.seen_before), else_=Sighting.last_seen),
                last_seen=utc_now(),
                last_run_id=run.id,
            )
            .execution_options(synchronize_session=False)
        )


def _insert_changes(
    db: Session,
    run: Run,
    created: list[KnownLead],
    changed: list[tuple[KnownLead, dict[str, Any], dict[str, Any]]],
    moment: Any,
) -> None:
    operation = run.operation_id
    rows: list[tuple[Any, ...]] = [
        (operation, lead.id, "create", None, _json(lead.values), moment) for lead in created
    ]
    rows += [
        (operation, lead.id, "update", _json(old), _json(new), moment) for lead, old, new in changed
    ]
    columns = ("operation_id", "lead_id", "action", "before", "after", "at")
    bulk_insert(db, _table(Change), columns, rows)
    if rows:
        db.execute(
            update(Operation)
            .where(Operation.id == operation)
            .values(changes=Operation.changes + len(rows))
            .execution_options(synchronize_session=False)
        )


def _insert_outcomes(db: Session, run: Run, rows: Sequence[Row]) -> None:
    values = [
        (run.id, record.row, outcome.value, lead.id if lead else None)
        for record, outcome, lead in rows
    ]
    bulk_insert(db, _table(RowOutcome), ("run_id", "row", "outcome", "lead_id"), values)


def _insert_issues(db: Session, run: Run, rows: Sequence[Row]) -> None:
    columns = ("run_id", "row", "severity", "code", "field", "value", "expected", "raw", "url")
    values = []
    for record, outcome, _ in rows:
        if outcome is Outcome.SUPPRESSED:
            continue
        raw = _json(dict(record.raw)) if outcome is Outcome.REJECTED else None
        for issue in record.issues:
            place = (run.id, record.row, issue.severity.value, issue.code, issue.field)
            shown = raw if issue.severity is Severity.ERROR else None
            value = _printable(issue.value)
            values.append((*place, value, _printable(issue.expected), shown, record.url))
    bulk_insert(db, _table(RowIssue), columns, values)


def _printable(text: str) -> str:
    # PostgreSQL stores no NUL; a value shown to a person may be cut.
    return text[:MAX_SHOWN].replace("\x00", "␀").encode("utf-8", "replace").decode()


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _table(model: type[Any]) -> Table:
    table: Table = model.__table__
    return table
