"""Schedules: all of them, a form that previews the next five times, run now, pause, delete."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from fastapi import Form, Request, Response
from pydantic import BaseModel
from sqlalchemy.orm import Session

from api.access import Caller, CallerNow, requires
from api.pages.rendering import UI, go_back, render
from api.pages.routing import READS, Id, new_router
from api.pages.stories import Notice
from api.units import Db
from pipeline.access import Role
from pipeline.catalog.service import find_sources, require_source
from pipeline.database.base import utc_now
from pipeline.errors import InvalidInput
from pipeline.runs.models import Run, Schedule
from pipeline.schedules import (
    add_schedule,
    edit_schedule,
    find_blocking_run,
    find_next_times,
    find_schedules,
    pause_schedule,
    preview_times,
    read_rule,
    require_schedule,
    resume_schedule,
    rule_of,
    run_now,
    tell,
)
from pipeline.schedules.said import EXAMPLES

router = new_router()

HERE = f"{UI}/schedules"
MANAGES = [requires(Role.ADMIN)]


class ScheduleForm(BaseModel):
    """What the form of a schedule holds. ``more`` is JSON, for params the form has no field for."""

    act: Literal["preview", "save"] = "save"
    source: str = "website"
    url: str = ""
    rule: str = ""
    timezone: str = "UTC"
    jitter_minutes: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment at which a run begins, and how a clock of its time zone shows it."""

    at: datetime
    local: str


@dataclass(frozen=True, slots=True)
class Preview:
    """How a rule was read, and when it is due."""

    words: str
    timezone: str
    times: list[Moment] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ScheduleView:
    """A schedule as the list shows it."""

    schedule: Schedule
    words: str
    times: list[Moment]
    waits_for: Run | None


Given = Annotated[ScheduleForm, Form()]


@router.get("/schedules", dependencies=READS)
def show_schedules(request: Request, caller: CallerNow, db: Db) -> Response:
    """List all schedules, the next due first, with the form for another."""
    return _show(request, caller, db, ScheduleForm())


@router.post("/schedules", dependencies=MANAGES)
def add(request: Request, caller: CallerNow, db: Db, form: Given) -> Response:
    """Show when a rule would be due, or keep the schedule."""
    try:
        preview = _preview(form)
        if form.act == "save":
            _keep(db, form)
            return go_back(HERE)
    except InvalidInput as error:
        return _show(request, caller, db, form, error=str(error))
    return _show(request, caller, db, form, preview=preview)


@router.get("/schedules/{schedule_id}", dependencies=READS)
def show_one(request: Request, caller: CallerNow, db: Db, schedule_id: Id) -> Response:
    """Show a schedule with the form that changes it."""
    schedule = require_schedule(db, schedule_id)
    form = ScheduleForm(
        source=schedule.source,
        rule=schedule.words or tell(rule_of(schedule)).removeprefix("cron "),
        timezone=schedule.timezone,
        jitter_minutes=f"{schedule.jitter_seconds / 60:g}" if schedule.jitter_seconds else "",
        more=json.dumps(schedule.params, ensure_ascii=False, indent=2),
    )
    return _show_one(request, caller, schedule, form)


@router.post("/schedules/{schedule_id}", dependencies=MANAGES)
def change(request: Request, caller: CallerNow, db: Db, schedule_id: Id, form: Given) -> Response:
    """Show when a changed rule would be due, or keep the change."""
    schedule = require_schedule(db, schedule_id)
    form.source = schedule.source
    try:
        preview = _preview(form)
        if form.act == "save":
            edit_schedule(
                db,
                schedule_id,
                params=_read_params(db, form),
                rule=form.rule,
                timezone=form.timezone,
                jitter_seconds=_read_jitter(form),
            )
            return go_back(HERE)
    except InvalidInput as error:
        return _show_one(request, caller, schedule, form, error=str(error))
    return _show_one(request, caller, schedule, form, preview=preview)


@router.post("/schedules/{schedule_id}/run", dependencies=MANAGES)
def run_at_once(db: Db, schedule_id: Id) -> Response:
    """Let a schedule's source run now."""
    return go_back(f"{UI}/runs/{run_now(db, schedule_id).id}")


@router.post("/schedules/{schedule_id}/pause", dependencies=MANAGES)
def pause(db: Db, schedule_id: Id) -> Response:
    """Let a schedule rest until it is resumed."""
    pause_schedule(db, schedule_id)
    return go_back(HERE)


@router.post("/schedules/{schedule_id}/resume", dependencies=MANAGES)
def resume(db: Db, schedule_id: Id) -> Response:
    """Let a paused schedule go on."""
    resume_schedule(db, schedule_id)
    return go_back(HERE)


@router.post("/schedules/{schedule_id}/delete", dependencies=MANAGES)
def delete(
    db: Db, schedule_id: Id, back: Annotated[str, Form(max_length=2_000)] = HERE
) -> Response:
    """Let a source no longer run by itself."""
    db.delete(require_schedule(db, schedule_id))
    return go_back(back, fallback=HERE)


def _show(
    request: Request,
    caller: Caller,
    db: Session,
    form: ScheduleForm,
    *,
    preview: Preview | None = None,
    error: str = "",
) -> Response:
    return render(
        request,
        "schedules.html",
        caller=caller,
        status=422 if error else 200,
        schedules=[_view(db, one) for one in find_schedules(db)],
        sources=[one for one in find_sources(db) if one.source is not None],
        **_form_values(form, preview, error),
    )


def _show_one(
    request: Request,
    caller: Caller,
    schedule: Schedule,
    form: ScheduleForm,
    *,
    preview: Preview | None = None,
    error: str = "",
) -> Response:
    kept = Preview(
        tell(rule_of(schedule)), schedule.timezone, _local(find_next_times(schedule), schedule)
    )
    return render(
        request,
        "schedule.html",
        caller=caller,
        status=422 if error else 200,
        schedule=schedule,
        **_form_values(form, preview or (None if error else kept), error),
    )


def _form_values(form: ScheduleForm, preview: Preview | None, error: str) -> dict[str, Any]:
    zones = sorted(zone for zone in available_timezones() if "/" in zone and "Etc/" not in zone)
    notice = Notice(error, kind="bad") if error else None
    return {
        "form": form,
        "preview": preview,
        "notice": notice,
        "zones": ["UTC", *zones],
        "examples": EXAMPLES,
    }


def _view(db: Session, schedule: Schedule) -> ScheduleView:
    is_due = schedule.enabled and schedule.next_due_at <= utc_now()
    return ScheduleView(
        schedule,
        tell(rule_of(schedule)),
        _local(find_next_times(schedule), schedule) if schedule.enabled else [],
        find_blocking_run(db, schedule) if is_due else None,
    )


def _local(times: list[datetime], schedule: Schedule) -> list[Moment]:
    return _shown(times, schedule.timezone)


def _shown(times: list[datetime], timezone: str) -> list[Moment]:
    zone = ZoneInfo(timezone)
    return [Moment(one, f"{one.astimezone(zone):%a %d %b %Y, %H:%M %Z}") for one in times]


def _preview(form: ScheduleForm) -> Preview:
    rule = read_rule(form.rule)
    zone = rule.timezone or form.timezone.strip()
    return Preview(tell(rule), zone, _shown(preview_times(rule, zone, utc_now()), zone))


def _keep(db: Session, form: ScheduleForm) -> None:
    add_schedule(
        db,
        form.source,
        _read_params(db, form),
        rule=form.rule,
        timezone=form.timezone.strip(),
        jitter_seconds=_read_jitter(form),
    )


def _read_params(db: Session, form: ScheduleForm) -> dict[str, Any]:
    """Make a source's params of the form: its address goes where the source has a place for one."""
    fields = require_source(db, form.source).params.model_fields
    params: dict[str, Any] = {}
    if form.url.strip():
        name = "url" if "url" in fields else "start"
        params[name] = form.url.strip() if name == "url" else form.url.split()
    if form.more.strip():
        try:
            params |= json.loads(form.more)
        except (ValueError, TypeError):
            raise InvalidInput("The further settings are no JSON object.") from None
    return params


def _read_jitter(form: ScheduleForm) -> int:
    text = form.jitter_minutes.strip()
    try:
        return round(float(text or 0) * 60)
    except (ValueError, OverflowError):
        raise InvalidInput(f"{text!r} is no number of minutes.") from None
