"""Take an operation back; what somebody changed since is kept and told."""

from argparse import ArgumentParser, Namespace
from typing import Any

from pipeline.commands.context import ACTOR, Context, add_common_arguments
from pipeline.commands.store import open_store
from pipeline.commands.tables import format_table
from pipeline.operations.reversals import UndoReport
from pipeline.undo.service import undo_operation

MAX_SHOWN = 20


def add_arguments(parser: ArgumentParser) -> None:
    """Declare which operation."""
    add_common_arguments(parser)
    parser.add_argument(
        "operation", metavar="OPERATION", type=int, help="its number, as leads operations shows it"
    )


def run(arguments: Namespace, context: Context) -> int:
    """Undo the operation and report what came of it."""
    with open_store(context.settings) as database:
        report = database.transact(lambda db: undo_operation(db, arguments.operation), actor=ACTOR)
    context.answer(_document(report), lambda: _describe(report))
    return 0


def _document(report: UndoReport) -> dict[str, Any]:
    return {
        "operation": report.operation_id,
        "undoes": report.undoes,
        "removed": report.removed,
        "restored": report.restored,
        "recreated": report.recreated,
        "kept": [{"lead": lead_id, "reason": reason} for lead_id, reason in report.kept],
    }


def _describe(report: UndoReport) -> str:
    counts = [
        f"{report.removed:,} leads removed",
        f"{report.restored:,} restored",
        f"{report.recreated:,} recreated",
        f"{len(report.kept):,} kept",
    ]
    parts = [
        f"Operation {report.undoes} is taken back: {', '.join(counts)}.",
        f"To take that back in turn:  leads undo {report.operation_id}",
    ]
    if report.kept:
        rows = [(str(lead_id), reason) for lead_id, reason in report.kept[:MAX_SHOWN]]
        parts.append(format_table(("kept lead", "because it was"), rows))
    if len(report.kept) > MAX_SHOWN:
        parts.append(f"… and {len(report.kept) - MAX_SHOWN:,} more; --json lists all.")
    return "\n".join(parts)
