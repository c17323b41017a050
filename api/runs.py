"""Runs of every kind: asked for, watched, stopped, looked into row by row."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from api.access import requires
from api.errors import refused_as_conflict
from api.json_bodies import StrictRoute
from api.paging import Before, Limit, RunId, add_next, next_link
from api.problems import problems
from api.run_out import RunOut
from api.units import Db
from pipeline.access import Role
from pipeline.crawl import request_scrape
from pipeline.operations.ledger import MAX_ID
from pipeline.records import Outcome, Severity
from pipeline.runs.findings import find_run_issues
from pipeline.runs.service import (
    cancel_run,
    find_outcomes,
    find_runs,
    pause_run,
    require_run,
    resume_run,
)

router = APIRouter(prefix="/api/runs", tags=["runs"], route_class=StrictRoute)


class RunRequest(BaseModel):
    """Which source shall run, and what it is told."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"source": "website", "params": {"url": "https://example.com/"}}]
        }
    )

    source: str = Field(max_length=40, description="The source's slug; see `GET /api/sources`.")
    params: dict[str, Any] = Field(default={}, description="As the source's `params_schema` says.")


class RowOut(BaseModel):
    """What became of one row."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={"examples": [{"row": 1, "outcome": "created", "lead_id": 7}]},
    )

    row: int
    outcome: Outcome
    lead_id: int | None = Field(default=None, description="Absent where it became no lead.")


class IssueOut(BaseModel):
    """What is wrong with one row. ``raw`` holds a rejected row's own values."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={
            "examples": [
                {
                    "id": 1,
                    "row": 4,
                    "severity": "error",
                    "code": "no_contact",
                    "field": "email, phone",
                    "value": "",
                    "expected": "an e-mail address or a phone number that can be used",
                    "url": None,
                    "raw": {"Name": "Nobody", "E-Mail": "n/a"},
                }
            ]
        },
    )

    id: int
    row: int
    severity: Severity
    code: str
    field: str
    value: str
    expected: str
    url: str | None
    raw: dict[str, Any] | None


@router.get("", summary="List runs", dependencies=[requires(Role.VIEWER)], responses=problems(422))
def find_all(db: Db, response: Response, before: Before = None, limit: Limit = 50) -> list[RunOut]:
    """Give imports, scrapes and large undos, the newest first."""
    runs = find_runs(db, before_id=before, limit=limit + 1)
    next_link(response, "/api/runs", runs, limit)
    return [RunOut.of(run) for run in runs[:limit]]


@router.post(
    "",
    status_code=202,
    summary="Run a source",
    dependencies=[requires(Role.ADMIN)],
    responses=problems(404, 409, 413, 415, 422),
)
def request_one(wanted: RunRequest, db: Db, response: Response) -> RunOut:
    """Let a source run as soon as a worker is free.

    409 says that the source cannot do with these params.
    """
    with refused_as_conflict():
        run = request_scrape(db, wanted.source, wanted.params)
    response.headers["Location"] = f"/api/runs/{run.id}"
    return RunOut.of(run)


@router.get(
    "/{run_id}",
    summary="Get a run",
    dependencies=[requires(Role.VIEWER)],
    responses=problems(404, 422),
)
def get_one(run_id: RunId, db: Db) -> RunOut:
    """Give a run: its state, its counts, how fast it goes."""
    return RunOut.of(require_run(db, run_id))


@router.post(
    "/{run_id}/pause",
    summary="Pause a run",
    dependencies=[requires(Role.ADMIN)],
    responses=problems(404, 409, 422),
)
def pause(run_id: RunId, db: Db) -> RunOut:
    """Let a run stand still until it is resumed, over restarts too.

    What workers have in hand is written to its end. 409 says that the run has ended or is paused.
    """
    return RunOut.of(pause_run(db, run_id))


@router.post(
    "/{run_id}/resume",
    summary="Resume a run",
    dependencies=[requires(Role.ADMIN)],
    responses=problems(404, 409, 422),
)
def resume(run_id: RunId, db: Db) -> RunOut:
    """Let a paused run go on where it stopped. 409 says that it is not paused."""
    return RunOut.of(resume_run(db, run_id))


@router.post(
    "/{run_id}/cancel",
    summary="Cancel a run",
    dependencies=[requires(Role.ADMIN)],
    responses=problems(404, 409, 422),
)
def cancel(run_id: RunId, db: Db) -> RunOut:
    """Stop a run. What it wrote so far stays, and can be undone."""
    return RunOut.of(cancel_run(db, run_id))


@router.get(
    "/{run_id}/rows",
    summary="List a run's rows",
    dependencies=[requires(Role.VIEWER)],
    response_model_exclude_none=True,
    responses=problems(404, 422),
)
def find_rows(
    *,
    run_id: RunId,
    db: Db,
    response: Response,
    outcome: Annotated[Outcome | None, Query(description="Only rows of this outcome.")] = None,
    after: Annotated[int, Query(ge=-1, lt=2**31, description="Only rows after this one.")] = -1,
    limit: Limit = 100,
) -> list[RowOut]:
    """Tell what became of each row, in order of row."""
    require_run(db, run_id)
    rows = find_outcomes(db, run_id, outcome=outcome, after_row=after, limit=limit + 1)
    if len(rows) > limit:
        last = str(rows[limit - 1].row)
        add_next(response, f"/api/runs/{run_id}/rows", limit, outcome=outcome, after=last)
    return [RowOut.model_validate(row) for row in rows[:limit]]


@router.get(
    "/{run_id}/issues",
    summary="List a run's issues",
    dependencies=[requires(Role.VIEWER)],
    responses=problems(404, 422),
)
def find_issues(
    *,
    run_id: RunId,
    db: Db,
    response: Response,
    severity: Annotated[Severity | None, Query(description="Only issues of this kind.")] = None,
    after: Annotated[int, Query(ge=0, le=MAX_ID, description="Only those with a larger id.")] = 0,
    limit: Limit = 100,
) -> list[IssueOut]:
    """Tell what is wrong with which row, in the order found."""
    require_run(db, run_id)
    issues = find_run_issues(db, run_id, severity=severity, after_id=after, limit=limit + 1)
    if len(issues) > limit:
        last = str(issues[limit - 1].id)
        add_next(response, f"/api/runs/{run_id}/issues", limit, severity=severity, after=last)
    return [IssueOut.model_validate(issue) for issue in issues[:limit]]
