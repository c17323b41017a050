"""Reading all that decides over some leads of an undo, in a constant number of statements."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from pipeline.database.dialects import in_values
from pipeline.leads.models import Lead, Sighting
from pipeline.leads.values import RESTORABLE, difference
from pipeline.merges.families import find_merged_ever, load_family
from pipeline.merges.following import find_canonical
from pipeline.merges.replaying import Step, replay
from pipeline.operations.folding import Values
from pipeline.operations.ledger import find_alike
from pipeline.operations.models import Change, Operation
from pipeline.undo.decisions import Case
from pipeline.undo.roots import find_root

_FIELDS = (*RESTORABLE, "origins")
_LEAD = [getattr(Lead, name) for name in ("id", "version", "created_at", *_FIELDS)]
_CHANGE = (Change.id, Change.lead_id, Change.action, Change.before, Change.after)


Ids = InstrumentedAttribute[Any]
"""A column of lead ids."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The leads in question; those up to ``last`` have been dealt with afterwards."""

    covers: Callable[[Ids], ColumnElement[bool]]
    last: int | None = None

    def __call__(self, column: Ids) -> ColumnElement[bool]:
        """Say that a column names one of the leads in question."""
        return self.covers(column)

    def settles(self, one: Ids, other: Ids) -> ColumnElement[bool]:
        """Say that two columns name one of them, and another that is dealt with by then."""
        met = or_(self.covers(one), self.covers(other))
        return met if self.last is None else and_(met, one <= self.last, other <= self.last)


class Told(NamedTuple):
    """A change as the ledger would tell it if there had been no other merges than those now."""

    action: str
    before: Values | None
    after: Values | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The cases of a slice, and the versions of the leads that exist."""

    cases: Sequence[Case]
    versions: dict[int, int]


def these_leads(db: Session, lead_ids: Iterable[int]) -> Scope:
    """Give the scope of some leads."""
    wanted = list(lead_ids)
    return Scope(lambda column: in_values(db, column, wanted))


def leads_between(after: int, last: int | None) -> Scope:
    """Give the scope of all leads above one, up to and with another; None: of all above."""
    if last is None:
        return Scope(lambda column: column > after)
    return Scope(lambda column: and_(column > after, column <= last), last)


def gather_evidence(db: Session, operation: Operation, scope: Scope) -> Evidence:
    """Read what an operation did to some leads and what has become of them. Locks the leads."""
    # What merges and splits have done follows from what they merged.
    ordinary = Change.operation_id == operation.id, Change.merge_id.is_(None)
    mine = _find_changes(db, *ordinary, scope(Change.lead_id))
    present, versions = _lock_leads(db, list(mine))
    told = _replay(db, operation, present)
    first = {lead_id: changes[0].id for lead_id, changes in mine.items() if _creates(changes)}
    others = _find_others(db, operation, first)
    seen_by = _find_seen_since(db, operation, list(first))
    hindered = _find_hindered(db, operation, mine.keys() - present.keys())
    cases = [
        Case(
            lead_id,
            told.get(lead_id, changes),
            told.get(lead_id)
            or (_in_order(changes, others[lead_id]) if lead_id in others else changes),
            present.get(lead_id),
            seen_by.get(lead_id),
            hindered.get(lead_id, ""),
        )
        for lead_id, changes in mine.items()
    ]
    return Evidence(cases, versions)


def _replay(db: Session, operation: Operation, lead_ids: Iterable[int]) -> dict[int, list[Told]]:
    """Tell what an operation did to leads that merges came and went by, as if those had not.

    Only what merges that stand have brought is a part of the values then.
    """
    merged = find_merged_ever(db, lead_ids)
    if not merged:
        return {}
    replayed = replay(load_family(db, merged))
    return {
        lead_id: [
            _tell(step)
            for step in replayed[lead_id].steps
            if step.change.operation_id == operation.id
        ]
        for lead_id in merged
    }


def _tell(step: Step) -> Told:
    if step.change.action == "create":
        return Told("create", None, step.after)
    if step.change.action == "update":
        return Told("update", *difference(step.before or {}, step.after))
    return Told("delete", step.before, None)


def _find_hindered(db: Session, operation: Operation, gone: Collection[int]) -> dict[int, str]:
    """Say of leads that are gone why an undo does not bring them back, if there is a reason."""
    root = find_root(db, operation)
    alike = find_alike(db, root.operation.id, stands=root.stands)
    own = func.max(case((in_values(db, Change.operation_id, alike), Change.id)))
    deleted = Change.action == "delete", Change.merge_id.is_(None)
    query = select(Change.lead_id).where(in_values(db, Change.lead_id, gone), *deleted)
    otherwise = query.group_by(Change.lead_id).having(own != func.max(Change.id))
    hindered = dict.fromkeys(db.scalars(otherwise) if gone else (), "deleted otherwise since")
    for lead_id, head in find_canonical(db, gone).items():
        hindered[lead_id] = f"it is a part of lead {head}, which was deleted since"
    return hindered


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
