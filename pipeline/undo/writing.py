"""Writing what an undo decided, in a constant number of statements however many leads."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from pipeline.database.base import utc_now
from pipeline.database.dialects import (
    bulk_delete,
    bulk_insert,
    bulk_update,
    count_updated,
    driver_moment,
    in_values,
    table_of,
)
from pipeline.leads.keys import lead_hashes
from pipeline.leads.models import Lead, LeadKey
from pipeline.leads.values import RESTORABLE, difference, parse_moment
from pipeline.operations.folding import Values
from pipeline.operations.models import Change, KeptLead, Operation
from pipeline.operations.reversals import Reversal
from pipeline.undo.decisions import Decision

_VALUES = (*RESTORABLE, "origins")
_CONTACTS = {"email", "phone", "other_emails", "other_phones"}

Pairs = set[tuple[int, int]]
"""Exact keys with the leads that bear them."""

Recorded = tuple[int, str, str | None, str | None]
"""A change to be written: lead, action, before, after."""


def write_decisions(
    db: Session, undo: Operation, decisions: Sequence[Decision], versions: Mapping[int, int]
) -> None:
    """Write what was decided as changes of ``undo``; ``versions`` are those of existing leads."""
    moment = driver_moment(db, utc_now())
    removed = [one for one in decisions if one.reversal is Reversal.REMOVED]
    recreated = [one for one in decisions if one.reversal is Reversal.RECREATED]
    recorded = _remove(db, removed)
    recorded += _recreate(db, recreated, moment)
    recorded += _restore(db, decisions, versions, moment)
    _record(db, undo, recorded, moment)
    kept = [(undo.id, one.lead_id, one.reason) for one in decisions if one.reason]
    bulk_insert(db, table_of(KeptLead), ("operation_id", "lead_id", "reason"), kept)


def _remove(db: Session, removed: Sequence[Decision]) -> list[Recorded]:
    if removed:
        _delete_keys(db, _pairs((one.lead_id, one.before or {}) for one in removed))
        ids = [one.lead_id for one in removed]
        count_updated(db, delete(Lead).where(in_values(db, Lead.id, ids)))
    return [(one.lead_id, "delete", _json(one.before), None) for one in removed]


def _recreate(db: Session, recreated: Sequence[Decision], moment: Any) -> list[Recorded]:
    versions = _next_versions(db, [one.lead_id for one in recreated]) if recreated else {}
    rows = []
    for one in recreated:
        values = one.after or {}
        created_at = driver_moment(db, parse_moment(values["created_at"]))
        stored = _stored(values)
        rows.append((one.lead_id, *stored, versions[one.lead_id], created_at, moment))
    columns = ("id", *_VALUES, "version", "created_at", "updated_at")
    bulk_insert(db, table_of(Lead), columns, rows)
    _insert_keys(db, _pairs((one.lead_id, one.after or {}) for one in recreated))
    return [(one.lead_id, "create", None, None) for one in recreated]


def _restore(
    db: Session, decisions: Iterable[Decision], versions: Mapping[int, int], moment: Any
) -> list[Recorded]:
    rows = []
    recorded: list[Recorded] = []
    gone: Pairs = set()
    come: Pairs = set()
    for one in decisions:
        if one.before is None or one.after is None:
            continue
        old, new = difference(one.before, one.after)
        if not new:
            continue
        rows.append((*_stored(one.after), versions[one.lead_id] + 1, moment, one.lead_id))
        recorded.append((one.lead_id, "update", _json(old), _json(new)))
        if not _CONTACTS.isdisjoint(new):
            gone |= _pairs([(one.lead_id, one.before)])
            come |= _pairs([(one.lead_id, one.after)])
    bulk_update(db, table_of(Lead), (*_VALUES, "version", "updated_at"), rows)
    _delete_keys(db, gone - come)
    _insert_keys(db, come - gone)
    return recorded


def _record(db: Session, undo: Operation, recorded: Iterable[Recorded], moment: Any) -> None:
    rows = [(undo.id, *one, moment) for one in sorted(recorded)]
    columns = ("operation_id", "lead_id", "action", "before", "after", "at")
    bulk_insert(db, table_of(Change), columns, rows)
    undo.changes += len(rows)


def _next_versions(db: Session, lead_ids: Sequence[int]) -> dict[int, int]:
    """Give a version for each lead that comes back: it must not have had it before.

    Every version belongs to a change, and so does the deletion.
    """
    query = select(Change.lead_id, func.count()).where(in_values(db, Change.lead_id, lead_ids))
    counted = db.execute(query.group_by(Change.lead_id))
    return {lead_id: count + 1 for lead_id, count in counted}


def _pairs(leads: Iterable[tuple[int, Values]]) -> Pairs:
    return {(key, lead_id) for lead_id, values in leads for key in lead_hashes(values)}


def _delete_keys(db: Session, pairs: Pairs) -> None:
    bulk_delete(db, table_of(LeadKey), ("key", "lead_id"), pairs)


def _insert_keys(db: Session, pairs: Pairs) -> None:
    bulk_insert(db, table_of(LeadKey), ("key", "lead_id"), sorted(pairs))


def _stored(values: Values) -> tuple[Any, ...]:
    """Give a lead's values as the driver takes them: lists and mappings are columns of JSON."""
    return tuple(
        _json(value) if isinstance(value, list | dict) else value
        for value in map(values.__getitem__, _VALUES)
    )


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()
