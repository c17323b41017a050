"""List the newest operations: what changed leads, and who did it."""

from argparse import ArgumentParser, Namespace
from typing import Any

from pipeline.commands.context import Context, add_common_arguments
from pipeline.commands.store import open_store
from pipeline.commands.tables import format_table
from pipeline.operations.ledger import find_operations
from pipeline.operations.models import Operation

_HEADINGS = ("operation", "kind", "changes", "by", "run", "when", "undone by")


def add_arguments(parser: ArgumentParser) -> None:
    """Declare how many."""
    add_common_arguments(parser)
    parser.add_argument("--limit", type=int, default=20, help="how many to list (default: 20)")


def run(arguments: Namespace, context: Context) -> int:
    """Answer with the list."""
    with open_store(context.settings) as database, database.read() as db:
        found = find_operations(db, limit=max(arguments.limit, 1))
    rows = [
        (
            *(str(one.id), one.kind, one.changes, one.actor, _number(one.run_id)),
            *(one.created_at, _number(one.undone_by)),
        )
        for one in found
    ]
    context.answer(
        [_document(one) for one in found],
        lambda: format_table(_HEADINGS, rows) if rows else "There are no operations yet.",
    )
    return 0


def _document(operation: Operation) -> dict[str, Any]:
    return {
        "operation": operation.id,
        "kind": operation.kind,
        "changes": operation.changes,
        "actor": operation.actor,
        "run": operation.run_id,
        "undoes": operation.undoes,
        "undone_by": operation.undone_by,
        "created_at": operation.created_at,
    }


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
