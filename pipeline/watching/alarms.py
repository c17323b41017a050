"""Reading alarms, and keeping what a person has decided about them."""

from collections.abc import Sequence

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from pipeline.database.base import utc_now
from pipeline.database.dialects import count_updated
from pipeline.errors import NotFound
from pipeline.operations.ledger import MAX_ID
from pipeline.watching.history import ALL
from pipeline.watching.models import Alarm

OPEN, ACCEPTED, DISCARDED = "open", "accepted", "discarded"
STATES = (OPEN, ACCEPTED, DISCARDED)


def find_alarms(
    db: Session,
    *,
    state: str | None = None,
    run_id: int | None = None,
    before_id: int | None = None,
    limit: int = 50,
) -> list[Alarm]:
    """Give alarms, the newest first; those of one state or one run if asked for."""
    query = select(Alarm).order_by(Alarm.id.desc()).limit(limit)
    if state is not None:
        query = query.where(Alarm.state == state)
    if run_id is not None:
        query = query.where(Alarm.run_id == run_id)
    if before_id is not None:
        query = query.where(Alarm.id < before_id)
    return list(db.scalars(query))


def require_alarm(db: Session, alarm_id: int) -> Alarm:
    """Give an alarm.

    Raises:
        NotFound: there is none.
    """
    alarm = db.get(Alarm, alarm_id) if 0 < alarm_id <= MAX_ID else None
    if alarm is None:
        raise NotFound(f"There is no alarm {alarm_id}.")
    return alarm


def count_open_alarms(db: Session) -> int:
    """Give how many alarms nobody has decided about."""
    return db.scalar(select(func.count()).select_from(Alarm).where(Alarm.state == OPEN)) or 0


def decide_alarms(db: Session, run_id: int, state: str) -> int:
    """Keep what the acting person has decided about a run's open alarms; give how many."""
    this = update(Alarm).where(Alarm.run_id == run_id, Alarm.state == OPEN)
    decided_by = db.info.get("actor", "system")
    return count_updated(db, this.values(state=state, decided_by=decided_by, decided_at=utc_now()))


def tell_alarm(alarm: Alarm) -> str:
    """Say in a sentence what is unusual."""
    if alarm.field == ALL:
        return (
            f"{_whole(alarm.value)} records were found; "
            f"usual are {_whole(alarm.low)} to {_whole(alarm.high)}."
        )
    return (
        f"{_percent(alarm.value)} of the records have {alarm.field.replace('_', ' ')}; "
        f"usual are {_percent(alarm.low)} to {_percent(alarm.high)}."
    )


def tell_all(alarms: Sequence[Alarm]) -> str:
    """Say what is unusual about a run."""
    return " ".join(tell_alarm(alarm) for alarm in sorted(alarms, key=lambda one: one.field))


def _whole(value: float) -> str:
    return f"{round(value):,}"


def _percent(rate: float) -> str:
    """Give a share in whole percents; only what is all or nothing is called so."""
    percent = round(100 * rate)
    if percent in {0, 100} and 0 < rate < 1:
        percent = 1 if percent == 0 else 99
    return f"{percent} %"
