"""Take an operation back; what somebody changed since is kept and told."""

import time
from argparse import ArgumentParser, Namespace
from typing import Any

from pipeline.commands.context import ACTOR, Context, add_common_arguments
from pipeline.commands.follow import follow_run
from pipeline.commands.run_report import FINISHED, report_run
from pipeline.commands.store import open_store
from pipeline.commands.tables import format_table
from pipeline.database.engine import Database
from pipeline.operations.reversals import UndoReport
from pipeline.runs.models import Run
from pipeline.undo.service import report_of, take_back

MAX_SHOWN = 20


def add_arguments(parser: ArgumentParser) -> None:
    """Declare which operation."""
    add_common_arguments(parser)
    parser.add_argument(
        "operation", metavar="OPERATION", type=int, help="its number, as leads operations shows it"
    )


def run(arguments: Namespace, context: Context) -> int:
    """Undo the operation and report what came of it; a large one is followed to its end."""
    with open_store(context.settings) as database:
        taken = database.transact(lambda db: take_back(db, arguments.operation), actor=ACTOR)
        if isinstance(taken, Run):
            return _follow(database, context, taken.id)
    context.answer(_document(taken), lambda: _describe(taken, len(taken.kept)))
    return 0


def _follow(database: Database, context: Context, run_id: int) -> int:
    began = time.perf_counter()
    ended = follow_run(database, context.settings, run_id)
    seconds = time.perf_counter() - began
    if ended.state != FINISHED:
        return report_run(context, ended, seconds)
    with database.read() as db:
        report = report_of(db, ended, limit=ended.kept if context.as_json else MAX_SHOWN)
    document = {**_document(report), "run": run_id, "seconds": round(seconds, 3)}
    context.answer(document, lambda: _describe(report, ended.kept))
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


def _describe(report: UndoReport, kept: int) -> str:
    counts = [
        f"{report.removed:,} leads removed",
        f"{report.restored:,} restored",
        f"{report.recreated:,} recreated",
        f"{kept:,} kept",
    ]
    parts = [
        f"Operation {report.undoes} is taken back: {', '.join(counts)}.",
        f"To take that back in turn:  leads undo {report.operation_id}",
    ]
    if kept:
        rows = [(str(lead_id), reason) for lead_id, reason in report.kept[:MAX_SHOWN]]
        parts.append(format_table(("kept lead", "because it was"), rows))
    if kept > MAX_SHOWN:
        parts.append(f"… and {kept - MAX_SHOWN:,} more; --json lists all.")
    return "\n".join(parts)
