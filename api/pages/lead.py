"""One lead: its values and where they came from, what was done to it, who has shown it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import Query, Request, Response

from api.access import CallerNow
from api.pages.relatives import find_relatives
from api.pages.rendering import is_fragment, render
from api.pages.routing import READS, Id, new_router
from api.pages.stories import find_notice, names_of_keys, who
from api.units import Db
from pipeline.leads.history import History, HistoryEntry, shown_values
from pipeline.leads.models import STATUSES
from pipeline.merges.histories import require_whole_history
from pipeline.operations.ledger import MAX_ID
from pipeline.operations.models import Change, Operation
from pipeline.provenance import name_cells

router = new_router()

LABELS = {
    "email": "Email",
    "phone": "Phone",
    "company": "Company",
    "title": "Title",
    "website": "Website",
    "source": "Source",
    "other_emails": "More emails",
    "other_phones": "More phones",
}


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a lead, and where it came from, in words."""

    label: str
    text: str
    origin: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a lead as a reader sees it."""

    text: str
    icon: str
    actor: str
    at: datetime
    held_seconds: float | None
    operation_id: int
    run_id: int | None
    undoable: bool


@router.get("/leads/{lead_id}", dependencies=READS)
def show_lead(
    request: Request,
    caller: CallerNow,
    db: Db,
    lead_id: Id,
    done: Annotated[int | None, Query(ge=1, le=MAX_ID)] = None,
) -> Response:
    """Show a lead as a page, or for a script of ours as the inside of the drawer."""
    history = require_whole_history(db, lead_id)
    names = names_of_keys(db)
    name = "parts/lead.html" if is_fragment(request) else "lead.html"
    return render(
        request,
        name,
        caller=caller,
        lead=history.lead,
        lead_id=history.lead.id,
        title=_name_of(history),
        values=_values(history),
        steps=[_step(entry, names) for entry in reversed(history.entries)],
        sightings=name_cells(db, history.sightings),
        relatives=find_relatives(db, history.lead.id),
        notice=find_notice(db, done),
    )


def _name_of(history: History) -> str:
    if history.lead is not None:
        return history.lead.name
    known = [entry.before or {} for entry in reversed(history.entries)]
    return next((str(values["name"]) for values in known if "name" in values), "A deleted lead")


def _values(history: History) -> list[Value]:
    lead = history.lead
    if lead is None:
        return []
    found = []
    for field, label in LABELS.items():
        value = getattr(lead, field)
        if value:
            text = ", ".join(value) if isinstance(value, list) else str(value)
            kind = "phone" if field == "phone" and not lead.phone_verified else field
            found.append(Value(label, text, _origin(history, field), kind))
    for name, text in sorted(lead.custom.items()):
        found.append(Value(name, str(text), _origin(history, f"custom.{name}")))
    return found


def _origin(history: History, field: str) -> str:
    origin = history.origins.get(field)
    if origin is None or (origin.sighting_id is None and origin.operation_id is None):
        return ""
    if origin.operation_id is not None:
        return "set by hand"
    sighting = next(one for one in history.sightings if one.id == origin.sighting_id)
    if sighting.run_id is None:
        return "entered by hand"
    return (
        f"run {sighting.run_id}, row {sighting.row}" if sighting.row else f"run {sighting.run_id}"
    )


def _step(entry: HistoryEntry, names: dict[int, str]) -> Step:
    change, operation = entry.change, entry.operation
    before, after = shown_values(entry.before) or {}, shown_values(entry.after) or {}
    text, icon = _describe(change.action, before, after)
    if change.merge_id is not None:
        text, icon = _describe_merge(change, operation, text)
    if operation.kind == "undo":
        text, icon = f"Taken back: {text[:1].lower()}{text[1:]}", "undo"
    return Step(
        text=text,
        icon=icon,
        actor=who(operation.actor, names),
        at=change.at,
        held_seconds=entry.status_held_seconds,
        operation_id=operation.id,
        run_id=operation.run_id,
        undoable=operation.undone_by is None and operation.run_id is None,
    )


def _describe(action: str, before: dict[str, Any], after: dict[str, Any]) -> tuple[str, str]:
    if action == "create":
        return "Created", "plus"
    if action == "delete":
        return "Deleted", "trash"
    if set(after) == {"status"}:
        return f"{_said(before.get('status'))} → {_said(after['status'])}", str(after["status"])
    changes = [f"{name}: {_said(before.get(name))} → {_said(after[name])}" for name in after]
    return "; ".join(changes), "clock"


def _describe_merge(change: Change, operation: Operation, text: str) -> tuple[str, str]:
    word = "Split off" if operation.kind == "split" else "Merged"
    if change.action == "update":
        return f"{word}: {text}" if text else word, "leads"
    return f"Lead {change.lead_id} {word.lower()}", "leads"


def _said(value: object) -> str:
    match value:
        case list():
            said = ", ".join(map(str, value))
        case dict():
            said = ", ".join(f"{name} {text}" for name, text in value.items())
        case _:
            said = str(value or "")
    return said.capitalize() if said in STATUSES else said or "nothing"
