"""What an import comes to: its progress while it runs, then its receipt and its rejected rows."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from api.access import requires
from api.downloads import Download
from api.events import LIFE_SECONDS, RETRY_MS
from api.live import POLL_SECONDS, show_run
from api.paging import ImportId
from api.problems import problems
from api.units import Db
from pipeline.access import Role
from pipeline.database.engine import Database
from pipeline.issue_file import write_issue_file
from pipeline.receipts import Receipt, issue_receipt
from pipeline.runs.ledger import OPEN_STATES
from pipeline.runs.models import Run
from pipeline.runs.service import require_run

router = APIRouter(prefix="/api/imports/{import_id}", tags=["imports"])

_RECEIPT: dict[str, Any] = {
    "run": 3,
    "operation": 9,
    "plan": False,
    "state": "finished",
    "error": None,
    "file_name": "trade-fair.csv",
    "bytes": 412,
    "sha256": "5559b3e7f45d531253e3e9ae235b8cb7fa4acbd74f18a2cb36327262b76627ac",
    "rows": 3,
    "read": 3,
    "created": 1,
    "updated": 0,
    "unchanged": 0,
    "duplicate": 1,
    "suppressed": 0,
    "rejected": 1,
    "balanced": True,
    "outcome_sha256": "ca18a2ac574ac061b1c315ecb09cf52f4d2a0886c1a25761305dd7eae4889363",
    "requested_by": "key:3",
    "requested_at": "2026-01-31T09:30:00Z",
    "started_at": "2026-01-31T09:30:01Z",
    "finished_at": "2026-01-31T09:30:02Z",
    "reading": {"encoding": "utf-8", "source": "Trade fair", "region": "CH"},
}
_ISSUES = (
    "name,email,row,column,value,expected,how to fix\n"
    "Ann Lee,ann@,7,email | email,ann@ | ,There must be something after the @-sign. | an e-mail "
    'address or a phone number that can be used,"Correct the address, as name@example.com, or '
    'leave the cell empty. Add an e-mail address, or a phone number."\n'
)
_PROGRESS = (
    "event: run\n"
    'data: {"id": 3, "state": "running", "rows_total": 500000, "read": 120000, "created": 110000, '
    '"rejected": 480, "rows_per_second": 24000.0, "eta_seconds": 15.8}\n\n'
)


def _require_import(import_id: ImportId, db: Db) -> Run:
    return require_run(db, import_id, kind="import")


Import = Annotated[Run, Depends(_require_import, scope="function")]


@router.get(
    "/receipt",
    summary="Get an import's receipt",
    dependencies=[requires(Role.VIEWER)],
    responses={
        200: {"content": {"application/json": {"example": _RECEIPT}}},
        **problems(404, 409, 422),
    },
)
def get_receipt(import_id: ImportId, request: Request) -> Receipt:
    """Give what became of a file: counts, and hashes that anyone can check.

    `sha256` is that of the file, `outcome_sha256` that of the text with a line `row,outcome`
    for each row, in order of row, each ended by a line feed: `GET /api/runs/{run_id}/rows` gives
    the same. It hangs on no id, batch, worker or crash. `balanced` also tells that the rows'
    own outcomes were counted and give these six counts. 409 says that the import has not ended.
    """
    return issue_receipt(request.app.state.database, import_id)


@router.get(
    "/issues.csv",
    summary="Download an import's rejected rows",
    dependencies=[requires(Role.VIEWER)],
    status_code=200,
    response_class=Download,
    responses={
        200: {"content": {"text/csv": {"schema": {"type": "string"}, "example": _ISSUES}}},
        **problems(404, 422),
    },
)
def get_issue_file(run: Import, request: Request) -> Download:
    """Give the rejected rows as CSV: their own columns first, then what is wrong with them.

    `row` is the row's number in its file, the first below the header being 1; `column` the file's
    own column. Corrected, the file can be imported as it is: the columns that were added are left
    out, and only its rows are new.
    """
    return Download(
        write_issue_file(request.app.state.database, run),
        media_type="text/csv; charset=utf-8",
        file_name=f"import-{run.id}-issues.csv",
    )


@router.get(
    "/events",
    summary="Follow an import",
    dependencies=[requires(Role.VIEWER)],
    response_class=EventSourceResponse,
    responses={
        200: {"content": {"text/event-stream": {"example": _PROGRESS}}},
        **problems(404, 422),
    },
)
async def follow_import(run: Import, request: Request) -> AsyncIterator[ServerSentEvent]:
    """Tell how far an import is, until it has ended: server-sent events of the type `run`.

    What is told was committed: the counts never go back, whatever is killed meanwhile, and the
    rate falls while nothing goes on. The last event has the state in which the import ended.
    """
    database: Database = request.app.state.database
    end = asyncio.get_running_loop().time() + LIFE_SECONDS
    told: dict[str, Any] = {}
    while asyncio.get_running_loop().time() < end:
        shown = await run_in_threadpool(_look, database, run.id)
        if shown != told:
            yield ServerSentEvent(event="run", data=shown, retry=RETRY_MS)
        if shown["state"] not in OPEN_STATES:
            return
        told = shown
        await asyncio.sleep(POLL_SECONDS)


def _look(database: Database, run_id: int) -> dict[str, Any]:
    with database.read() as db:
        return show_run(require_run(db, run_id))
