"""Runs: all of them with their accounting, one in depth, a scrape begun, stopped, repeated."""

import json
from typing import Annotated, Any, Literal

from fastapi import Form, Query, Request, Response
from pydantic import BaseModel

from api.access import CallerNow, requires
from api.pages.plans import show_plan
from api.pages.rendering import UI, go_back, is_fragment, render
from api.pages.routing import READS, Id, new_router
from api.pages.run_view import ROWS, slice_counts, view_rows, view_run
from api.pages.stories import Notice, find_notice, names_of_keys, who
from api.units import Db
from pipeline.access import Role
from pipeline.catalog.service import find_sources, require_source
from pipeline.crawl import request_replay, request_scrape
from pipeline.errors import InvalidInput
from pipeline.operations.ledger import MAX_ID
from pipeline.plans.service import is_plan
from pipeline.records import Outcome
from pipeline.runs.models import Run
from pipeline.runs.service import (
    cancel_run,
    find_runs,
    is_balanced,
    pause_run,
    require_run,
    resume_run,
)
from pipeline.schedules import add_schedule, find_schedules, rule_of, tell
from pipeline.sources import Source, load_sources
from pipeline.watching.alarms import find_alarms, tell_alarm

router = new_router()

PAGE = 50
HERE = f"{UI}/runs"
MANAGES = [requires(Role.ADMIN)]
Number = Annotated[int | None, Query(ge=1, le=MAX_ID)]


class ScrapeForm(BaseModel):
    """What the form for a scrape holds. ``more`` is JSON, for params the form has no field for."""

    source: str = "website"
    url: str = ""
    max_pages: str = ""
    every_seconds: Literal["", "3600", "86400", "604800"] = ""
    more: str = ""


@router.get("/runs", dependencies=READS)
def show_runs(
    request: Request, caller: CallerNow, db: Db, before: Number = None, done: Number = None
) -> Response:
    """List all runs, the newest first, with the form for a scrape and the schedules."""
    return _show_list(
        request, caller, db, before=before, notice=find_notice(db, done), form=ScrapeForm()
    )


@router.post("/runs", dependencies=MANAGES)
def start_scrape(
    request: Request, caller: CallerNow, db: Db, form: Annotated[ScrapeForm, Form()]
) -> Response:
    """Let a source run now, and from now on regularly if asked to."""
    try:
        source = require_source(db, form.source)
        params = _read_params(source, form)
        run = request_scrape(db, form.source, params)
    except InvalidInput as error:
        notice = Notice(str(error), kind="bad")
        return _show_list(request, caller, db, notice=notice, form=form, status=422)
    if form.every_seconds:
        add_schedule(db, form.source, params, every_seconds=int(form.every_seconds))
    return go_back(f"{HERE}/{run.id}")


@router.get("/imports/{run_id}", dependencies=READS)
@router.get("/runs/{run_id}", dependencies=READS)
def show_run(
    request: Request,
    caller: CallerNow,
    db: Db,
    run_id: Id,
    *,
    outcome: Outcome | None = None,
    after: Annotated[int, Query(ge=-1, lt=2**31)] = -1,
    done: Number = None,
) -> Response:
    """Show a run: how far it is, what it found, what became of each row."""
    run = require_run(db, run_id)
    if is_plan(run):
        return show_plan(request, caller, db, run, outcome=outcome, after=after)
    rows = view_rows(db, run, outcome=outcome, after=after)
    return render(
        request,
        "parts/run.html" if is_fragment(request) else "run.html",
        caller=caller,
        view=view_run(db, run),
        alarms=[(one.id, tell_alarm(one)) for one in find_alarms(db, run_id=run.id)],
        address=_address(run),
        requested_by=who(run.requested_by, names_of_keys(db)),
        rows=rows[:ROWS],
        next_row=rows[ROWS - 1].row if len(rows) > ROWS else None,
        outcome=outcome,
        after=after,
        notice=find_notice(db, done),
    )


@router.post("/runs/{run_id}/cancel", dependencies=MANAGES)
def cancel(db: Db, run_id: Id) -> Response:
    """Stop a run. What it wrote so far stays, and can be undone."""
    return go_back(_address(cancel_run(db, run_id)))


@router.post("/runs/{run_id}/replay", dependencies=MANAGES)
def replay(db: Db, run_id: Id) -> Response:
    """Read the pages that a scrape kept once more, without fetching any."""
    return go_back(_address(request_replay(db, run_id)))


@router.post("/runs/{run_id}/pause", dependencies=MANAGES)
def pause(db: Db, run_id: Id) -> Response:
    """Let a run stand still until it is resumed."""
    return go_back(_address(pause_run(db, run_id)))


@router.post("/runs/{run_id}/resume", dependencies=MANAGES)
def resume(db: Db, run_id: Id) -> Response:
    """Let a paused run go on."""
    return go_back(_address(resume_run(db, run_id)))


def list_values(runs: list[Run], address: str) -> dict[str, Any]:
    """Give what the list of runs needs to show a page of them."""
    older = runs[PAGE - 1].id if len(runs) > PAGE else None
    shown = [(run, is_balanced(run), slice_counts(run)) for run in runs[:PAGE]]
    return {"runs": shown, "older_url": f"{address}?before={older}" if older else ""}


def _address(run: Run) -> str:
    return f"{UI}/{'imports' if run.kind == 'import' else 'runs'}/{run.id}"


def _show_list(
    request: Request,
    caller: CallerNow,
    db: Db,
    *,
    form: ScrapeForm,
    notice: Notice | None,
    before: int | None = None,
    status: int = 200,
) -> Response:
    return render(
        request,
        "runs.html",
        caller=caller,
        status=status,
        **list_values(find_runs(db, before_id=before, limit=PAGE + 1), HERE),
        schedules=[(one, tell(rule_of(one))) for one in find_schedules(db)],
        sources=[one.source for one in find_sources(db) if one.source is not None],
        broken=load_sources().broken,
        form=form,
        notice=notice,
    )


def _read_params(source: Source[Any], form: ScrapeForm) -> dict[str, Any]:
    """Make a source's params of the form: its address goes where the source has a place for one."""
    params: dict[str, Any] = {}
    fields = source.params.model_fields
    if form.url.strip():
        if "url" in fields:
            params["url"] = form.url.strip()
        elif "start" in fields:
            params["start"] = form.url.split()
    if form.max_pages:
        params["max_pages"] = _whole(form.max_pages)
    if form.more.strip():
        try:
            params |= json.loads(form.more)
        except (ValueError, TypeError):
            raise InvalidInput("The further settings are no JSON object.") from None
    return params


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise InvalidInput(f"{text!r} is no whole number.")
    return int(text)
