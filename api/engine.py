"""How the engine itself is: alive, and with which routes."""

from fastapi import APIRouter, Request
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel, Field
from sqlalchemy import text
from starlette.responses import RedirectResponse

from api.access import requires
from api.login import DASHBOARD
from api.problems import problems
from pipeline.access import Role

router = APIRouter(tags=["engine"])


class Health(BaseModel):
    """That the engine answers, and that its database does."""

    status: str = Field(default="ok", examples=["ok"])


class RouteOut(BaseModel):
    """One route of the API."""

    path: str = Field(examples=["/api/leads"])
    methods: list[str] = Field(examples=[["GET"]])


class RoutesOut(BaseModel):
    """All routes, and whether the leads endpoints are among them."""

    leads_available: bool
    routes: list[RouteOut]


@router.get("/health", summary="Ask whether the engine is alive", responses=problems(503))
def get_health(request: Request) -> Health:
    """Answer once the database has answered. Needs no key."""
    with request.app.state.database.read() as db:
        db.execute(text("SELECT 1"))
    return Health()


@router.get("/", include_in_schema=False, dependencies=[requires(Role.VIEWER)])
def show_start() -> RedirectResponse:
    """Lead to the dashboard."""
    return RedirectResponse(DASHBOARD)


@router.get("/debug/routes", summary="List the routes", dependencies=[requires(Role.VIEWER)])
def find_routes(request: Request) -> RoutesOut:
    """Give every route with its methods, and whether the leads endpoints are available."""
    routes = [
        RouteOut(path=context.path or "", methods=sorted(context.methods or ()))
        for context in iter_route_contexts(request.app.routes)
    ]
    return RoutesOut(leads_available=request.app.state.leads_available, routes=routes)
