"""Every operation, each with its way back."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Form, Query, Request, Response
from sqlalchemy import select

from api.access import CallerNow
from api.pages.leads import OPERATION
from api.pages.rendering import UI, go_back, is_fragment, render
from api.pages.routing import READS, WRITES, Id, new_router
from api.pages.stories import describe_operation, find_notice, names_of_keys, who
from api.units import Db
from pipeline.leads.search import find_by_ids
from pipeline.operations.ledger import MAX_ID, find_operations
from pipeline.operations.models import Change, Operation
from pipeline.operations.reversals import UndoReport
from pipeline.review.acts import DISTINCT
from pipeline.runs.ledger import OPEN_STATES
from pipeline.runs.service import get_run
from pipeline.undo.service import get_undo_run, take_back

router = new_router()

PAGE = 50
SHOWN_ROWS = 200
HERE = f"{UI}/activity"


@dataclass(frozen=True, slots=True)
class Entry:
    """An operation as a reader sees it."""

    operation: Operation
    text: str
    actor: str
    undoable: bool


@router.get("/activity", dependencies=READS)
def show_activity(
    request: Request,
    caller: CallerNow,
    db: Db,
    before: Annotated[int | None, Query(ge=1, le=MAX_ID)] = None,
    done: Annotated[int | None, Query(ge=1, le=MAX_ID)] = None,
) -> Response:
    """List operations, the newest first."""
    operations = find_operations(db, before_id=before, limit=PAGE + 1)
    names = names_of_keys(db)
    entries = [
        Entry(one, describe_operation(db, one), who(one.actor, names), _is_undoable(db, one))
        for one in operations[:PAGE]
    ]
    older = operations[PAGE - 1].id if len(operations) > PAGE else None
    notice = find_notice(db, done)
    return render(
        request, "activity.html", caller=caller, entries=entries, older=older, notice=notice
    )


@router.post("/operations/{operation_id}/undo", dependencies=WRITES)
def undo(
    request: Request,
    caller: CallerNow,
    db: Db,
    operation_id: Id,
    back: Annotated[str, Form()] = HERE,
) -> Response:
    """Take an operation back, and say what had to stay; or lead to the run that does it."""
    report = take_back(db, operation_id)
    if not isinstance(report, UndoReport):
        address = f"{UI}/runs/{report.id}"
        headers = {"Location": address}
        return (
            Response(status_code=202, headers=headers) if is_fragment(request) else go_back(address)
        )
    if is_fragment(request):
        return _show_rows(request, caller, db, report)
    if not report.kept:
        return go_back(back, done=report.operation_id, fallback=HERE)
    leads = find_by_ids(db, [lead_id for lead_id, _ in report.kept[:SHOWN_ROWS]])
    return render(
        request,
        "undone.html",
        caller=caller,
        report=report,
        text=_sum_up(report),
        kept=report.kept[:SHOWN_ROWS],
        names={lead.id: lead.name for lead in leads},
        back=back,
    )


def _show_rows(request: Request, caller: CallerNow, db: Db, report: UndoReport) -> Response:
    query = select(Change.lead_id).where(Change.operation_id == report.operation_id)
    ids = db.scalars(query.limit(SHOWN_ROWS)).all()
    leads = find_by_ids(db, ids)
    return render(
        request,
        "parts/rows.html",
        caller=caller,
        headers={OPERATION: str(report.operation_id)},
        leads=leads,
        message=_sum_up(report),
        gone=set(ids) - {lead.id for lead in leads},
    )


def _is_undoable(db: Db, operation: Operation) -> bool:
    did_nothing = operation.changes == 0 and operation.kind != DISTINCT
    if operation.undone_by is not None or did_nothing:
        return False
    run = get_run(db, operation.run_id) if operation.run_id else None
    going_on = run is not None and run.state in OPEN_STATES
    return not going_on and get_undo_run(db, operation.id) is None


def _sum_up(report: UndoReport) -> str:
    match len(report.kept):
        case 0:
            return "Taken back."
        case 1:
            return f"1 lead was left as it is: {report.kept[0][1]}."
        case count:
            return f"{count:,} leads were left as they are: {report.kept[0][1]}, and so on."
