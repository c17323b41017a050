"""List the newest imports and scrapes, or show one with what was wrong with its rows."""

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from pipeline.commands.context import Context, add_common_arguments
from pipeline.commands.run_report import run_document
from pipeline.commands.store import open_store
from pipeline.commands.tables import format_facts, format_table
from pipeline.records import Outcome
from pipeline.runs.models import Run
from pipeline.runs.service import count_issues, find_runs, require_run

_HEADINGS = ("run", "kind", "what", "state", "read", "created", "rejected", "requested")


def add_arguments(parser: ArgumentParser) -> None:
    """Declare which run, or how many."""
    add_common_arguments(parser)
    parser.add_argument("run", metavar="RUN", type=int, nargs="?", help="show this run")
    parser.add_argument("--limit", type=int, default=20, help="how many to list (default: 20)")


def run(arguments: Namespace, context: Context) -> int:
    """Answer with the list, or with one run."""
    with open_store(context.settings) as database, database.read() as db:
        if arguments.run is None:
            _answer_list(context, find_runs(db, limit=max(arguments.limit, 1)))
        else:
            _answer_one(context, db, require_run(db, arguments.run))
    return 0


def _answer_list(context: Context, runs: list[Run]) -> None:
    rows = [
        (
            *(str(run.id), run.kind, _subject(run), run.state),
            *(run.read, run.created, run.rejected, run.requested_at),
        )
        for run in runs
    ]
    context.answer(
        [_document(run) for run in runs],
        lambda: format_table(_HEADINGS, rows) if rows else "There are no runs yet.",
    )


def _answer_one(context: Context, db: Session, run: Run) -> None:
    issues = count_issues(db, run.id)
    context.answer({**_document(run), "issues": dict(issues)}, lambda: _describe(run, issues))


def _document(run: Run) -> dict[str, Any]:
    return {
        **run_document(run),
        "kind": run.kind,
        "source": run.source,
        "file_name": run.file_name,
        "requested_by": run.requested_by,
        "requested_at": run.requested_at,
        "started_at": run.started_at,
        "finished_at": run.finished_at,
    }


def _describe(run: Run, issues: Mapping[str, int]) -> str:
    facts: list[tuple[str, object]] = [
        ("run", str(run.id)),
        ("kind", run.kind),
        ("what", _subject(run)),
        ("state", run.state),
        ("error", run.error or "none"),
        ("operation", str(run.operation_id)),
        ("requested", f"{run.requested_at:%Y-%m-%d %H:%M:%S} UTC by {run.requested_by}"),
        ("read", run.read),
        *((str(outcome), getattr(run, outcome.value)) for outcome in Outcome),
    ]
    if run.kind == "scrape":
        facts += [("pages", run.pages), ("pages failed", run.pages_failed)]
    parts = [format_facts(facts)]
    if issues:
        parts += ["", format_table(("issue", "rows"), issues.items())]
    return "\n".join(parts)


def _subject(run: Run) -> str:
    return run.file_name or run.source
