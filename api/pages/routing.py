"""Routes whose errors a person can read: a page, or one sentence for a script of ours."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from api.access import Caller, requires
from api.errors import STATUSES
from api.pages.rendering import UI, is_fragment, render
from pipeline.access import Role
from pipeline.errors import LeadEngineError
from pipeline.operations.ledger import MAX_ID

Id = Annotated[int, Path(ge=1, le=MAX_ID)]

READS = [requires(Role.VIEWER)]
WRITES = [requires(Role.REVIEWER)]


class PageRoute(APIRoute):
    """A route that answers the engine's own errors as a page."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Give the handler that FastAPI calls for each request."""
        handle = super().get_route_handler()

        async def handle_readably(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError as error:
                return _show_invalid(request, error)
            except HTTPException as error:
                return show_error(request, error.status_code, str(error.detail))
            except LeadEngineError as error:
                status = _status_of(error)
                if status is None:
                    raise
                return show_error(request, status, str(error))

        return handle_readably


def new_router() -> APIRouter:
    """Make a router for pages of the dashboard."""
    return APIRouter(prefix=UI, include_in_schema=False, route_class=PageRoute)


def show_error(
    request: Request, status: int, text: str, *, caller: Caller | None = None
) -> Response:
    """Say what went wrong, as a whole page or as the sentence alone."""
    name = "parts/problem.html" if is_fragment(request) else "error.html"
    return render(request, name, caller=caller, status=status, problem=text, status_code=status)


def _show_invalid(request: Request, error: RequestValidationError) -> Response:
    if request.method == "GET":
        return show_error(request, 404, "There is no such page.")
    said = [
        f"{one['loc'][-1]}: {str(one['msg']).removeprefix('Value error, ')}"
        for one in error.errors()
    ]
    return show_error(request, 422, "; ".join(said))


def _status_of(error: LeadEngineError) -> int | None:
    return next((code for kind, code in STATUSES.items() if isinstance(error, kind)), None)
