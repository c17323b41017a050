"""Signing a browser in and out with an API key. The form works without JavaScript."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from api.access import COOKIE
from api.pages.rendering import render
from pipeline.access import SESSION_LIFE, close_session, get_key, open_session

router = APIRouter(include_in_schema=False)

DASHBOARD = "/api/ui-dashboard/leads-dashboard-ui"


@router.get("/login")
def show_login(request: Request) -> Response:
    """Show the form that asks for a key."""
    return _page(request)


@router.post("/login")
def sign_in(request: Request, key: Annotated[str, Form(max_length=200)] = "") -> Response:
    """Sign a browser in, or show the form again and say why not."""
    attempts = request.app.state.attempts
    address = request.client.host if request.client else ""
    if wait := attempts.wait_seconds(address):
        reason = f"Too many attempts. Try again in {wait} seconds."
        return _page(request, reason, status=429, headers={"Retry-After": str(wait)})
    database = request.app.state.database
    with database.read() as db:
        found = get_key(db, key.strip())
    if found is None:
        attempts.note_failure(address)
        return _page(request, "This key is not in force.", status=401)
    with database.write("login") as db:
        token = open_session(db, found)
    answer = RedirectResponse(DASHBOARD, status_code=303)
    answer.set_cookie(
        COOKIE,
        token,
        max_age=int(SESSION_LIFE.total_seconds()),
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )
    return answer


@router.post("/logout")
def sign_out(request: Request) -> Response:
    """Sign a browser out; its session is gone from the database too."""
    if token := request.cookies.get(COOKIE):
        with request.app.state.database.write("login") as db:
            close_session(db, token)
    answer = RedirectResponse("/login", status_code=303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return answer


def _page(
    request: Request,
    reason: str = "",
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> Response:
    return render(request, "login.html", status=status, headers=headers, reason=reason)
