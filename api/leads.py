"""The spec's five endpoints, with and without a trailing slash, never a redirect."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from api.access import requires
from api.errors import duplicate_links
from api.json_bodies import StrictRoute
from api.paging import LeadId
from api.problems import Responses, problems
from api.units import Db
from pipeline.access import Role
from pipeline.database.dialects import serialize_writers
from pipeline.edits import merge_into_lead
from pipeline.errors import DuplicateLead, LeadNotFound
from pipeline.leads.duplicates import find_duplicates
from pipeline.leads.models import Lead
from pipeline.leads.schemas import LeadCreate, LeadOut, LeadStatusUpdate, Status
from pipeline.leads.service import (
    create_lead,
    delete_lead,
    get_all_leads,
    get_lead_by_id,
    get_leads_by_status,
    update_lead_status,
)
from pipeline.operations.ledger import MAX_ID

router = APIRouter(prefix="/api/leads", tags=["leads"], route_class=StrictRoute)

Skip = Annotated[int, Query(ge=0, le=MAX_ID, description="How many leads to pass over.")]
Limit = Annotated[int, Query(ge=1, le=1_000, description="How many leads to give at most.")]
OnDuplicate = Annotated[
    Literal["create", "reject", "merge"],
    Query(
        description="What to do when the same e-mail, or the same phone with an agreeing name, is "
        "known: `create` a second lead and link to the first, `reject` with 409, or `merge`."
    ),
]

_MERGED: Responses = {
    200: {"model": LeadOut, "description": "Merged into the lead that was known already."}
}
_PAGE: Responses = {
    200: {"headers": {"Link": {"description": "The next page.", "schema": {"type": "string"}}}}
}


@router.post("/", include_in_schema=False, status_code=201, dependencies=[requires(Role.REVIEWER)])
@router.post(
    "",
    status_code=201,
    summary="Create a lead",
    dependencies=[requires(Role.REVIEWER)],
    responses={**_MERGED, **problems(409, 413, 415, 422)},
)
def create(
    lead: LeadCreate, db: Db, response: Response, on_duplicate: OnDuplicate = "create"
) -> LeadOut:
    """Create a lead as given.

    A likely duplicate is created all the same; then `Link: </api/leads/7>; rel="duplicate"` names
    the lead it resembles. A phone that no country knows is kept as given.
    """
    if on_duplicate != "create":
        serialize_writers(db)
    known = find_duplicates(db, lead)
    if known and on_duplicate == "reject":
        raise DuplicateLead(known)
    if known and on_duplicate == "merge":
        response.status_code = 200
        return LeadOut.model_validate(merge_into_lead(db, known[0], lead))
    created = create_lead(db, lead)
    response.headers["Location"] = f"/api/leads/{created.id}"
    if known:
        response.headers["Link"] = duplicate_links(known)
    return LeadOut.model_validate(created)


@router.get("/", include_in_schema=False, dependencies=[requires(Role.VIEWER)])
@router.get(
    "",
    summary="List leads",
    dependencies=[requires(Role.VIEWER)],
    responses={**_PAGE, **problems(422)},
)
def find_all(
    db: Db,
    response: Response,
    skip: Skip = 0,
    limit: Limit = 100,
    status: Annotated[Status | None, Query(description="Only leads of this status.")] = None,
) -> list[LeadOut]:
    """Give leads in order of id. `Link: <…>; rel="next"` leads on while there are more."""
    if status is None:
        leads = get_all_leads(db, skip, limit + 1)
    else:
        leads = get_leads_by_status(db, status, skip, limit + 1)
    if len(leads) > limit and skip + limit <= MAX_ID:
        query = f"skip={skip + limit}&limit={limit}" + (f"&status={status}" if status else "")
        response.headers["Link"] = f'</api/leads?{query}>; rel="next"'
    return [LeadOut.model_validate(lead) for lead in leads[:limit]]


@router.get("/{lead_id}/", include_in_schema=False, dependencies=[requires(Role.VIEWER)])
@router.get(
    "/{lead_id}",
    summary="Get a lead",
    dependencies=[requires(Role.VIEWER)],
    responses=problems(404, 422),
)
def get_one(lead_id: LeadId, db: Db) -> LeadOut:
    """Give one lead."""
    return LeadOut.model_validate(_require(get_lead_by_id(db, lead_id), lead_id))


@router.put("/{lead_id}/status/", include_in_schema=False, dependencies=[requires(Role.REVIEWER)])
@router.put(
    "/{lead_id}/status",
    summary="Update a lead's status",
    dependencies=[requires(Role.REVIEWER)],
    responses=problems(404, 413, 415, 422),
)
def update_status(lead_id: LeadId, update: LeadStatusUpdate, db: Db) -> LeadOut:
    """Give a lead another status. Any status may follow any other; the change is recorded."""
    return LeadOut.model_validate(_require(update_lead_status(db, lead_id, update.status), lead_id))


@router.delete(
    "/{lead_id}/",
    include_in_schema=False,
    status_code=204,
    dependencies=[requires(Role.REVIEWER)],
)
@router.delete(
    "/{lead_id}",
    status_code=204,
    summary="Delete a lead",
    dependencies=[requires(Role.REVIEWER)],
    responses=problems(404, 422),
)
def delete(lead_id: LeadId, db: Db) -> Response:
    """Delete a lead. Its operation can be undone."""
    if not delete_lead(db, lead_id):
        raise LeadNotFound(f"There is no lead {lead_id}.")
    return Response(status_code=204)


def _require(lead: Lead | None, lead_id: int) -> Lead:
    if lead is None:
        raise LeadNotFound(f"There is no lead {lead_id}.")
    return lead
