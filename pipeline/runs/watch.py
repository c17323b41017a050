"""Following runs: which have moved since they were last looked at."""

import time
from collections.abc import Callable

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from pipeline.runs.ledger import OPEN_STATES
from pipeline.runs.models import Run

STILL_SECONDS = 2.0
_FOLLOWED = (*OPEN_STATES, "quarantined")
_MOVING = ("state", "read", "rows_total", "pages", "pages_failed", "resolved")


class RunWatch:
    """Remembers how far each open run was.

    A running one that stands still is given every two seconds all the same: its pace falls.
    """

    def __init__(self, db: Session, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._newest = db.scalar(select(func.max(Run.id))) or 0
        open_runs = db.scalars(select(Run).where(Run.state.in_(_FOLLOWED)))
        self._seen = {run.id: self._position(run) for run in open_runs}

    def poll(self, db: Session) -> list[Run]:
        """Give the runs that have begun, moved or ended since the last poll."""
        query = select(Run).where(or_(Run.id.in_(self._seen), Run.id > self._newest))
        moved = [run for run in db.scalars(query) if self._seen.get(run.id) != self._position(run)]
        for run in moved:
            self._newest = max(self._newest, run.id)
            if run.state in _FOLLOWED:
                self._seen[run.id] = self._position(run)
            else:
                self._seen.pop(run.id, None)
        return moved

    def _position(self, run: Run) -> tuple[object, ...]:
        beat = int(self._clock() / STILL_SECONDS) if run.state == "running" else 0
        return (*(getattr(run, name) for name in _MOVING), beat)
