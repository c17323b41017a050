"""When sources run by themselves: made, previewed, changed, paused, run at once."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from api.access import requires
from api.errors import refused_as_conflict
from api.json_bodies import StrictRoute
from api.problems import problems
from api.run_out import RunOut
from api.schedule_bodies import (
    RULE,
    CronSchedule,
    IntervalSchedule,
    PreviewOut,
    RuleSchedule,
    ScheduleEdit,
    ScheduleOut,
)
from api.units import Db
from pipeline.access import Role
from pipeline.database.base import utc_now
from pipeline.operations.ledger import MAX_ID
from pipeline.schedules import (
    add_schedule,
    edit_schedule,
    find_schedules,
    pause_schedule,
    preview_times,
    read_rule,
    require_schedule,
    resume_schedule,
    run_now,
    tell,
)

router = APIRouter(prefix="/api/schedules", tags=["schedules"], route_class=StrictRoute)

ScheduleId = Annotated[int, Path(ge=1, le=MAX_ID, description="The schedule's id.", examples=[1])]
Rule = Annotated[str, Query(max_length=200, description=RULE, examples=["every 2 hours"])]
Timezone = Annotated[
    str, Query(max_length=64, description="As `Europe/Zurich`, unless the rule names one itself.")
]


@router.get(
    "",
    summary="List schedules",
    dependencies=[requires(Role.VIEWER)],
    response_model_exclude_none=True,
)
def find_all(db: Db) -> list[ScheduleOut]:
    """Give all schedules, the next due first."""
    return [ScheduleOut.of(db, schedule) for schedule in find_schedules(db)]


@router.post(
    "",
    status_code=201,
    summary="Schedule a source",
    dependencies=[requires(Role.ADMIN)],
    response_model_exclude_none=True,
    responses=problems(404, 409, 413, 415, 422),
)
def add_one(wanted: RuleSchedule | CronSchedule | IntervalSchedule, db: Db) -> ScheduleOut:
    """Let a source run by itself: by a rule in words, by cron, or every so many seconds.

    409 says that the rule cannot be read, that the source cannot do with these params, or that the
    calendar has no such time.
    """
    times = {"rule", "cron", "timezone", "every_seconds", "jitter_seconds"}
    with refused_as_conflict():
        schedule = add_schedule(
            db, wanted.source, wanted.params, **wanted.model_dump(include=times)
        )
    return ScheduleOut.of(db, schedule)


@router.get(
    "/preview",
    summary="Preview a rule",
    dependencies=[requires(Role.VIEWER)],
    response_model_exclude_none=True,
    responses=problems(409, 422),
)
def preview(rule: Rule, timezone: Timezone = "UTC") -> PreviewOut:
    """Tell how a rule is read, and the next five moments at which it would be due.

    409 says which of its words cannot be read, with examples.
    """
    with refused_as_conflict():
        read = read_rule(rule)
        zone = read.timezone or timezone
        next_times = preview_times(read, zone, utc_now())
    return PreviewOut(
        rule=tell(read),
        cron=read.cron,
        every_seconds=read.every_seconds,
        timezone=zone,
        next_times=next_times,
    )


@router.get(
    "/{schedule_id:int}",
    summary="Get a schedule",
    dependencies=[requires(Role.VIEWER)],
    response_model_exclude_none=True,
    responses=problems(404, 422),
)
def get_one(schedule_id: ScheduleId, db: Db) -> ScheduleOut:
    """Give a schedule, its rule in words, and the next five moments at which it is due."""
    return ScheduleOut.of(db, require_schedule(db, schedule_id))


@router.patch(
    "/{schedule_id:int}",
    summary="Change a schedule",
    dependencies=[requires(Role.ADMIN)],
    response_model_exclude_none=True,
    responses=problems(404, 409, 413, 415, 422),
)
def edit_one(schedule_id: ScheduleId, wanted: ScheduleEdit, db: Db) -> ScheduleOut:
    """Change what is given: params, rule, time zone, jitter.

    409 says that the rule cannot be read, or that the source cannot do with these params.
    """
    with refused_as_conflict():
        changed = edit_schedule(db, schedule_id, **wanted.model_dump(exclude_none=True))
    return ScheduleOut.of(db, changed)


@router.post(
    "/{schedule_id:int}/run",
    status_code=202,
    summary="Run a schedule now",
    dependencies=[requires(Role.ADMIN)],
    responses=problems(404, 409, 422),
)
def run_one(schedule_id: ScheduleId, db: Db, response: Response) -> RunOut:
    """Let a schedule's source run as soon as a worker is free; its next due time stays.

    409 says that an earlier run has not ended.
    """
    with refused_as_conflict():
        run = run_now(db, schedule_id)
    response.headers["Location"] = f"/api/runs/{run.id}"
    return RunOut.of(run)


@router.post(
    "/{schedule_id:int}/pause",
    summary="Pause a schedule",
    dependencies=[requires(Role.ADMIN)],
    response_model_exclude_none=True,
    responses=problems(404, 409, 422),
)
def pause(schedule_id: ScheduleId, db: Db) -> ScheduleOut:
    """Let a schedule rest until it is resumed. 409 says that it rests already."""
    return ScheduleOut.of(db, pause_schedule(db, schedule_id))


@router.post(
    "/{schedule_id:int}/resume",
    summary="Resume a schedule",
    dependencies=[requires(Role.ADMIN)],
    response_model_exclude_none=True,
    responses=problems(404, 409, 422),
)
def resume(schedule_id: ScheduleId, db: Db) -> ScheduleOut:
    """Let a paused schedule go on; what was due meanwhile does not run. 409: it is not paused."""
    return ScheduleOut.of(db, resume_schedule(db, schedule_id))


@router.delete(
    "/{schedule_id:int}",
    status_code=204,
    summary="Delete a schedule",
    dependencies=[requires(Role.ADMIN)],
    responses=problems(404, 422),
)
def delete_one(schedule_id: ScheduleId, db: Db) -> Response:
    """Let a source no longer run by itself."""
    db.delete(require_schedule(db, schedule_id))
    db.flush()
    return Response(status_code=204)
