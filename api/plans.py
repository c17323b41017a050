"""Plans: what an import would do, asked again in another way, and carried out."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.access import CallerNow, requires
from api.errors import refused_as_conflict
from api.import_options import Region, Rule, RuleField
from api.imports import RequestKey
from api.json_bodies import StrictRoute
from api.mappings import Kind
from api.paging import ImportId, Limit, add_next
from api.plan_out import HASH, FixOut, PlanOut
from api.planned_row_out import PlannedRowOut
from api.problems import problems
from api.reading import ReadingChoice
from api.run_out import RunOut
from api.units import Db
from pipeline import planning
from pipeline.access import Role
from pipeline.errors import NotFound
from pipeline.fixes import MAX_FIXES
from pipeline.leads.schemas import Plain
from pipeline.plans.reasons import group_issues
from pipeline.plans.service import FINISHED, find_planned_rows, is_plan, keep_plan_hash
from pipeline.records import Outcome
from pipeline.runs.models import Run
from pipeline.runs.service import require_run

router = APIRouter(prefix="/api/imports", tags=["plans"], route_class=StrictRoute)


class PlanRequest(BaseModel):
    """What shall be otherwise than in the plan before; what is left out stays as it was."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "region": "DE",
                    "rules": {"phone": "never", "company": "fill"},
                    "fixes": [
                        {"field": "status", "value": "Warm", "replacement": "contacted"},
                    ],
                }
            ]
        },
    )

    source: Annotated[Plain | None, Field(max_length=200)] = None
    region: Region | None = None
    columns: dict[str, Kind] = {}
    reading: ReadingChoice = ReadingChoice()
    rules: dict[RuleField, Rule] = {}
    fixes: Annotated[list[FixOut], Field(max_length=MAX_FIXES)] = []

    def changes(self) -> planning.PlanChanges:
        """Give what is asked for."""
        return planning.PlanChanges(
            source=self.source,
            region=self.region,
            columns=self.columns,
            reading=self.reading.chosen(),
            rules=self.rules,
            fixes=[(fix.field, fix.value, fix.replacement) for fix in self.fixes],
        )


class ApplyRequest(BaseModel):
    """Which plan is meant: the hash that stands for what becomes of each row."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"hash": HASH}]})

    hash: Annotated[str, Field(pattern="^[0-9a-f]{64}$", description="As the plan gives it.")]


@router.get(
    "/{import_id}/plan",
    summary="Get a plan",
    dependencies=[requires(Role.VIEWER)],
    responses=problems(404, 422),
)
def get_plan(import_id: ImportId, request: Request) -> PlanOut:
    """Give what an import would do: counts, why rows are rejected, and the fix for each value."""
    database, settings = request.app.state.database, request.app.state.settings
    with database.read() as db:
        run = _require_plan(db, import_id)
        finished = run.state == FINISHED
        applied_by = planning.find_applied(db, import_id)
        columns = planning.read_columns(db, run, settings)
        reasons = group_issues(db, run) if finished else []
    known = keep_plan_hash(database, import_id) if finished else None
    return PlanOut.of(run, plan_hash=known, applied_by=applied_by, columns=columns, reasons=reasons)


@router.get(
    "/{import_id}/plan/rows",
    summary="List a plan's rows",
    dependencies=[requires(Role.VIEWER)],
    responses=problems(404, 422),
)
def find_rows(
    *,
    import_id: ImportId,
    db: Db,
    response: Response,
    outcome: Annotated[Outcome | None, Query(description="Only rows of this outcome.")] = None,
    after: Annotated[int, Query(ge=-1, lt=2**31, description="Only rows after this one.")] = -1,
    limit: Limit = 100,
) -> list[PlannedRowOut]:
    """Tell what would become of each row, field by field, in order of row."""
    _require_plan(db, import_id)
    rows = find_planned_rows(db, import_id, outcome=outcome, after_row=after, limit=limit + 1)
    if len(rows) > limit:
        last = str(rows[limit - 1].row)
        path = f"/api/imports/{import_id}/plan/rows"
        add_next(response, path, limit, outcome=outcome, after=last)
    return [PlannedRowOut.of(row) for row in rows[:limit]]


@router.post(
    "/{import_id}/plan",
    status_code=202,
    summary="Plan again",
    dependencies=[requires(Role.ADMIN)],
    responses=problems(404, 409, 413, 415, 422),
)
def plan_again(
    import_id: ImportId, wanted: PlanRequest, request: Request, db: Db, response: Response
) -> RunOut:
    """Plan the same file once more, with other choices: a new plan, which this one's place takes.

    409 says that a choice cannot be, that the file is gone, or that the import is no plan.
    """
    run = require_run(db, import_id, kind="import")
    with refused_as_conflict():
        plan = planning.request_plan_again(db, run, wanted.changes(), request.app.state.settings)
    response.headers["Location"] = f"/api/imports/{plan.id}"
    return RunOut.of(plan)


@router.post(
    "/{import_id}/apply",
    status_code=202,
    summary="Apply a plan",
    dependencies=[requires(Role.ADMIN)],
    responses=problems(404, 409, 413, 415, 422),
)
def apply_plan(
    *,
    import_id: ImportId,
    wanted: ApplyRequest,
    caller: CallerNow,
    request: Request,
    response: Response,
    request_key: RequestKey = None,
) -> RunOut:
    """Import as planned. A row of which that no longer holds is rejected as `overtaken`.

    409 says that this is no plan, that it has not finished, or that its hash is another.
    """
    state = request.app.state
    key = f"{caller.actor}:{request_key}" if request_key else None

    def apply(db: Session) -> Run:
        plan = require_run(db, import_id, kind="import")
        return planning.apply_plan(db, plan, wanted.hash, state.settings, request_key=key)

    try:
        run = state.database.transact(apply, actor=caller.actor)
    except IntegrityError:
        # The same key came twice at once: the other one was first, and is found now.
        run = state.database.transact(apply, actor=caller.actor)
    state.hub.nudge()
    response.headers["Location"] = f"/api/imports/{run.id}"
    return RunOut.of(run)


def _require_plan(db: Session, import_id: int) -> Run:
    run = require_run(db, import_id, kind="import")
    if not is_plan(run):
        raise NotFound(f"Import {import_id} is no plan; it did what GET /api/imports tells.")
    return run
