"""Every error becomes a problem with the right status; no answer repeats what was sent."""

import errno
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match

from api.hints import hint_for
from api.problems import FieldProblem, ProblemResponse
from pipeline.database.dialects import is_transient
from pipeline.errors import (
    Conflict,
    DuplicateLead,
    Forbidden,
    InvalidInput,
    LeadEngineError,
    NotFound,
    SignInNeeded,
    SourceBroken,
)

log = logging.getLogger(__name__)

STATUSES: dict[type[LeadEngineError], int] = {
    NotFound: 404,
    InvalidInput: 422,
    Conflict: 409,
    SourceBroken: 409,
    Forbidden: 403,
}


@contextmanager
def refused_as_conflict() -> Iterator[None]:
    """Answer 409 to input that no schema could refuse: a source or the calendar does."""
    try:
        yield
    except InvalidInput as error:
        raise Conflict(str(error)) from None


def add_error_handlers(app: FastAPI) -> None:
    """Let an app answer every error with a problem."""
    app.exception_handler(HTTPException)(_on_http_error)
    app.exception_handler(RequestValidationError)(_on_invalid_request)
    app.exception_handler(LeadEngineError)(_on_engine_error)
    app.exception_handler(DuplicateLead)(_on_duplicate)
    app.exception_handler(SignInNeeded)(_on_sign_in_needed)
    app.exception_handler(DBAPIError)(_on_database_error)
    app.exception_handler(OSError)(_on_system_error)


def _on_http_error(request: Request, error: HTTPException) -> Response:
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(sorted(_allowed_methods(request)))
    return ProblemResponse(error.status_code, str(error.detail), headers=headers)


def _allowed_methods(request: Request) -> set[str]:
    # Each method of a path is a route of its own; only all of them together are the truth.
    methods: set[str] = set()
    for context in iter_route_contexts(request.app.routes):
        if context.methods and context.matches(request.scope)[0] is not Match.NONE:
            methods |= set(context.methods)
    return methods


def _on_invalid_request(_: Request, error: RequestValidationError) -> Response:
    errors = [
        FieldProblem(location=_location(one), message=_message(one), hint=hint_for(one))
        for one in error.errors()
    ]
    detail = "; ".join(f"{one.location}: {one.message}" for one in errors[:3])
    return ProblemResponse(422, detail, errors=errors)


def _location(one: Mapping[str, Any]) -> str:
    if one["type"] == "json_invalid":
        return "body"
    return ".".join(str(part) for part in one["loc"])


def _message(one: Mapping[str, Any]) -> str:
    if one["type"] == "json_invalid":
        return f"Not JSON: {one['ctx']['error']} (at character {one['loc'][-1]})"
    return str(one["msg"]).removeprefix("Value error, ")


def _on_engine_error(_: Request, error: LeadEngineError) -> Response:
    status = next((code for kind, code in STATUSES.items() if isinstance(error, kind)), None)
    if status is None:
        raise error
    return ProblemResponse(status, str(error))


def _on_duplicate(_: Request, error: DuplicateLead) -> Response:
    link = duplicate_links(error.lead_ids)
    return ProblemResponse(409, str(error), duplicates=error.lead_ids, headers={"Link": link})


def duplicate_links(lead_ids: Sequence[int]) -> str:
    """Give the ``Link`` header that names the leads which are likely the same person."""
    return ", ".join(f'</api/leads/{lead_id}>; rel="duplicate"' for lead_id in lead_ids)


def _on_sign_in_needed(request: Request, error: SignInNeeded) -> Response:
    # A person in a browser is led to the sign-in page; a program is told.
    wants_page = "text/html" in request.headers.get("accept", "")
    if wants_page and request.headers.get("sec-fetch-mode") == "navigate":
        return RedirectResponse("/login", status_code=303)
    return ProblemResponse(401, str(error), headers={"WWW-Authenticate": "Bearer"})


def _on_database_error(_: Request, error: DBAPIError) -> Response:
    if is_transient(error):
        return ProblemResponse(503, "The database is busy.", headers={"Retry-After": "1"})
    raise error


def _on_system_error(_: Request, error: OSError) -> Response:
    if error.errno == errno.ENOSPC:
        return ProblemResponse(507, "The disk is full; nothing was stored.")
    raise error
