"""What earlier runs of a source found: the measure of the next one."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.runs.crawl_models import FieldCount
from pipeline.runs.models import Run
from pipeline.watching.models import Alarm

ALL = ""
"""The field under which the records themselves are counted."""

HISTORY_RUNS = 20
"""So many good runs are remembered."""

_LOOKED_THROUGH = 200

Counts = Mapping[str, int]
"""In how many records each field was filled; under :data:`ALL`, how many records there were."""


def find_good_runs(db: Session, run: Run) -> list[int]:
    """Give the newest runs of the same source and settings that landed, the oldest first.

    Only those count that had ended before this one was asked for: so the answer stays the same as
    long as it goes on.
    """
    query = (
        select(Run.id, Run.params)
        .join(FieldCount, (FieldCount.run_id == Run.id) & (FieldCount.field == ALL))
        .where(Run.kind == "scrape", Run.source == run.source, Run.state == "finished")
        .where(Run.id < run.id, Run.finished_at <= run.requested_at)
        .order_by(Run.id.desc())
        .limit(_LOOKED_THROUGH)
    )
    alike = [run_id for run_id, told in db.execute(query) if told == run.params]
    return alike[:HISTORY_RUNS][::-1]


def count_found(db: Session, run_ids: Iterable[int]) -> Mapping[int, Counts]:
    """Give what runs found; a run that found nothing has no record."""
    wanted = list(run_ids)
    found: dict[int, dict[str, int]] = {run_id: {ALL: 0} for run_id in wanted}
    query = select(FieldCount).where(FieldCount.run_id.in_(wanted))
    for one in db.scalars(query):
        found[one.run_id][one.field] = one.count
    return found


def find_changes(db: Session, run_ids: Sequence[int]) -> Mapping[str, int]:
    """Give since how many of these runs each field is what a person has accepted it to be."""
    query = (
        select(Alarm.field, func.max(Alarm.run_id))
        .where(Alarm.run_id.in_(run_ids), Alarm.state == "accepted")
        .group_by(Alarm.field)
    )
    return {field: sum(one >= changed for one in run_ids) for field, changed in db.execute(query)}
