"""The sources this engine knows: listed, declared without code, tried out, moved as files."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, JsonValue
from starlette.convertors import StringConvertor, register_url_convertor

from api.access import requires
from api.errors import refused_as_conflict
from api.json_bodies import StrictRoute
from api.paging import RunId
from api.problems import problems
from api.run_out import RunOut
from api.source_out import BrokenSourceOut, SourceOut, SourcesOut, TrialOut
from api.units import Db
from pipeline.access import Role
from pipeline.catalog.definitions import Definition, check_plain
from pipeline.catalog.service import (
    change_source,
    declare_source,
    definition_of,
    find_sources,
    remove_source,
    require_declared,
    require_listed,
)
from pipeline.catalog.source_files import Format, read_file, write_file
from pipeline.crawl import request_trial
from pipeline.crawl.requesting import TRIAL_PAGES
from pipeline.crawl.trial import read_trial
from pipeline.runs.service import require_run


class _Slug(StringConvertor):
    """A source's slug in an address; what else stands below `/api/sources` is none."""

    regex = "(?!(?:file|trial)(?:/|$))[^/]+"


register_url_convertor("source", _Slug())
router = APIRouter(prefix="/api/sources", tags=["sources"], route_class=StrictRoute)

Slug = Annotated[
    str, Path(max_length=40, description="The source's slug.", examples=["harbour_firms"])
]
Version = Annotated[int, Field(ge=1, le=1 << 31, description="The version that was edited.")]
_TYPES = {"json": "application/json", "toml": "application/toml"}
_FILE: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "text/plain": {
                "schema": {"type": "string"},
                "example": 'slug = "firms"\ntitle = "Firms"\nkind = "website"\n\n'
                '[params]\nurl = "https://harbour.example/"\n',
            },
            "application/json": {"schema": {"$ref": "#/components/schemas/Definition"}},
        },
    }
}


class ChangedDefinition(Definition):
    """A source declared anew, and the version that was edited."""

    version: Version


class TrialRequest(BaseModel):
    """A source to be tried: of a whole definition, only its kind and its params count."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"kind": "website", "params": {"url": "https://example.com/"}}]
        }
    )

    kind: str = Field(max_length=40)
    params: dict[str, JsonValue]
    pages: int = Field(default=TRIAL_PAGES, ge=1, le=50)


async def read_body(request: Request) -> bytes:
    """Give the body as it was sent."""
    return await request.body()


@router.get("", summary="List sources", dependencies=[requires(Role.VIEWER)])
def find_all(db: Db) -> SourcesOut:
    """Give all sources with what they can be told, and those that cannot run."""
    found = find_sources(db)
    broken = [BrokenSourceOut(module=one.slug, reason=one.problem) for one in found if one.problem]
    return SourcesOut(sources=[SourceOut.of(one) for one in found if one.source], broken=broken)


@router.post(
    "",
    status_code=201,
    summary="Declare a source",
    dependencies=[requires(Role.ADMIN)],
    responses=problems(409, 413, 415, 422),
)
def add_one(wanted: Definition, db: Db, response: Response) -> SourceOut:
    """Declare a source as data: a general source, told how to read one place.

    409 says that its slug is taken, or that the general source cannot do with its params.
    """
    with refused_as_conflict():
        declare_source(db, wanted)
    response.headers["Location"] = f"/api/sources/{wanted.slug}"
    return SourceOut.of(require_listed(db, wanted.slug))


@router.post(
    "/file",
    status_code=201,
    summary="Import a source from a file",
    dependencies=[requires(Role.ADMIN)],
    responses=problems(409, 413),
    openapi_extra=_FILE,
)
def import_one(body: Annotated[bytes, Depends(read_body)], db: Db, response: Response) -> SourceOut:
    """Declare a source by the file that another engine has exported, JSON or TOML.

    409 says that its slug is taken, or that it declares nothing that could run.
    """
    with refused_as_conflict():
        return add_one(read_file(body), db, response)


@router.post(
    "/trial",
    status_code=202,
    summary="Try a source",
    dependencies=[requires(Role.ADMIN)],
    responses=problems(404, 409, 413, 415, 422),
)
def try_one(wanted: TrialRequest, db: Db, response: Response) -> RunOut:
    """Read some pages as a source would; nothing of them becomes a lead.

    What was found is at the answer's `Location`.
    """
    with refused_as_conflict():
        check_plain(wanted.params)
        run = request_trial(db, wanted.kind, wanted.params, pages=wanted.pages)
    response.headers["Location"] = f"/api/sources/trial/{run.id}"
    return RunOut.of(run)


@router.get(
    "/trial/{run_id}",
    summary="See what a trial found",
    dependencies=[requires(Role.VIEWER)],
    responses=problems(404, 422),
)
def get_trial(run_id: RunId, db: Db) -> TrialOut:
    """Give the pages that a trial has read so far, with the values found on each."""
    pages = read_trial(db, run_id)
    return TrialOut.of(require_run(db, run_id), pages)


@router.get(
    "/{slug:source}",
    summary="Get a source",
    dependencies=[requires(Role.VIEWER)],
    responses=problems(404, 409, 422),
)
def get_one(slug: Slug, db: Db) -> SourceOut:
    """Give a source, and how it is declared if it is."""
    return SourceOut.of(require_listed(db, slug))


@router.put(
    "/{slug:source}",
    summary="Change a declared source",
    dependencies=[requires(Role.ADMIN)],
    responses=problems(404, 409, 413, 415, 422),
)
def change_one(slug: Slug, wanted: ChangedDefinition, db: Db) -> SourceOut:
    """Declare a source anew; its next run is the first to know.

    409 says that somebody else has changed it since, or that it could not run.
    """
    with refused_as_conflict():
        change_source(db, slug, wanted, version=wanted.version)
    return SourceOut.of(require_listed(db, slug))


@router.delete(
    "/{slug:source}",
    status_code=204,
    summary="Forget a declared source",
    dependencies=[requires(Role.ADMIN)],
    responses=problems(404, 409, 422),
)
def delete_one(slug: Slug, db: Db, version: Annotated[Version | None, Query()] = None) -> Response:
    """Forget a declared source; its runs and leads stay. Sources in Python are files: 409."""
    remove_source(db, slug, version=version)
    return Response(status_code=204)


@router.get(
    "/{slug:source}/file",
    summary="Export a declared source",
    dependencies=[requires(Role.VIEWER)],
    responses=problems(404, 409, 422),
    response_class=Response,
)
def export_one(
    slug: Slug,
    db: Db,
    form: Annotated[Format, Query(alias="format", description="Which form the file has.")] = "json",
) -> Response:
    """Give a declared source as a file, to be kept or imported elsewhere."""
    body = write_file(definition_of(require_declared(db, slug)), form)
    headers = {"Content-Disposition": f'attachment; filename="{slug}.{form}"'}
    return Response(body, media_type=_TYPES[form], headers=headers)
