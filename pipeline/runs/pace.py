"""How fast a run goes and how long it will take: told by what is committed, never by a process."""

from pipeline.runs.models import Run
from pipeline.runs.service import worked_seconds


def rows_per_second(run: Run) -> float | None:
    """Give the rows that a run has dealt with a second, pauses left out; None before it begins.

    It is the mean since the run began. So a time in which nobody works on the run shows in it.
    """
    seconds = worked_seconds(run)
    return round(run.read / seconds, 1) if seconds else None


def eta_seconds(run: Run) -> float | None:
    """Give how long a running run will take at its pace; None where that cannot be told."""
    rate = rows_per_second(run)
    if run.state != "running" or not rate or run.rows_total is None:
        return None
    return round((run.rows_total - run.read) / rate, 1)
