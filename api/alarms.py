"""What is unusual: alarms and their evidence, verdicts on quarantined runs, sources' health."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response

from api.access import requires
from api.alarm_bodies import AlarmDetail, AlarmOut, HealthOut
from api.json_bodies import StrictRoute
from api.paging import Before, Limit, RunId, next_link
from api.problems import problems
from api.run_out import RunOut
from api.units import Db
from pipeline.access import Role
from pipeline.operations.ledger import MAX_ID
from pipeline.verdicts import accept_run, discard_run
from pipeline.watching.alarms import find_alarms, require_alarm
from pipeline.watching.evidence import show_evidence
from pipeline.watching.health import find_health

router = APIRouter(prefix="/api", tags=["watching"], route_class=StrictRoute)

AlarmId = Annotated[int, Path(ge=1, le=MAX_ID, description="The alarm's id.", examples=[1])]
State = Annotated[
    Literal["open", "accepted", "discarded"] | None, Query(description="Only alarms of this state.")
]
OfRun = Annotated[int | None, Query(ge=1, le=MAX_ID, description="Only alarms of this run.")]


@router.get(
    "/alarms",
    summary="List alarms",
    dependencies=[requires(Role.VIEWER)],
    responses=problems(422),
)
def find_all(
    *,
    db: Db,
    response: Response,
    state: State = None,
    run_id: OfRun = None,
    before: Before = None,
    limit: Limit = 50,
) -> list[AlarmOut]:
    """Give what of runs lies, or lay, outside their limits, the newest first."""
    found = find_alarms(db, state=state, run_id=run_id, before_id=before, limit=limit + 1)
    run = None if run_id is None else str(run_id)
    next_link(response, "/api/alarms", found, limit, state=state, run_id=run)
    return [AlarmOut.of(one) for one in found[:limit]]


@router.get(
    "/alarms/{alarm_id}",
    summary="Get an alarm",
    dependencies=[requires(Role.VIEWER)],
    responses=problems(404, 422),
)
def get_one(alarm_id: AlarmId, request: Request, db: Db) -> AlarmDetail:
    """Give an alarm with a page before and after, as far as such pages are kept."""
    alarm = require_alarm(db, alarm_id)
    evidence = show_evidence(db, request.app.state.settings, alarm)
    return AlarmDetail.with_evidence(alarm, evidence)


@router.post(
    "/runs/{run_id}/accept",
    summary="Accept a quarantined run",
    dependencies=[requires(Role.REVIEWER)],
    responses=problems(404, 409, 422),
)
def accept(run_id: RunId, db: Db) -> RunOut:
    """Let a quarantined run's records land; what it found counts as usual from now on.

    409 says that it is not in quarantine.
    """
    return RunOut.of(accept_run(db, run_id))


@router.post(
    "/runs/{run_id}/discard",
    summary="Discard a quarantined run",
    dependencies=[requires(Role.REVIEWER)],
    responses=problems(404, 409, 422),
)
def discard(run_id: RunId, db: Db) -> RunOut:
    """Throw a quarantined run's records away; no lead has changed by it.

    409 says that it is not in quarantine.
    """
    return RunOut.of(discard_run(db, run_id))


@router.get(
    "/health/sources",
    summary="Get the health of all sources",
    dependencies=[requires(Role.VIEWER)],
)
def find_source_health(db: Db) -> list[HealthOut]:
    """Tell how each source is, the worst first: its runs, fill rates, politeness, next due time."""
    return [HealthOut.of(one) for one in find_health(db)]
