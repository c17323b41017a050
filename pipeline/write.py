"""Writing one decided batch: a constant number of statements, however many rows."""

from collections.abc import Iterable, Sequence
from itertools import chain, repeat
from operator import itemgetter
from typing import Any

import orjson
from sqlalchemy import case, update
from sqlalchemy.orm import Session

from pipeline.accounts import insert_accounts
from pipeline.database.base import utc_now
from pipeline.database.dialects import (
    bulk_insert,
    bulk_update,
    driver_moment,
    in_values,
    reserve_ids,
    table_of,
)
from pipeline.dedupe.exact import KnownLead
from pipeline.leads.models import Lead, LeadKey, Sighting
from pipeline.leads.values import RESTORABLE, difference
from pipeline.normalize.table import PlainRows
from pipeline.operations.models import Change, Operation
from pipeline.outcomes import Decision, Decisions, NewSighting
from pipeline.prepare import PreparedTable
from pipeline.records import TEXT_FIELDS, Outcome
from pipeline.runs.models import Run

_JSON = ("other_emails", "other_phones", "custom", "origins")
_PLAIN = tuple(name for name in RESTORABLE if name not in _JSON)
_LEAD_VALUES = (*_PLAIN, *_JSON)

Changed = tuple[KnownLead, dict[str, Any], dict[str, Any]]


def write_batch(db: Session, run: Run, decisions: Decisions) -> None:
    """Write leads, keys, sightings, changes, outcomes and issues of one batch of ``run``."""
    fresh = decisions.table.chosen(decisions.fresh)
    leads = list(decisions.leads.values())
    created = [one for one in decisions.others if one.outcome is Outcome.CREATED]
    fresh_ids, all_ids = _number_leads(db, fresh, created)
    sightings = _number_sightings(db, fresh, decisions)
    for lead in leads:
        if lead.values:
            lead.values["origins"] = _resolve_origins(lead.values["origins"])
    moment = driver_moment(db, utc_now())
    _insert_leads(db, fresh.plain, fresh_ids, created, moment)
    changed = _update_leads(db, [lead for lead in leads if lead.before is not None], moment)
    _insert_keys(db, fresh, fresh_ids, leads)
    fresh_sightings = zip(sightings, fresh_ids, strict=True)
    _insert_sightings(db, run, fresh, fresh_sightings, decisions)
    _renew_sightings(db, run, [one.renewed for one in decisions.others if one.renewed])
    _insert_changes(db, run, all_ids, changed, moment)
    insert_accounts(db, run, decisions, fresh_ids)


def _number_leads(
    db: Session, fresh: PreparedTable, created: Sequence[Decision]
) -> tuple[Sequence[int], Sequence[int]]:
    """Give all new leads their ids, in order of row; return those of the fresh rows, and all."""
    rows = sorted([*fresh.row, *(one.row for one in created)])
    ids = reserve_ids(db, table_of(Lead), len(rows))
    by_row = dict(zip(rows, ids, strict=True))
    for one in created:
        if one.lead is not None:
            one.lead.id = by_row[one.row]
    return [by_row[row] for row in fresh.row], ids


def _number_sightings(db: Session, fresh: PreparedTable, decisions: Decisions) -> Sequence[int]:
    """Give all new sightings their ids; return those of the fresh rows."""
    others = [one.sighting for one in decisions.others if one.sighting is not None]
    ids = reserve_ids(db, table_of(Sighting), len(fresh) + len(others))
    for sighting, sighting_id in zip(others, ids[len(fresh) :], strict=True):
        sighting.id = sighting_id
    return ids[: len(fresh)]


def _resolve_origins(origins: dict[str, Any]) -> dict[str, str]:
    return {
        name: f"s:{origin.id}" if isinstance(origin, NewSighting) else origin
        for name, origin in origins.items()
    }


def _insert_leads(
    db: Session,
    fresh: PlainRows,
    fresh_ids: Sequence[int],
    created: Sequence[Decision],
    moment: Any,
) -> None:
    columns = ("id", *_LEAD_VALUES, "version", "created_at", "updated_at")
    verified = [phone is not None for phone in fresh.phone]
    statuses = [status or "new" for status in fresh.status]
    rows: list[tuple[Any, ...]] = list(
        zip(
            fresh_ids,
            *(fresh.name, fresh.email, fresh.phone, verified, statuses, fresh.source),
            *(fresh.texts[name] for name in TEXT_FIELDS),
            *(_json_lists(fresh.other_emails), _json_lists(fresh.other_phones), fresh.custom),
            *(repeat("{}"), repeat(1), repeat(moment), repeat(moment)),
            strict=False,
        )
    )
    leads = [one.lead for one in created if one.lead is not None]
    rows += [(lead.id, *_stored(lead), 1, moment, moment) for lead in leads]
    rows.sort(key=itemgetter(0))
    bulk_insert(db, table_of(Lead), columns, rows)


def _json_lists(lists: Sequence[list[str]]) -> list[str]:
    return [_json(values) if values else "[]" for values in lists]


def _stored(lead: KnownLead) -> tuple[Any, ...]:
    plain = map(lead.values.__getitem__, _PLAIN)
    return (*plain, *[_json(lead.values[name]) for name in _JSON])


def _update_leads(db: Session, leads: list[KnownLead], moment: Any) -> list[Changed]:
    changed = []
    for lead in leads:
        old, new = difference(lead.before or {}, lead.values)
        if new:
            changed.append((lead, old, new))
    rows = [(*_stored(lead), lead.version + 1, moment, lead.id) for lead, _, _ in changed]
    bulk_update(db, table_of(Lead), (*_LEAD_VALUES, "version", "updated_at"), rows)
    return changed


def _insert_keys(
    db: Session, fresh: PreparedTable, fresh_ids: Sequence[int], leads: Sequence[KnownLead]
) -> None:
    pairs = chain(
        zip(fresh.emails, fresh_ids, strict=True), zip(fresh.phones, fresh_ids, strict=True)
    )
    rows = [(key, lead_id) for keys, lead_id in pairs for key in keys]
    rows += [(key, lead.id or 0) for lead in leads for key in lead.new_keys]
    rows.sort()
    bulk_insert(db, table_of(LeadKey), ("key", "lead_id"), rows)


def _insert_sightings(
    db: Session,
    run: Run,
    fresh: PreparedTable,
    fresh_ids: Iterable[tuple[int, int]],
    decisions: Decisions,
) -> None:
    moment = driver_moment(db, utc_now())
    columns = (
        *("id", "lead_id", "run_id", "last_run_id", "row", "url", "source", "digest", "raw"),
        *("first_seen", "last_seen"),
    )
    values = zip(fresh_ids, fresh.row, fresh.plain.source, fresh.digest, fresh.raw, strict=True)
    rows: list[tuple[Any, ...]] = [
        (*ids, run.id, run.id, row, None, source, digest, raw, moment, moment)
        for ids, row, source, digest, raw in values
    ]
    others = (one.sighting for one in decisions.others if one.sighting is not None)
    rows += [
        (s.id, s.lead.id, run.id, run.id, s.row, s.url, s.source, s.digest, s.raw, moment, moment)
        for s in others
    ]
    bulk_insert(db, table_of(Sighting), columns, rows)


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
    db: Session, run: Run, created: Sequence[int], changed: Sequence[Changed], moment: Any
) -> None:
    """Keep what was changed; a creation is kept without values, which its lead has."""
    operation = run.operation_id
    rows: list[tuple[Any, ...]] = [
        (operation, lead_id, "create", None, None, moment) for lead_id in created
    ]
    rows += [
        (operation, lead.id, "update", _json(old), _json(new), moment) for lead, old, new in changed
    ]
    columns = ("operation_id", "lead_id", "action", "before", "after", "at")
    bulk_insert(db, table_of(Change), columns, rows)
    if rows:
        db.execute(
            update(Operation)
            .where(Operation.id == operation)
            .values(changes=Operation.changes + len(rows))
            .execution_options(synchronize_session=False)
        )


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()
