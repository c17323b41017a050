"""Who did what, and taking it back."""

from datetime import datetime
from typing import Annotated, Self

from fastapi import APIRouter, Path, Query, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from api.access import requires
from api.paging import Before, Limit, add_next, next_link
from api.problems import problems
from api.run_out import RunOut
from api.units import Db
from pipeline.access import Role
from pipeline.operations.ledger import MAX_ID, find_operations, require_operation
from pipeline.operations.reversals import UndoReport, find_kept
from pipeline.undo.service import take_back

router = APIRouter(prefix="/api/operations", tags=["operations"])

OperationId = Annotated[int, Path(ge=1, le=MAX_ID, description="The operation's id.", examples=[1])]


class OperationOut(BaseModel):
    """One act that changed leads."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={
            "examples": [
                {
                    "id": 9,
                    "kind": "import",
                    "actor": "key:3",
                    "changes": 114_000,
                    "run_id": 3,
                    "created_at": "2026-01-31T09:30:00Z",
                }
            ]
        },
    )

    id: int
    kind: str = Field(
        description="`import`, `scrape`, `create`, `edit`, `status`, `delete`, `merge`, `split`, "
        "`distinct` or `undo`."
    )
    actor: str
    changes: int = Field(description="How many changes of leads it made.")
    run_id: int | None = Field(default=None, description="The run it belongs to, if any.")
    undoes: int | None = Field(default=None, description="The operation that it took back.")
    undone_by: int | None = Field(default=None, description="The operation that took it back.")
    created_at: datetime


class KeptOut(BaseModel):
    """A lead that an undo left as it is, and why."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={"examples": [{"lead_id": 7, "reason": "changed since: status"}]},
    )

    lead_id: int
    reason: str


class UndoOut(BaseModel):
    """What an undo did. It is an operation too, and can be undone."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "operation_id": 12,
                    "undoes": 9,
                    "removed": 109_999,
                    "restored": 4_000,
                    "recreated": 0,
                    "kept": [{"lead_id": 7, "reason": "changed since: status"}],
                }
            ]
        }
    )

    operation_id: int
    undoes: int
    removed: int
    restored: int
    recreated: int
    kept: list[KeptOut]

    @classmethod
    def of(cls, report: UndoReport) -> Self:
        """Show what an undo did."""
        return cls(
            operation_id=report.operation_id,
            undoes=report.undoes,
            removed=report.removed,
            restored=report.restored,
            recreated=report.recreated,
            kept=[KeptOut(lead_id=lead_id, reason=reason) for lead_id, reason in report.kept],
        )


@router.get(
    "",
    summary="List operations",
    dependencies=[requires(Role.VIEWER)],
    response_model_exclude_none=True,
    responses=problems(422),
)
def find_all(
    db: Db, response: Response, before: Before = None, limit: Limit = 50
) -> list[OperationOut]:
    """Give operations, the newest first."""
    operations = find_operations(db, before_id=before, limit=limit + 1)
    next_link(response, "/api/operations", operations, limit)
    return [OperationOut.model_validate(operation) for operation in operations[:limit]]


@router.get(
    "/{operation_id}",
    summary="Get an operation",
    dependencies=[requires(Role.VIEWER)],
    response_model_exclude_none=True,
    responses=problems(404, 422),
)
def get_one(operation_id: OperationId, db: Db) -> OperationOut:
    """Give one operation."""
    return OperationOut.model_validate(require_operation(db, operation_id))


@router.get(
    "/{operation_id}/kept",
    summary="List what an undo kept",
    dependencies=[requires(Role.VIEWER)],
    responses=problems(404, 422),
)
def find_all_kept(
    *,
    operation_id: OperationId,
    db: Db,
    response: Response,
    after: Annotated[int, Query(ge=0, le=MAX_ID, description="Only leads with a larger id.")] = 0,
    limit: Limit = 100,
) -> list[KeptOut]:
    """Name the leads that an undo left as they are, and why, in order of id."""
    require_operation(db, operation_id)
    kept = find_kept(db, operation_id, after_lead=after, limit=limit + 1)
    if len(kept) > limit:
        last = str(kept[limit - 1].lead_id)
        add_next(response, f"/api/operations/{operation_id}/kept", limit, after=last)
    return [KeptOut.model_validate(one) for one in kept[:limit]]


@router.post(
    "/{operation_id}/undo",
    summary="Undo an operation",
    dependencies=[requires(Role.REVIEWER)],
    response_model=UndoOut,
    responses={
        202: {"model": RunOut, "description": "Requested: `Location` names the run to follow"},
        **problems(404, 409, 422),
    },
)
def undo(operation_id: OperationId, db: Db) -> UndoOut | Response:
    """Take an operation back. What was changed since is kept, and named.

    Merges that are in the way are set aside and made again afterwards. An undone merge is a split:
    all its leads are as if they had never been merged, and no rule merges them again.

    A small one is taken back at once. One with more than 1,000 changes or rows becomes a run of
    kind `undo`, to be followed, paused and cancelled like any other.
    """
    taken = take_back(db, operation_id)
    if isinstance(taken, UndoReport):
        return UndoOut.of(taken)
    shown = RunOut.of(taken).model_dump(mode="json")
    return JSONResponse(shown, 202, headers={"Location": f"/api/runs/{taken.id}"})
