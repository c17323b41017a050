"""Writing the change ledger: every write to a lead belongs to an operation."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.database.base import utc_now
from pipeline.errors import OperationNotFound
from pipeline.operations.models import Change, Operation

MAX_ID = 2**63 - 1
PLAN = "plan"
"""The kind of operation of a run that only asks what would happen: nothing ever changes by it."""


def open_operation(
    db: Session, kind: str, *, run_id: int | None = None, undoes: int | None = None
) -> Operation:
    """Begin an operation of whoever acts in this session (``db.info["actor"]``)."""
    actor = db.info.get("actor", "system")
    operation = Operation(kind=kind, actor=actor, run_id=run_id, undoes=undoes)
    db.add(operation)
    db.flush()
    return operation


def record_change(
    db: Session,
    operation: Operation,
    lead_id: int,
    *,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    at: datetime | None = None,
) -> None:
    """Keep one lead's part in an operation: the values before and after, and when; now by default.

    A lead counts as last updated at the moment of its last change.
    """
    action = "create" if before is None else "delete" if after is None else "update"
    db.add(
        Change(
            operation_id=operation.id,
            lead_id=lead_id,
            action=action,
            before=dict(before) if before is not None else None,
            after=dict(after) if after is not None else None,
            at=at or utc_now(),
        )
    )
    operation.changes += 1


def get_operation(db: Session, operation_id: int) -> Operation | None:
    """Give an operation by id, or None."""
    return db.get(Operation, operation_id) if 0 < operation_id <= MAX_ID else None


def require_operation(db: Session, operation_id: int) -> Operation:
    """Give an operation by id.

    Raises:
        OperationNotFound: there is none.
    """
    operation = get_operation(db, operation_id)
    if operation is None:
        raise OperationNotFound(f"There is no operation {operation_id}.")
    return operation


def find_operations(
    db: Session, *, before_id: int | None = None, limit: int = 50
) -> list[Operation]:
    """Give operations, the newest first, those older than ``before_id`` if given; no plans."""
    query = select(Operation).where(Operation.kind != PLAN)
    query = query.order_by(Operation.id.desc()).limit(limit)
    if before_id is not None:
        query = query.where(Operation.id < before_id)
    return list(db.scalars(query))


def find_alike(db: Session, root_id: int, *, stands: bool) -> list[int]:
    """Give the operations that brought an operation's effect about, or those that took it back.

    It may have been taken back and brought back any number of times.
    """
    found: list[int] = []
    level, is_standing = [root_id], True
    while level:
        found += level if is_standing is stands else []
        level = list(db.scalars(select(Operation.id).where(Operation.undoes.in_(level))))
        is_standing = not is_standing
    return found


def find_lead_changes(db: Session, lead_id: int) -> list[tuple[Change, Operation]]:
    """Give all changes of one lead with their operations, the oldest first."""
    query = (
        select(Change, Operation)
        .join(Operation, Operation.id == Change.operation_id)
        .where(Change.lead_id == lead_id)
        .order_by(Change.id)
    )
    return [(change, operation) for change, operation in db.execute(query)]


def last_change_id(db: Session) -> int:
    """Give the newest change's id, 0 where there is none: a cursor for those who follow along."""
    return db.scalar(select(func.max(Change.id))) or 0
