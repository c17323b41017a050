"""The API's description, and a page that shows it without asking anybody else."""

from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from starlette.responses import FileResponse, JSONResponse, Response

from api.access import requires
from api.problems import Problem, problems
from pipeline.access import Role

router = APIRouter(include_in_schema=False, dependencies=[requires(Role.VIEWER)])

PAGE = Path(__file__).parent / "static" / "docs.html"
DESCRIPTION = """\
Collects, cleans and dedupes leads from websites and files, and lets people decide about them.

* Every change belongs to an **operation** and can be undone: `POST /api/operations/{id}/undo`.
* Lists carry `Link: <…>; rel="next"` while there is more.
* Errors are `application/problem+json`; `errors` names each wrong value, and what would do.
* While no API key exists, a caller on this machine may do everything. Once one exists, every
  request needs `Authorization: Bearer KEY` or `X-API-Key: KEY`. A **viewer** reads, a **reviewer**
  also decides about leads, an **admin** also brings leads in and takes them out.
"""
_REPLACED = ("HTTPValidationError", "ValidationError")


@router.get("/openapi.json")
def get_description(request: Request) -> Response:
    """Give the API's description as OpenAPI."""
    return JSONResponse(request.app.openapi())


@router.get("/docs")
def show_docs() -> Response:
    """Show the API's description as a page."""
    return FileResponse(PAGE)


def describe(app: FastAPI) -> dict[str, Any]:
    """Give an app's OpenAPI description; every error in it is a problem."""
    if app.openapi_schema is None:
        app.openapi_schema = _describe(app)
    return app.openapi_schema


def _describe(app: FastAPI) -> dict[str, Any]:
    schema = get_openapi(
        title=app.title,
        version=app.version,
        description=DESCRIPTION,
        routes=app.routes,
    )
    schemas = schema.setdefault("components", {}).setdefault("schemas", {})
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= problem.pop("$defs")
    schemas["Problem"] = problem
    for path in schema["paths"].values():
        for operation in path.values():
            _complete(operation)
    for name in _REPLACED:
        schemas.pop(name, None)
    return schema


def _complete(operation: dict[str, Any]) -> None:
    answers = operation["responses"]
    added = problems(401, 403) if "security" in operation else {}
    if "422" in answers:
        added |= problems(422)
    answers |= {str(status): answer for status, answer in added.items()}
    operation["responses"] = dict(sorted(answers.items()))
