"""Following runs: which have moved since they were last looked at."""

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from pipeline.runs.ledger import OPEN_STATES
from pipeline.runs.models import Run

_MOVING = ("state", "read", "rows_total", "pages", "pages_failed")


class RunWatch:
    """Remembers how far each open run was."""

    def __init__(self, db: Session) -> None:
        self._newest = db.scalar(select(func.max(Run.id))) or 0
        open_runs = db.scalars(select(Run).where(Run.state.in_(OPEN_STATES)))
        self._seen = {run.id: _position(run) for run in open_runs}

    def poll(self, db: Session) -> list[Run]:
        """Give the runs that have begun, moved or ended since the last poll."""
        query = select(Run).where(or_(Run.id.in_(self._seen), Run.id > self._newest))
        moved = [run for run in db.scalars(query) if self._seen.get(run.id) != _position(run)]
        for run in moved:
            self._newest = max(self._newest, run.id)
            if run.state in OPEN_STATES:
                self._seen[run.id] = _position(run)
            else:
                self._seen.pop(run.id, None)
        return moved


def _position(run: Run) -> tuple[object, ...]:
    return tuple(getattr(run, name) for name in _MOVING)
