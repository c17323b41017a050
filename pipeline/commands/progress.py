"""The progress of a run, on standard error and only where a person looks at it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from pipeline.runs.models import Run
from pipeline.runs.pace import eta_seconds, rows_per_second

Show = Callable[[Run], None]


@contextmanager
def open_progress() -> Iterator[Show]:
    """Give what shows how a run stands; on anything but a terminal it shows nothing."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415 - likewise

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[done]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task("", total=None, done="")

        def show(run: Run) -> None:
            bars.update(
                bar,
                description=f"Run {run.id} is {run.state}",
                completed=run.pages if run.kind == "scrape" else run.read,
                total=run.rows_total,
                done=describe_progress(run),
            )

        yield show


def describe_progress(run: Run) -> str:
    """Say how far a run is, how fast it goes, and how long it will take."""
    if run.kind == "scrape":
        return f"{run.pages:,} pages"
    if run.resolved:
        return f"{run.resolved:,} leads matched"
    parts = [f"{run.read:,} {'leads' if run.kind == 'undo' else 'rows'}"]
    if rate := rows_per_second(run):
        parts.append(f"{rate:,.0f} a second")
    if (left := eta_seconds(run)) is not None:
        parts.append(f"{timedelta(seconds=round(left))} left")
    return ", ".join(parts)
