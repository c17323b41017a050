"""Prints what came out: the accounting of both runs, the reasons of rejects, and where to go on."""

from collections.abc import Mapping, Sequence
from operator import itemgetter

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipeline.demo.engine_client import Answer
from pipeline.demo.stack import Stack
from pipeline.records import Outcome

CONTACT_COLUMNS = ("E-Mail", "Phone Number", "Mobil")
EXAMPLES = 3
DASHBOARD = "/api/ui-dashboard/leads-dashboard-ui"


def is_balanced(run: Answer) -> bool:
    """Whether a run has finished and each record it read has exactly one outcome."""
    return bool(run["state"] == "finished" and run["read"] == sum(_outcomes(run)))


def print_accounting(console: Console, runs: Mapping[str, Answer]) -> None:
    """Print one line a run: what was read, what came of it, and whether that adds up."""
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column("")
    for heading in ("read", *Outcome):
        table.add_column(heading, justify="right")
    table.add_column("balances")
    for label, run in runs.items():
        counts = (f"{count:,}" for count in (run["read"], *_outcomes(run)))
        table.add_row(
            label, *counts, "[green]yes[/]" if is_balanced(run) else f"[red]NO: {run['state']}[/]"
        )
    console.print(table)
    for run in runs.values():
        if run["error"]:
            _print_line(console, escape(run["error"]))


def print_rejects(console: Console, issues: Sequence[Answer]) -> None:
    """Print three rejected rows that differ: where, what the row gave, what it would need."""
    kinds = {(issue["code"], bool(_given(issue))): issue for issue in reversed(issues)}
    for issue in sorted(kinds.values(), key=itemgetter("row"))[:EXAMPLES]:
        given = escape(_given(issue) or "nothing")
        needed = escape(issue["expected"])
        line = f"Row {issue['row']}: [b]{issue['code']}[/b]: gave {given}; needs {needed}"
        _print_line(console, line)


def print_rate(console: Console, run: Answer) -> None:
    """Print how fast the file's rows were read, judged, matched and written."""
    rate = run["rows_per_second"] or 0
    console.print(f"{run['read']:,} rows at {rate:,.0f} rows a second, everything included")


def print_ways_on(console: Console, stack: Stack, site_url: str, operation_id: int) -> None:
    """Print where the leads can be seen, what was scraped, and how the import is taken back."""
    _print_line(console, f"Dashboard: {stack.address}{DASHBOARD}")
    _print_line(console, f"The site:  {site_url}/")
    _print_line(console, f"Undo:      leads undo {operation_id} --data {stack.data_dir}")


def _print_line(console: Console, text: str) -> None:
    """Print a line that stays one, however long, so that it can be copied."""
    console.print(text, soft_wrap=True)


def _given(issue: Answer) -> str:
    raw = issue["raw"] or {}
    return ", ".join(raw[column] for column in CONTACT_COLUMNS if raw.get(column))


def _outcomes(run: Answer) -> list[int]:
    return [run[outcome] for outcome in Outcome]
