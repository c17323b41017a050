"""List the newest imports and scrapes, or show one with what was wrong with its rows."""

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from typing import Any

from pipeline.commands.context import Context, add_common_arguments
from pipeline.commands.run_report import run_document
from pipeline.commands.store import open_store
from pipeline.commands.tables import format_facts, format_table
from pipeline.records import Outcome
from pipeline.runs.models import RowIssue, Run
from pipeline.runs.service import count_issues, find_issues, find_runs, require_run

_HEADINGS = ("run", "kind", "what", "state", "read", "created", "rejected", "requested")
_ISSUE = ("row", "severity", "code", "field", "value", "expected")


def add_arguments(parser: ArgumentParser) -> None:
    """Declare which run, or how many."""
    add_common_arguments(parser)
    parser.add_argument("run", metavar="RUN", type=int, nargs="?", help="show this run")
    parser.add_argument(
        "--issues", action="store_true", help="with RUN: list what is wrong with rows"
    )
    parser.add_argument(
        "--limit", type=int, default=20, help="how many to list at most (default: 20)"
    )


def run(arguments: Namespace, context: Context) -> int:
    """Answer with the list, or with one run."""
    limit = max(arguments.limit, 1)
    with open_store(context.settings) as database, database.read() as db:
        if arguments.run is None:
            _answer_list(context, find_runs(db, limit=limit))
        else:
            found = require_run(db, arguments.run)
            issues = find_issues(db, found.id, limit=limit) if arguments.issues else []
            _answer_one(context, found, count_issues(db, found.id), issues)
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


def _answer_one(
    context: Context, run: Run, counts: Mapping[str, int], issues: list[RowIssue]
) -> None:
    document = {**_document(run), "issues": dict(counts)}
    if issues:
        document["rows"] = [{name: getattr(one, name) for name in _ISSUE} for one in issues]
    context.answer(document, lambda: _describe(run, counts, issues))


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


def _describe(run: Run, counts: Mapping[str, int], issues: list[RowIssue]) -> str:
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
    if counts:
        parts += ["", format_table(("issue", "rows"), counts.items())]
    if issues:
        rows = [[str(getattr(one, name)) for name in _ISSUE] for one in issues]
        parts += ["", format_table(_ISSUE, rows)]
    return "\n".join(parts)


def _subject(run: Run) -> str:
    return run.file_name or run.source
