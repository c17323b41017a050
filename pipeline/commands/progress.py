"""The progress of a run, on standard error and only where a person looks at it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pipeline.runs.models import Run

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
            done, unit = (run.pages, "pages") if run.kind == "scrape" else (run.read, "rows")
            bars.update(
                bar,
                description=f"Run {run.id} is {run.state}",
                completed=done,
                total=run.rows_total,
                done=f"{done:,} {unit}",
            )

        yield show
