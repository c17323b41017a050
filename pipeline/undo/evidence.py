"""Reading all that decides over some leads of an undo, in a constant number of statements."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from pipeline.database.dialects import in_values
from pipeline.leads.models import Lead, Sighting
from pipeline.leads.values import RESTORABLE
from pipeline.operations.folding import Values
from pipeline.operations.models import Change, Operation
from pipeline.undo.decisions import Case

Scope = Callable[[InstrumentedAttribute[Any]], ColumnElement[bool]]
"""Says of a column of lead ids whether it names one of the leads in question."""

_FIELDS = (*RESTORABLE, "origins")
_LEAD = [getattr(Lead, name) for name in ("id", "version", "created_at", *_FIELDS)]
_CHANGE = (Change.id, Change.lead_id, Change.action, Change.before, Change.after)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The cases of a slice, and the versions of the leads that exist."""

    cases: Sequence[Case]
    versions: dict[int, int]


def these_leads(db: Session, lead_ids: Iterable[int]) -> Scope:
    """Give the scope of some leads."""
    wanted = list(lead_ids)
    return lambda column: in_values(db, column, wanted)


def leads_between(after: int, last: int | None) -> Scope:
    """Give the scope of all leads above one, up to and with another; None: of all above."""
    if last is None:
        return lambda column: column > after
    return lambda column: and_(column > after, column <= last)


def gather_evidence(db: Session, operation: Operation, scope: Scope) -> Evidence:
    """Read what an operation did to some leads and what has become of them. Locks the leads."""
    mine = _find_changes(db, Change.operation_id == operation.id, scope(Change.lead_id))
    present, versions = _lock_leads(db, list(mine))
    first = {lead_id: changes[0].id for lead_id, changes in mine.items() if _creates(changes)}
    others = _find_others(db, operation, first)
    seen_by = _find_seen_since(db, operation, list(first))
    cases = [
        Case(
            lead_id,
            changes,
            _in_order(changes, others[lead_id]) if lead_id in others else changes,
            present.get(lead_id),
            seen_by.get(lead_id),
        )
        for lead_id, changes in mine.items()
    ]
    return Evidence(cases, versions)


def _find_changes(db: Session, *conditions: ColumnElement[bool]) -> dict[int, list[Any]]:
    query = select(*_CHANGE).where(*conditions).order_by(Change.lead_id, Change.id)
    groups = groupby(db.execute(query), key=attrgetter("lead_id"))
    return {lead_id: list(changes) for lead_id, changes in groups}


def _lock_leads(db: Session, ids: list[int]) -> tuple[dict[int, Values], dict[int, int]]:
    query = select(*_LEAD).where(in_values(db, Lead.id, ids)).order_by(Lead.id).with_for_update()
    present, versions = {}, {}
    for lead_id, version, created_at, *values in db.execute(query):
        named = dict(zip(_FIELDS, values, strict=True))
        named["created_at"] = created_at.isoformat()
        present[lead_id], versions[lead_id] = named, version
    return present, versions


def _creates(changes: Sequence[Any]) -> bool:
    return bool(changes[0].action == "create")


def _find_others(
    db: Session, operation: Operation, creations: Mapping[int, int]
) -> dict[int, list[Any]]:
    """Give what other operations did to leads since this one created them by these changes."""
    if not creations:
        return {}
    theirs = in_values(db, Change.lead_id, creations), Change.operation_id != operation.id
    return _find_changes(db, *theirs, Change.id > min(creations.values()))


def _in_order(mine: list[Any], others: list[Any]) -> list[Any]:
    later = [change for change in others if change.id > mine[0].id]
    return sorted([*mine, *later], key=attrgetter("id"))


def _find_seen_since(db: Session, operation: Operation, lead_ids: list[int]) -> dict[int, int]:
    """Give the leads that another run has seen since this operation, with that run."""
    query = (
        select(Sighting.lead_id, func.max(Sighting.last_run_id))
        .where(
            in_values(db, Sighting.lead_id, lead_ids),
            Sighting.withdrawn_by.is_(None),
            Sighting.last_seen > operation.created_at,
            Sighting.last_run_id.is_distinct_from(operation.run_id),
            Sighting.last_run_id.is_not(None),
        )
        .group_by(Sighting.lead_id)
    )
    return {lead_id: run_id for lead_id, run_id in db.execute(query) if run_id is not None}
