"""Writing leads anew with their keys and changes, in few statements however many leads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.database.base import utc_now
from pipeline.database.dialects import (
    bulk_delete,
    bulk_insert,
    bulk_update,
    driver_moment,
    in_values,
    table_of,
)
from pipeline.leads.keys import lead_hashes
from pipeline.leads.models import Lead, LeadKey
from pipeline.leads.values import RESTORABLE, difference, parse_moment
from pipeline.operations.folding import Values
from pipeline.operations.models import Change, Operation

_VALUES = (*RESTORABLE, "origins")
_COLUMNS = ("operation_id", "lead_id", "action", "before", "after", "at", "merge_id")

Pairs = set[tuple[int, int]]
"""Exact keys with the leads that bear them."""


@dataclass(frozen=True, slots=True)
class Rewrite:
    """One lead's values before and after, as snapshots; None where it does not exist.

    ``merge_id`` names the merge that this is a part of; ``updated_at`` is the moment at which the
    lead counts as changed last: now, unless it is to be as it was. ``always`` has the change
    recorded even where nothing differs.
    """

    lead_id: int
    before: Values | None
    after: Values | None
    merge_id: int | None = None
    updated_at: datetime | None = None
    always: bool = False


def rewrite_leads(
    db: Session, operation: Operation, rewrites: Sequence[Rewrite], versions: Mapping[int, int]
) -> None:
    """Write leads and their changes; ``versions`` are those of the leads that exist.

    A lead may be rewritten several times, each beginning where the one before ended. Where
    nothing differs, nothing is written, unless it is asked for, or a part of a merge: history is to
    tell that.
    """
    db.flush()
    moment = utc_now()
    nets = _net(rewrites)
    _remove(db, [one for one in nets.values() if one.before is not None and one.after is None])
    created = [one for one in nets.values() if one.before is None and one.after is not None]
    _create(db, created, moment)
    recorded = [row for one in rewrites if (row := _changed(one)) is not None]
    kept = [one for one in nets.values() if one.before is not None and one.after is not None]
    _update(db, kept, _count(versions, recorded), moment)
    _record(db, operation, recorded, driver_moment(db, moment))
    _forget(db, nets)


def _net(rewrites: Iterable[Rewrite]) -> dict[int, Rewrite]:
    nets: dict[int, Rewrite] = {}
    for one in rewrites:
        before = nets[one.lead_id].before if one.lead_id in nets else one.before
        nets[one.lead_id] = Rewrite(one.lead_id, before, one.after, None, one.updated_at)
    return nets


def _remove(db: Session, removed: Sequence[Rewrite]) -> None:
    if removed:
        _delete_keys(db, _pairs((one.lead_id, one.before or {}) for one in removed))
        bulk_delete(db, table_of(Lead), ("id",), ((one.lead_id,) for one in removed))


def _create(db: Session, created: Sequence[Rewrite], moment: datetime) -> None:
    versions = _next_versions(db, [one.lead_id for one in created]) if created else {}
    rows = []
    for one in created:
        values = one.after or {}
        created_at = driver_moment(db, parse_moment(values["created_at"]))
        updated_at = driver_moment(db, one.updated_at or moment)
        rows.append((one.lead_id, *_stored(values), versions[one.lead_id], created_at, updated_at))
    columns = ("id", *_VALUES, "version", "created_at", "updated_at")
    bulk_insert(db, table_of(Lead), columns, rows)
    _insert_keys(db, _pairs((one.lead_id, one.after or {}) for one in created))


def _update(
    db: Session, updated: Sequence[Rewrite], versions: Mapping[int, int], moment: datetime
) -> None:
    rows = []
    gone: Pairs = set()
    come: Pairs = set()
    for one in updated:
        if one.lead_id not in versions:
            continue
        updated_at = driver_moment(db, one.updated_at or moment)
        stored = _stored(one.after or {})
        rows.append((*stored, versions[one.lead_id], updated_at, one.lead_id))
        gone |= _pairs([(one.lead_id, one.before or {})])
        come |= _pairs([(one.lead_id, one.after or {})])
    bulk_update(db, table_of(Lead), (*_VALUES, "version", "updated_at"), rows)
    _delete_keys(db, gone - come)
    _insert_keys(db, come - gone)


def _changed(one: Rewrite) -> tuple[Any, ...] | None:
    if one.before is None:
        # What it was created with is told by folding its later changes back.
        return (one.lead_id, "create", None, None, one.merge_id)
    if one.after is None:
        return (one.lead_id, "delete", _json(one.before), None, one.merge_id)
    old, new = difference(one.before, one.after)
    if one.merge_id is not None:
        # A merge may also give a value another origin, and a split the one it had.
        sides = one.before["origins"], one.after["origins"]
        moved = [
            name for name in {**sides[0], **sides[1]} if sides[0].get(name) != sides[1].get(name)
        ]
        old["origins"], new["origins"] = (
            {name: side.get(name) for name in moved} for side in sides
        )
    elif not new and not one.always:
        return None
    return (one.lead_id, "update", _json(old), _json(new), one.merge_id)


def _count(versions: Mapping[int, int], recorded: Iterable[tuple[Any, ...]]) -> dict[int, int]:
    """Give the new version of each lead that was changed: every change counts."""
    counted: dict[int, int] = {}
    for lead_id, *_ in recorded:
        if lead_id in versions:
            counted[lead_id] = counted.get(lead_id, versions[lead_id]) + 1
    return counted


def _record(
    db: Session, operation: Operation, recorded: Iterable[tuple[Any, ...]], moment: Any
) -> None:
    rows = [
        (operation.id, lead_id, action, before, after, moment, merge_id)
        for lead_id, action, before, after, merge_id in sorted(recorded, key=lambda row: row[0])
    ]
    bulk_insert(db, table_of(Change), _COLUMNS, rows)
    operation.changes += len(rows)


def _next_versions(db: Session, lead_ids: Sequence[int]) -> dict[int, int]:
    """Give a version for each lead that comes back: it must not have had it before.

    Every version belongs to a change, and so does the deletion.
    """
    query = select(Change.lead_id, func.count()).where(in_values(db, Change.lead_id, lead_ids))
    counted = db.execute(query.group_by(Change.lead_id))
    return {lead_id: count + 1 for lead_id, count in counted}


def _forget(db: Session, lead_ids: Iterable[int]) -> None:
    """Let the session read these leads again, should it hold any of them."""
    wanted = set(lead_ids)
    for held in list(db.identity_map.values()):
        if isinstance(held, Lead) and held.id in wanted:
            db.expire(held)


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
