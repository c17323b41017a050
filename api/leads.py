"""The spec's five endpoints, with and without a trailing slash, never a redirect."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from api.access import requires
from api.errors import duplicate_links
from api.json_bodies import StrictRoute
from api.paging import LeadId
from api.problems import Responses, problems
from api.units import Db
from pipeline.access import Role
from pipeline.database.dialects import serialize_writers
from pipeline.edits import change_status, merge_by_hand, merge_into_lead, split_by_hand
from pipeline.errors import DuplicateLead, LeadNotFound
from pipeline.leads.models import Lead
from pipeline.leads.schemas import LeadCreate, LeadOut, LeadStatusUpdate, Status
from pipeline.leads.service import (
    create_lead,
    delete_lead,
    get_all_leads,
    get_leads_by_status,
)
from pipeline.merges.following import require_living, require_unmerged
from pipeline.operations.ledger import MAX_ID
from pipeline.resolve.duplicates import find_known, resolve_entered
from pipeline.resolve.exact import find_exact

router = APIRouter(prefix="/api/leads", tags=["leads"], route_class=StrictRoute)

Skip = Annotated[int, Query(ge=0, le=MAX_ID, description="How many leads to pass over.")]
Limit = Annotated[int, Query(ge=1, le=1_000, description="How many leads to give at most.")]
OnDuplicate = Annotated[
    Literal["create", "reject", "merge"],
    Query(
        description="What to do when the lead is known beyond doubt, by its e-mail, its phone and "
        "name, or all evidence together: `create` a second lead and link to the first, `reject` "
        "with 409, or `merge`."
    ),
]


EXACT = 2**53 - 1
"""Up to here every reader of JSON reads a whole number as it is."""


class MergeInto(BaseModel):
    """The lead that lives on."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"into": 3}]})

    into: int = Field(ge=1, le=EXACT, description="The lead that lives on.")


_MERGED: Responses = {
    200: {"model": LeadOut, "description": "Merged into the lead that was known already."}
}
_CANONICAL: Responses = {
    200: {
        "headers": {
            "Link": {
                "description": "The lead that lives in the place of a merged one.",
                "schema": {"type": "string"},
            }
        }
    }
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

    It is matched against all leads at once. A likely duplicate is created all the same; then
    `Link: </api/leads/7>; rel="duplicate"` names the lead it resembles, and the pair waits in the
    review queue (`GET /api/duplicates`). A phone that no country knows is kept as given.
    """
    serialize_writers(db)
    known = find_exact(db, lead) if on_duplicate == "create" else find_known(db, lead)
    if known and on_duplicate == "reject":
        raise DuplicateLead(known)
    if known and on_duplicate == "merge":
        response.status_code = 200
        joined = merge_into_lead(db, known[0], lead)
        resolve_entered(db, joined)
        return LeadOut.model_validate(joined)
    created = create_lead(db, lead)
    response.headers["Location"] = f"/api/leads/{created.id}"
    likely = list(dict.fromkeys((*known, *resolve_entered(db, created))))
    if likely:
        response.headers["Link"] = duplicate_links(likely)
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
    responses={**_CANONICAL, **problems(404, 422)},
)
def get_one(lead_id: LeadId, db: Db, response: Response) -> LeadOut:
    """Give one lead.

    A lead that has been merged answers for ever with the one that lives in its place, and
    `Link: </api/leads/7>; rel="canonical"` names it.
    """
    return _show(require_living(db, lead_id), lead_id, response)


@router.put("/{lead_id}/status/", include_in_schema=False, dependencies=[requires(Role.REVIEWER)])
@router.put(
    "/{lead_id}/status",
    summary="Update a lead's status",
    dependencies=[requires(Role.REVIEWER)],
    responses={**_CANONICAL, **problems(404, 413, 415, 422)},
)
def update_status(lead_id: LeadId, update: LeadStatusUpdate, db: Db, response: Response) -> LeadOut:
    """Give a lead another status. Any status may follow any other; the change is recorded.

    For a lead that has been merged, this is done to the one that lives in its place.
    """
    return _show(change_status(db, lead_id, update.status), lead_id, response)


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
    responses=problems(404, 409, 422),
)
def delete(lead_id: LeadId, db: Db) -> Response:
    """Delete a lead. Its operation can be undone.

    A lead that has been merged cannot be deleted by itself: 409 names the one that lives.
    """
    if not delete_lead(db, lead_id):
        require_unmerged(db, lead_id)
        raise LeadNotFound(f"There is no lead {lead_id}.")
    return Response(status_code=204)


@router.post(
    "/{lead_id}/merge",
    summary="Merge a lead into another",
    dependencies=[requires(Role.REVIEWER)],
    responses=problems(404, 409, 413, 415, 422),
)
def merge(lead_id: LeadId, into: MergeInto, db: Db, response: Response) -> LeadOut:
    """Say that this lead and another are one; the other lives on, and nothing of either is lost.

    Its e-mails and phones join the other's, its id answers with the other for ever, and it can be
    split off again at any time.
    """
    merge_by_hand(db, into.into, lead_id)
    return _show(require_living(db, lead_id), lead_id, response)


@router.post(
    "/{lead_id}/split",
    summary="Split a merged lead off",
    dependencies=[requires(Role.REVIEWER)],
    responses=problems(404, 409, 422),
)
def split(lead_id: LeadId, db: Db) -> LeadOut:
    """Take a merged lead out of the one that lives in its place: both are as if never merged.

    What was done to the merged lead since stays with the one that lived. No rule merges the two
    again.
    """
    split_by_hand(db, lead_id)
    return LeadOut.model_validate(require_living(db, lead_id))


def _show(lead: Lead, asked: int, response: Response) -> LeadOut:
    if lead.id != asked:
        response.headers["Link"] = f'</api/leads/{lead.id}>; rel="canonical"'
    return LeadOut.model_validate(lead)
