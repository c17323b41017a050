"""The list of leads, and what is done to one of them there."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Form, Query, Request, Response
from pydantic import ValidationError

from api.access import CallerNow
from api.pages.rendering import LIST, UI, go_back, is_fragment, render
from api.pages.routing import READS, WRITES, Id, new_router
from api.pages.stories import find_notice
from api.searches import search_query, search_reader
from api.units import Db
from pipeline.database.dialects import serialize_writers
from pipeline.edits import change_status
from pipeline.errors import LeadNotFound
from pipeline.exports.registry import EXPORTERS
from pipeline.leads.models import STATUSES, Lead
from pipeline.leads.schemas import LeadCreate
from pipeline.leads.search import (
    PAGE,
    Search,
    count_by_status,
    find_by_ids,
    find_page,
    find_sources,
)
from pipeline.leads.service import (
    create_lead,
    delete_lead,
    get_lead_by_id,
)
from pipeline.merges.following import require_unmerged
from pipeline.operations.ledger import MAX_ID, find_lead_changes
from pipeline.resolve.duplicates import resolve_entered
from pipeline.resolve.exact import find_exact

router = new_router()

NEWEST_FIRST = "-added"
OPERATION = "Leads-Operation"
"""The response header that tells our scripts which operation to undo."""

BLANK = {"name": "", "email": "", "phone": "", "source": "", "status": "new"}
NO_ERRORS = dict.fromkeys(("form", *BLANK), "")
Text = Annotated[str, Form()]
Asked = Annotated[Search, Depends(search_reader(NEWEST_FIRST))]
"""The search in the address, where all of the list's state stands."""


@router.get("/leads-dashboard-ui", dependencies=READS)
def show_list(
    request: Request,
    caller: CallerNow,
    db: Db,
    search: Asked,
    *,
    cursor: str = "",
    done: Annotated[int | None, Query(ge=1, le=MAX_ID)] = None,
) -> Response:
    """Show the list, or for a script of ours the part of the page that holds it."""
    page = find_page(db, search, cursor=cursor, limit=PAGE)
    hidden = [(name, value) for name, value in _query(search).items() if name != "q"]
    values: dict[str, Any] = {
        "leads": page.leads,
        "cursor": cursor and request.headers.get("HX-Source") != "a#more",
        "next_url": list_url(search, cursor=page.next_cursor) if page.next_cursor else "",
        "hidden_fields": hidden,
        "export_fields": search_query(search),
        "exporters": EXPORTERS,
        **_counts(db, search),
    }
    if is_fragment(request):
        # The address says what is shown, without the form's empty fields.
        headers = {"HX-Replace-Url": list_url(search)} if _is_typing(request) else {}
        return render(request, "parts/list.html", caller=caller, headers=headers, **values)
    values |= {"notice": find_notice(db, done), **_blank_form(db, list_url(search))}
    return render(request, "leads_dashboard.html", caller=caller, **values)


@router.get("/leads/counts", dependencies=READS)
def show_counts(request: Request, caller: CallerNow, db: Db, search: Asked) -> Response:
    """Give the chips with their counts anew."""
    return render(request, "parts/counts.html", caller=caller, **_counts(db, search))


@router.get("/leads/rows", dependencies=READS)
def show_rows(
    request: Request,
    caller: CallerNow,
    db: Db,
    ids: Annotated[list[int], Query(alias="id", max_length=200)],
) -> Response:
    """Give the rows of some leads as they are now; a lead without a row is gone."""
    return render(request, "parts/rows.html", caller=caller, leads=find_by_ids(db, ids))


@router.get("/leads/new", dependencies=WRITES)
def show_form(request: Request, caller: CallerNow, db: Db) -> Response:
    """Show the form for a new lead as a page."""
    return render(request, "lead_new.html", caller=caller, **_blank_form(db, LIST))


@router.post("/leads/new", dependencies=WRITES)
def create(
    request: Request,
    caller: CallerNow,
    db: Db,
    *,
    name: Text = "",
    email: Text = "",
    phone: Text = "",
    source: Text = "",
    status: Text = "new",
    back: Text = LIST,
) -> Response:
    """Create a lead, or show the form again with what is wrong beside each field."""
    given = {"name": name, "email": email, "phone": phone, "source": source, "status": status}
    try:
        entered = LeadCreate.model_validate({**given, "phone": phone.strip() or None})
    except ValidationError as error:
        values = {**_blank_form(db, back), "values": given, "errors": _errors_by_field(error)}
        template = "parts/create.html" if is_fragment(request) else "lead_new.html"
        return render(request, template, caller=caller, status=422, **values)
    serialize_writers(db)
    exact = find_exact(db, entered)
    lead = create_lead(db, entered)
    known = find_by_ids(db, [*exact, *resolve_entered(db, lead)][:1])
    message = f"{lead.name} created. Probably the same as {known[0].name}." if known else ""
    return _answer(request, caller, db, lead, back, status=201, message=message)


@router.post("/leads/{lead_id}/status", dependencies=WRITES)
def set_status(
    request: Request,
    caller: CallerNow,
    db: Db,
    lead_id: Id,
    *,
    status: Text,
    back: Text = LIST,
) -> Response:
    """Give a lead another status."""
    before = get_lead_by_id(db, lead_id)
    version = before.version if before else 0
    try:
        lead = change_status(db, lead_id, status)
    except LeadNotFound:
        raise LeadNotFound("This lead does not exist any more.") from None
    return _answer(request, caller, db, lead, back, changed=lead.version != version)


@router.post("/leads/{lead_id}/delete", dependencies=WRITES)
def remove(request: Request, caller: CallerNow, db: Db, lead_id: Id, back: Text = LIST) -> Response:
    """Delete a lead. Its operation can be undone."""
    if not delete_lead(db, lead_id):
        require_unmerged(db, lead_id)
        raise LeadNotFound("This lead does not exist any more.")
    operation = _last_operation(db, lead_id)
    if not is_fragment(request):
        here = f"{UI}/leads/{lead_id}"
        return go_back(LIST if back.startswith(here) else back, done=operation)
    headers = {OPERATION: str(operation)}
    return render(request, "parts/rows.html", caller=caller, headers=headers, leads=[])


def list_url(search: Search, *, cursor: str | None = None, **changes: Any) -> str:
    """Give the address of the list, with some of the search's parts replaced."""
    names = ("status", "text", "source", "run_id", "sort")
    changed = Search(**{name: changes.get(name, getattr(search, name)) for name in names})
    query = _query(changed) | ({"cursor": cursor} if cursor else {})
    return f"{LIST}?{urlencode(query)}" if query else LIST


def _query(search: Search) -> dict[str, str]:
    query = search_query(search)
    if search.sort == NEWEST_FIRST:
        del query["sort"]
    return query


def _counts(db: Db, search: Search) -> dict[str, Any]:
    return {
        "search": search,
        "counts": count_by_status(db, search),
        "counts_url": f"{UI}/leads/counts?{urlencode(_query(search))}",
        "list_url": list_url,
    }


def _blank_form(db: Db, back: str) -> dict[str, Any]:
    sources = find_sources(db)
    return {"values": BLANK, "errors": NO_ERRORS, "sources": sources, "back": back}


def _is_typing(request: Request) -> bool:
    return request.headers.get("HX-Source") == "form#search"


def _errors_by_field(error: ValidationError) -> dict[str, str]:
    found = dict(NO_ERRORS)
    for one in error.errors():
        field = str(one["loc"][0]) if one["loc"] else "form"
        message = str(one["msg"]).removeprefix("Value error, ")
        if field == "status":
            message = f"Use one of {', '.join(STATUSES)}."
        found[field] = found[field] or message[:1].upper() + message[1:]
    return found


def _answer(
    request: Request,
    caller: CallerNow,
    db: Db,
    lead: Lead,
    back: str,
    *,
    status: int = 200,
    changed: bool = True,
    message: str = "",
) -> Response:
    operation = _last_operation(db, lead.id) if changed else None
    if not is_fragment(request):
        return go_back(back, done=operation)
    headers = {OPERATION: str(operation)} if operation else {}
    return render(
        request,
        "parts/rows.html",
        caller=caller,
        status=status,
        headers=headers,
        leads=[lead],
        message=message,
    )


def _last_operation(db: Db, lead_id: int) -> int:
    return find_lead_changes(db, lead_id)[-1][1].id
