"""Follows one of the demonstration's runs with a progress bar until it has come to an end."""

import time

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from pipeline.demo.engine_client import Answer, EngineClient
from pipeline.demo.stack import Stack

POLL_SECONDS = 0.15
WORKING = ("requested", "running")


def watch_run(
    console: Console, stack: Stack, engine: EngineClient, run_id: int, *, label: str, seconds: float
) -> Answer:
    """Wait until a run has ended, or ``seconds`` have passed; give the run as it stands then.

    Raises:
        EngineUnreachable: the engine died meanwhile.
    """
    deadline = time.monotonic() + seconds
    with _open_bar(console) as bar:
        task = bar.add_task(label, total=None, done="")
        while True:
            stack.require_running()
            run = engine.require_run(run_id)
            done, total, unit = _measure(run)
            bar.update(task, completed=done, total=total, done=f"{done:,} {unit}")
            if run["state"] not in WORKING or time.monotonic() > deadline:
                return run
            time.sleep(POLL_SECONDS)


def _open_bar(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description:<24}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[done]:>11}"),
        TimeElapsedColumn(),
        console=console,
    )


def _measure(run: Answer) -> tuple[int, int | None, str]:
    """Give what is done, of how much, and in what: how large a site is, only its end tells."""
    if run["kind"] == "scrape":
        pages = run["pages"] + run["pages_failed"]
        return pages, None if run["state"] in WORKING else pages, "pages"
    return run["read"], run["rows_total"], "rows"
