"""Plans: what an import would do, planned again by a click, and carried out."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Form, Request, Response

from api.access import Caller, requires
from api.pages.plan_form import DELIMITERS, ENCODINGS, PlanForm
from api.pages.plan_view import view_plan
from api.pages.rendering import UI, go_back, is_fragment, render
from api.pages.routing import Id, new_router
from api.pages.stories import names_of_keys, who
from api.units import Db
from pipeline.access import Role
from pipeline.leads.search import find_by_ids
from pipeline.planning import apply_plan, request_plan_again
from pipeline.plans.service import FINISHED, PlannedRow, find_planned_rows, keep_plan_hash
from pipeline.readers.mapping import WORDS
from pipeline.rules import RULES
from pipeline.runs.models import Run
from pipeline.runs.service import require_run

router = new_router()

MANAGES = [requires(Role.ADMIN)]
ROWS = 50
LIKELY = 4


@router.post("/imports/{run_id}/plan", dependencies=MANAGES)
def plan_again(request: Request, db: Db, run_id: Id, form: Annotated[PlanForm, Form()]) -> Response:
    """Plan the same file once more with what was changed, and lead to the new plan."""
    run = require_run(db, run_id, kind="import")
    plan = request_plan_again(db, run, form.changes(run), request.app.state.settings)
    return go_back(f"{UI}/imports/{plan.id}")


@router.post("/imports/{run_id}/apply", dependencies=MANAGES)
def apply(request: Request, db: Db, run_id: Id, plan_hash: Annotated[str, Form()]) -> Response:
    """Import exactly as planned, and lead to the import."""
    plan = require_run(db, run_id, kind="import")
    run = apply_plan(db, plan, plan_hash, request.app.state.settings)
    return go_back(f"{UI}/imports/{run.id}")


def show_plan(
    request: Request, caller: Caller, db: Db, run: Run, *, outcome: str | None, after: int
) -> Response:
    """Show a plan: how its file was read, what would happen, and what would help."""
    state = request.app.state
    found = keep_plan_hash(state.database, run.id) if run.state == FINISHED else ""
    view = view_plan(db, run, plan_hash=found, settings=state.settings)
    rows = (
        find_planned_rows(db, run.id, outcome=outcome, after_row=after, limit=ROWS + 1)
        if outcome
        else []
    )
    shown = [*rows, *(row for sample in view.samples.values() for row in sample)]
    return render(
        request,
        "parts/plan.html" if is_fragment(request) else "plan.html",
        caller=caller,
        view=view,
        address=f"{UI}/imports/{run.id}",
        requested_by=who(run.requested_by, names_of_keys(db)),
        outcome=outcome,
        rows=rows[:ROWS],
        next_row=rows[ROWS - 1].row if len(rows) > ROWS else None,
        names=_names(db, shown),
        kinds=WORDS,
        rule_words=RULES,
        encodings=ENCODINGS,
        likely_encodings=_likely_encodings(view.reading),
        delimiters=DELIMITERS,
        notice=None,
    )


def _likely_encodings(reading: Mapping[str, Any]) -> list[str]:
    """Give what else the encoding could be: what the file itself speaks for, then usual ones."""
    ranked = [one["name"] for one in reading.get("encodings") or ()]
    others = dict.fromkeys([*ranked, *ENCODINGS])
    return [name for name in others if name != reading.get("encoding")][:LIKELY]


def _names(db: Db, rows: list[PlannedRow]) -> dict[int, str]:
    ids = {row.lead_id for row in rows if row.lead_id is not None and row.lead_id > 0}
    return {lead.id: lead.name for lead in find_by_ids(db, sorted(ids))}
