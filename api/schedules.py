"""When sources run by themselves."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, ConfigDict, Field

from api.access import requires
from api.errors import refused_as_conflict
from api.json_bodies import StrictRoute
from api.problems import problems
from api.units import Db
from pipeline.access import Role
from pipeline.operations.ledger import MAX_ID
from pipeline.schedules import add_schedule, find_schedules, require_schedule
from pipeline.sources import load_sources

router = APIRouter(prefix="/api/schedules", tags=["schedules"], route_class=StrictRoute)

ScheduleId = Annotated[int, Path(ge=1, le=MAX_ID, description="The schedule's id.", examples=[1])]


class _Scheduled(BaseModel):
    model_config = ConfigDict(extra="forbid")

    source: str = Field(max_length=40, description="The source's slug; see `GET /api/sources`.")
    params: dict[str, Any] = {}


class CronSchedule(_Scheduled):
    """A source shall run by a cron expression, in a time zone."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "source": "website",
                    "params": {"url": "https://example.com/"},
                    "cron": "0 6 * * 1-5",
                    "timezone": "Europe/Zurich",
                }
            ]
        }
    )

    cron: str = Field(max_length=100, description="Minute, hour, day, month, day of the week.")
    timezone: str = Field(default="UTC", max_length=64)


class IntervalSchedule(_Scheduled):
    """A source shall run every so many seconds."""

    every_seconds: int = Field(ge=60, le=31_536_000)


class ScheduleOut(BaseModel):
    """When a source runs by itself."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={
            "examples": [
                {
                    "id": 1,
                    "source": "website",
                    "params": {"url": "https://example.com/"},
                    "cron": "0 6 * * 1-5",
                    "timezone": "Europe/Zurich",
                    "enabled": True,
                    "next_due_at": "2026-02-02T05:00:00Z",
                }
            ]
        },
    )

    id: int
    source: str
    params: dict[str, Any]
    cron: str | None = None
    every_seconds: int | None = None
    timezone: str
    enabled: bool
    next_due_at: datetime
    last_run_id: int | None = Field(default=None, description="Absent before the first run.")


@router.get(
    "",
    summary="List schedules",
    dependencies=[requires(Role.VIEWER)],
    response_model_exclude_none=True,
)
def find_all(db: Db) -> list[ScheduleOut]:
    """Give all schedules, the next due first."""
    return [ScheduleOut.model_validate(schedule) for schedule in find_schedules(db)]


@router.post(
    "",
    status_code=201,
    summary="Schedule a source",
    dependencies=[requires(Role.ADMIN)],
    response_model_exclude_none=True,
    responses=problems(404, 409, 413, 415, 422),
)
def add_one(wanted: CronSchedule | IntervalSchedule, db: Db) -> ScheduleOut:
    """Let a source run by itself, by a cron expression or every so many seconds.

    409 says that the source cannot do with these params, or that the calendar has no such time.
    """
    source = load_sources().require(wanted.source)
    with refused_as_conflict():
        source.start(source.read_params(wanted.params))
        schedule = add_schedule(
            db,
            wanted.source,
            wanted.params,
            **wanted.model_dump(include={"cron", "timezone", "every_seconds"}),
        )
    return ScheduleOut.model_validate(schedule)


@router.delete(
    "/{schedule_id}",
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
