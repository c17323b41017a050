"""Imports: a file dropped in, and what came of those before it."""

from typing import Annotated

from fastapi import Query, Request, Response
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from api.access import CallerNow, requires
from api.import_options import ImportOptions, combine_options
from api.pages.rendering import UI, go_back, is_fragment, render
from api.pages.routing import READS, new_router
from api.pages.runs import PAGE, list_values
from api.pages.stories import find_notice
from api.units import Db
from api.uploads import receive_upload
from pipeline.access import Role
from pipeline.errors import InvalidInput
from pipeline.imports import request_import
from pipeline.operations.ledger import MAX_ID
from pipeline.runs.models import Run
from pipeline.runs.service import find_runs

router = new_router()

HERE = f"{UI}/imports"
MANAGES = [requires(Role.ADMIN)]
Number = Annotated[int | None, Query(ge=1, le=MAX_ID)]


@router.get("/imports", dependencies=READS)
def show_imports(
    request: Request, caller: CallerNow, db: Db, before: Number = None, done: Number = None
) -> Response:
    """List imports, the newest first, below the place to drop a file."""
    runs = find_runs(db, kind="import", before_id=before, limit=PAGE + 1)
    return render(
        request,
        "imports.html",
        caller=caller,
        notice=find_notice(db, done),
        **list_values(runs, HERE),
    )


@router.post("/imports", dependencies=MANAGES)
async def import_file(request: Request, caller: CallerNow) -> Response:
    """Take a file in and lead to its import; the workers take it from there."""
    upload = await receive_upload(request)
    if upload.spooled.bytes == 0 and not upload.file_name:
        upload.spooled.path.unlink(missing_ok=True)
        raise InvalidInput("Choose a file first.")
    options = combine_options(ImportOptions(), upload)
    database, settings = request.app.state.database, request.app.state.settings

    def note(db: Session) -> Run:
        return request_import(
            db,
            upload.spooled,
            file_name=upload.file_name,
            settings=settings,
            source=options.source,
            region=options.region,
            choices=options.choices(),
        )

    run = await run_in_threadpool(database.transact, note, actor=caller.actor)
    address = f"{HERE}/{run.id}"
    if is_fragment(request):
        return Response(status_code=201, headers={"Location": address})
    return go_back(address)
