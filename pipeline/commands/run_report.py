"""How a run is reported: as one JSON object for scripts, as a few lines for people."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pipeline.commands.context import Context
from pipeline.commands.engine_note import get_engine
from pipeline.commands.tables import format_facts
from pipeline.operations.reversals import Reversal
from pipeline.records import Outcome
from pipeline.runs.ledger import OPEN_STATES, WORKING_STATES
from pipeline.runs.models import Run

FINISHED = "finished"
_MATCHED = ("resolved", "merged", "to_review")


def run_document(run: Run) -> dict[str, Any]:
    """Give what a script wants to know of a run."""
    document: dict[str, Any] = {"run": run.id, "operation": run.operation_id, "state": run.state}
    document |= {"read": run.read}
    document |= dict(_counts(run))
    document |= {name: getattr(run, name) for name in _MATCHED}
    if run.kind == "scrape":
        document |= {"pages": run.pages, "failed": run.pages_failed}
    if run.error:
        document["error"] = run.error
    return document


def report_run(
    context: Context, run: Run, seconds: float, more: Mapping[str, Any] = MappingProxyType({})
) -> int:
    """Answer with what came of a run, say how to go on, and give the exit status.

    ``more`` is told to scripts besides.

    An import that failed before any row was read was refused: its file is no table.
    """
    document = {**run_document(run), **more, "seconds": round(seconds, 3)}
    context.answer(document, lambda: _describe(run, seconds))
    if run.state in OPEN_STATES:
        context.tell(_ways_on(context, run))
    if run.state == FINISHED:
        return 0
    return 2 if run.kind == "import" and run.state == "failed" and run.rows_total is None else 1


def _counts(run: Run) -> list[tuple[str, int]]:
    kinds = Reversal if run.kind == "undo" else Outcome
    return [(one.value, getattr(run, one.value)) for one in kinds]


def _ways_on(context: Context, run: Run) -> str:
    if run.state not in WORKING_STATES:
        return f"Run {run.id} is {run.state}. To go on with it: leads resume {run.id}"
    if get_engine(context.settings.data_dir) is not None:
        return f"The engine goes on with run {run.id}; to see it: leads runs {run.id}"
    return f"Run {run.id} is not finished. To go on with it: leads resume {run.id}, or leads up"


def _describe(run: Run, seconds: float) -> str:
    what = f"{run.kind.capitalize()} {run.id}"
    if run.error:
        return f"{what} {run.state}: {run.error}"
    counts = [("read", run.read), *_counts(run)]
    if run.kind == "resolve":
        counts = [("leads matched", run.resolved)]
    if run.kind == "scrape":
        counts = [("pages", run.pages), ("pages failed", run.pages_failed), *counts]
    lines = [f"{what} is {run.state} after {seconds:.1f} s.", format_facts(counts)]
    if run.merged:
        lines.append(f"Merged into leads they are one with: {run.merged:,}")
    if run.to_review:
        lines.append(f"Pairs that may be one: {run.to_review:,}.  To decide:  leads duplicates")
    if run.rejected:
        lines.append(f"Why rows were rejected:  leads runs {run.id} --issues")
    if run.rejected and run.kind == "import":
        lines.append(f"To correct them:  leads issues {run.id} -o rejected.csv")
    if run.state == FINISHED:
        lines.append(f"To take it back:  leads undo {run.operation_id}")
    return "\n".join(lines)
