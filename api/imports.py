"""Files in: an upload becomes a run, which the workers take from there."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request, Response
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from api.access import CallerNow, requires
from api.import_options import COLUMNS_PATTERN, RULES_PATTERN, ImportOptions, combine_options
from api.paging import Before, ImportId, Limit, next_link
from api.problems import problems
from api.run_out import RunOut
from api.units import Db
from api.uploads import FORM_TYPE, RAW_TYPES, Upload, receive_upload
from pipeline.access import Role
from pipeline.errors import Conflict, NotFound
from pipeline.imports import request_import
from pipeline.runs.models import Run
from pipeline.runs.service import find_runs, require_run
from pipeline.settings import Settings

router = APIRouter(prefix="/api/imports", tags=["imports"])

_PEOPLE = "name,email,phone\nJohn Doe,john@example.com,+1-555-0100\n"
_FORM = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {"type": "string", "format": "binary"},
        "source": {"type": "string", "maxLength": 200},
        "region": {"type": "string", "pattern": "^([A-Z]{2})?$"},
        "mapping": {"type": "string", "maxLength": 200},
        "columns": {"type": "string", "maxLength": 20_000, "pattern": COLUMNS_PATTERN},
        "plan": {"type": "string", "enum": ["true", "false", ""]},
        "rules": {"type": "string", "maxLength": 1_000, "pattern": RULES_PATTERN},
    },
}
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            FORM_TYPE: {"schema": _FORM},
            **{
                kind: {"schema": {"type": "string", "format": "binary"}, "example": _PEOPLE}
                for kind in RAW_TYPES
            },
        },
    }
}
RequestKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=100,
        pattern="^[!-~]+$",
        description="Sent again with the same file, it gives the import made the first time.",
    ),
]


@router.post(
    "",
    status_code=202,
    summary="Import a file",
    dependencies=[requires(Role.ADMIN)],
    openapi_extra=_BODY,
    responses=problems(404, 409, 413, 415, 422, 507),
)
async def import_file(
    request: Request,
    caller: CallerNow,
    options: Annotated[ImportOptions, Query()],
    response: Response,
    request_key: RequestKey = None,
) -> RunOut:
    """Take a CSV file in, as a form's field `file` or as the body itself.

    The file is safely on disk once this answers; `GET /api/imports/{id}` tells how far it is. With
    `plan=true` nothing is imported: `GET /api/imports/{id}/plan` tells what would happen.
    """
    upload = await receive_upload(request)
    options = combine_options(options, upload)
    key = f"{caller.actor}:{request_key}" if request_key else None
    database, settings = request.app.state.database, request.app.state.settings

    def note(db: Session) -> Run:
        return _request(db, upload, options, settings, key)

    try:
        run = await run_in_threadpool(database.transact, note, actor=caller.actor)
    except IntegrityError:
        # The same key came twice at once: the other one was first, and is found now.
        run = await run_in_threadpool(database.transact, note, actor=caller.actor)
    except NotFound:
        upload.spooled.path.unlink(missing_ok=True)
        raise
    response.headers["Location"] = f"/api/imports/{run.id}"
    return RunOut.of(run)


@router.get(
    "", summary="List imports", dependencies=[requires(Role.VIEWER)], responses=problems(422)
)
def find_imports(
    db: Db, response: Response, before: Before = None, limit: Limit = 50
) -> list[RunOut]:
    """Give imports, the newest first."""
    runs = find_runs(db, kind="import", before_id=before, limit=limit + 1)
    next_link(response, "/api/imports", runs, limit)
    return [RunOut.of(run) for run in runs[:limit]]


@router.get(
    "/{import_id}",
    summary="Get an import",
    dependencies=[requires(Role.VIEWER)],
    responses=problems(404, 422),
)
def get_import(import_id: ImportId, db: Db) -> RunOut:
    """Give an import: its state, its counts, how fast it goes and how long it will take."""
    return RunOut.of(require_run(db, import_id, kind="import"))


def _request(
    db: Session, upload: Upload, options: ImportOptions, settings: Settings, key: str | None
) -> Run:
    run = request_import(
        db,
        upload.spooled,
        file_name=options.file_name or upload.file_name,
        settings=settings,
        source=options.source,
        region=options.region,
        request_key=key,
        choices=options.choices(),
    )
    if run.file_path != upload.spooled.path.name:
        upload.spooled.path.unlink(missing_ok=True)
        if run.sha256 != upload.spooled.sha256:
            raise Conflict(f"Import {run.id} has this Idempotency-Key, but another file.")
    return run
