"""What operations and changes say to a reader, in a sentence each."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.access import ApiKey
from pipeline.leads.models import Lead
from pipeline.matches.models import Judgement
from pipeline.operations.ledger import get_operation
from pipeline.operations.models import Change, Operation
from pipeline.review.acts import DISTINCT
from pipeline.runs.service import get_run

ACTORS = {"anonymous": "You", "system": "The engine", "cli": "Command line"}


@dataclass(frozen=True, slots=True)
class Notice:
    """What was just done, and the operation that can take it back."""

    text: str
    operation: int | None = None
    kind: str = "done"


def describe_operation(db: Session, operation: Operation) -> str:
    """Say what an operation did."""
    if operation.kind in {"import", "scrape"}:
        return _describe_run(db, operation)
    if operation.kind == "undo":
        undone = get_operation(db, operation.undoes or 0)
        return f"Took back: {describe_operation(db, undone)}" if undone else "Took something back"
    if operation.kind in {"merge", "split"}:
        return _describe_merges(db, operation)
    if operation.kind == DISTINCT:
        return _describe_telling_apart(db, operation)
    change = db.scalar(select(Change).where(Change.operation_id == operation.id).limit(1))
    return describe_change(db, change) if change else "Changed nothing"


def _describe_merges(db: Session, operation: Operation) -> str:
    mine = Change.operation_id == operation.id, Change.merge_id.is_not(None)
    count = db.scalar(select(func.count()).where(*mine, Change.action != "update")) or 0
    word = "merged" if operation.kind == "merge" else "split off"
    if count == 1:
        change = db.scalars(select(Change).where(*mine, Change.action != "update")).one()
        return f"{_name_of(db, change)} {word}"
    return f"{count:,} leads {word}"


def _describe_telling_apart(db: Session, operation: Operation) -> str:
    query = select(Judgement).where(Judgement.operation_id == operation.id)
    said = db.scalar(query.order_by(Judgement.id).limit(1))
    if said is None:
        return "Two leads told apart"
    leads = (db.get(Lead, lead_id) for lead_id in (said.left_id, said.right_id))
    names = [lead.name if lead else "a lead that is gone" for lead in leads]
    return f"{names[0]} and {names[1]} told apart"


def describe_change(db: Session, change: Change) -> str:
    """Say what became of one lead."""
    name = _name_of(db, change)
    before, after = change.before or {}, change.after or {}
    match change.action:
        case "create":
            return f"{name} created"
        case "delete":
            return f"{name} deleted"
    if "status" in after:
        return f"{name}: {_word(before.get('status'))} → {_word(after['status'])}"
    fields = ", ".join(sorted(set(after) - {"origins"}))
    return f"{name}: {fields or 'nothing'} changed"


def find_notice(db: Session, operation_id: int | None) -> Notice | None:
    """Give the notice about an operation that a form has just brought about."""
    operation = get_operation(db, operation_id) if operation_id else None
    if operation is None:
        return None
    undoable = operation.id if operation.undone_by is None else None
    return Notice(f"{describe_operation(db, operation)}.", undoable)


def names_of_keys(db: Session) -> dict[int, str]:
    """Give the names of all keys, those no longer in force included."""
    return {key.id: key.name for key in db.scalars(select(ApiKey))}


def who(actor: str, names: dict[int, str]) -> str:
    """Name an actor of the ledger: a key by its name, else in words."""
    kind, _, number = actor.partition(":")
    if kind == "key" and number.isdigit():
        return names.get(int(number), f"Key {number}")
    return ACTORS.get(actor, actor)


def _describe_run(db: Session, operation: Operation) -> str:
    run = get_run(db, operation.run_id or 0)
    if run is None:
        return "A run that is gone"
    if run.kind == "import":
        return f"Import of {run.file_name}"
    return f"Scrape of {run.source}"


def _name_of(db: Session, change: Change) -> str:
    values: dict[str, Any] = change.after or change.before or {}
    if "name" in values:
        return str(values["name"])
    lead = db.get(Lead, change.lead_id)
    return lead.name if lead else f"Lead {change.lead_id}"


def _word(status: str | None) -> str:
    return (status or "none").capitalize()
