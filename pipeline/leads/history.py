"""How a lead came to be what it is: its changes, its sightings, and where each value came from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.errors import LeadNotFound
from pipeline.leads.models import Lead, Sighting
from pipeline.leads.service import get_lead_by_id
from pipeline.leads.values import RESTORABLE, snapshot
from pipeline.operations.folding import Values, unfold
from pipeline.operations.ledger import find_lead_changes
from pipeline.operations.models import Change, Operation


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change, who made it, and how long the status it replaced had held.

    ``before`` and ``after`` are the changed fields; a creation has them all in ``after``, filled in
    where the ledger left them out.
    """

    change: Change
    operation: Operation
    before: Values | None
    after: Values | None
    status_held_seconds: float | None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a field's value came from: a sighting, or a person's operation."""

    sighting_id: int | None = None
    operation_id: int | None = None


@dataclass(frozen=True, slots=True)
class History:
    """All that is known of how a lead came to be."""

    lead: Lead
    entries: Sequence[HistoryEntry]
    sightings: Sequence[Sighting]
    origins: Mapping[str, Origin]


def require_history(db: Session, lead_id: int, members: Iterable[int] = ()) -> History:
    """Give the history of a lead, and of those that have been merged into it: ``members``.

    Raises:
        LeadNotFound: there is none; if it was deleted, the text names the operation to undo.
    """
    lead = get_lead_by_id(db, lead_id)
    changes = find_lead_changes(db, lead_id)
    if lead is None:
        raise LeadNotFound(_missing(lead_id, changes))
    entries = _entries(snapshot(lead), changes)
    for member in members:
        entries += _entries(None, find_lead_changes(db, member))
    entries.sort(key=lambda entry: entry.change.id)
    sightings = find_sightings(db, lead_id)
    return History(lead, entries, sightings, find_origins(lead, sightings))


def find_sightings(db: Session, lead_id: int) -> list[Sighting]:
    """Give all sightings of a lead, the first one first, withdrawn ones included."""
    return list(
        db.scalars(select(Sighting).where(Sighting.lead_id == lead_id).order_by(Sighting.id))
    )


def find_origins(lead: Lead, sightings: Sequence[Sighting]) -> dict[str, Origin]:
    """Give where each of a lead's filled fields came from; custom ones are ``custom.NAME``."""
    own = (one.id for one in sightings if one.home_id in {None, lead.id})
    first = Origin(sighting_id=next(own, None))
    names = [name for name in RESTORABLE if name != "custom" and getattr(lead, name)]
    names += [f"custom.{name}" for name in sorted(lead.custom)]
    return {name: _origin(lead.origins.get(name), first) for name in names}


def _missing(lead_id: int, changes: Sequence[tuple[Change, Operation]]) -> str:
    if not changes:
        return f"There is no lead {lead_id}."
    return f"Lead {lead_id} was deleted by operation {changes[-1][1].id}; undo it to see more."


def _origin(text: str | None, first: Origin) -> Origin:
    if not text:
        return first
    kind, _, number = text.partition(":")
    return Origin(operation_id=int(number)) if kind == "o" else Origin(sighting_id=int(number))


def _entries(
    present: Values | None, changes: Sequence[tuple[Change, Operation]]
) -> list[HistoryEntry]:
    entries = []
    since: datetime | None = None
    operations = {change.id: operation for change, operation in changes}
    for change, before, after in unfold(present, [change for change, _ in changes]):
        held = None
        if (before or {}).get("status") != (after or {}).get("status"):
            held = (change.at - since).total_seconds() if since and before else None
            since = change.at
        entries.append(HistoryEntry(change, operations[change.id], before, after, held))
    return entries


def shown_values(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Give one side of a change as people see it, without the ledger's own notes."""
    return None if values is None else {k: v for k, v in values.items() if k != "origins"}
