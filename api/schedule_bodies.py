"""Schedules as the API takes and shows them."""

from datetime import datetime
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue
from sqlalchemy.orm import Session

from pipeline.database.base import utc_now
from pipeline.runs.models import Schedule
from pipeline.schedules import find_blocking_run, find_next_times, rule_of, tell

RULE = "In plain words, English or German, or a cron expression; see `GET /api/schedules/preview`."
_TIMES: list[JsonValue] = [f"2026-02-0{day}T05:30:00Z" for day in range(2, 7)]
_JITTER = Field(
    default=0,
    ge=0,
    le=86_400,
    description="Each run begins up to so many seconds late, so that many do not begin at once.",
)


class _Scheduled(BaseModel):
    model_config = ConfigDict(extra="forbid")

    source: str = Field(max_length=40, description="The source's slug; see `GET /api/sources`.")
    params: dict[str, Any] = {}
    jitter_seconds: int = _JITTER


class RuleSchedule(_Scheduled):
    """A source shall run by a rule in plain words, in a time zone."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "source": "website",
                    "params": {"url": "https://example.com/"},
                    "rule": "every weekday at 6:30",
                    "timezone": "Europe/Zurich",
                    "jitter_seconds": 600,
                }
            ]
        }
    )

    rule: str = Field(max_length=200, description=RULE)
    timezone: str = Field(default="UTC", max_length=64)


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

    cron: str = Field(
        max_length=200, description="Minute, hour, day, month, day of the week; several with `;`."
    )
    timezone: str = Field(default="UTC", max_length=64)


class IntervalSchedule(_Scheduled):
    """A source shall run every so many seconds."""

    every_seconds: int = Field(ge=60, le=31_536_000)


class ScheduleEdit(BaseModel):
    """What shall change of a schedule; all that is not given stays."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"rule": "every weekday at 7", "jitter_seconds": 300}]},
    )

    params: dict[str, Any] | None = None
    rule: str | None = Field(default=None, max_length=200, description=RULE)
    timezone: str | None = Field(default=None, max_length=64)
    jitter_seconds: int | None = Field(default=None, ge=0, le=86_400)


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
                    "cron": "30 6 * * 1-5",
                    "words": "every weekday at 6:30",
                    "rule": "every weekday at 06:30",
                    "timezone": "Europe/Zurich",
                    "jitter_seconds": 0,
                    "enabled": True,
                    "next_due_at": _TIMES[0],
                    "next_times": _TIMES,
                }
            ]
        },
    )

    id: int
    source: str
    params: dict[str, Any]
    cron: str | None = None
    every_seconds: int | None = None
    words: str | None = Field(default=None, description="The rule as it was put in words.")
    rule: str = Field(description="The rule in our words.")
    timezone: str
    jitter_seconds: int
    enabled: bool = Field(description="False while it is paused.")
    next_due_at: datetime
    next_times: list[datetime] = Field(description="The next five moments; none while paused.")
    last_run_id: int | None = Field(default=None, description="Absent before the first run.")
    waits_for: int | None = Field(
        default=None, description="The run that has to end before a due one of this may begin."
    )

    @classmethod
    def of(cls, db: Session, schedule: Schedule) -> Self:
        """Show a schedule as it stands now."""
        derived = {"rule", "next_times", "waits_for"}
        values = {name: getattr(schedule, name) for name in cls.model_fields if name not in derived}
        is_due = schedule.enabled and schedule.next_due_at <= utc_now()
        blocking = find_blocking_run(db, schedule) if is_due else None
        return cls(
            **values,
            rule=tell(rule_of(schedule)),
            next_times=find_next_times(schedule) if schedule.enabled else [],
            waits_for=blocking.id if blocking else None,
        )


class PreviewOut(BaseModel):
    """How a rule is read, and when it would be due."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "rule": "every weekday at 06:30",
                    "cron": "30 6 * * 1-5",
                    "timezone": "Europe/Zurich",
                    "next_times": _TIMES,
                }
            ]
        }
    )

    rule: str = Field(description="The rule in our words.")
    cron: str | None = None
    every_seconds: int | None = None
    timezone: str
    next_times: list[datetime]
