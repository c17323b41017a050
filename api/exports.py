"""Leads out, as a file that is written while it is downloaded."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import StreamingResponse

from api.access import requires
from api.problems import problems
from pipeline.access import Role
from pipeline.exports.leads import write_leads
from pipeline.exports.registry import EXPORTERS
from pipeline.leads.schemas import Status

router = APIRouter(prefix="/api/exports", tags=["exports"])

Format = Annotated[
    Literal["csv", "excel", "jsonl"],
    Query(description="`excel` is CSV that Excel opens as UTF-8; `jsonl` one object a line."),
]

_CSV = "id,name,email,phone,status,source\n1,John Doe,john@example.com,+1-555-0100,new,LinkedIn\n"
_JSON_LINES = '{"id":1,"name":"John Doe","email":"john@example.com","status":"new"}\n'


@router.get(
    "",
    summary="Export leads",
    dependencies=[requires(Role.REVIEWER)],
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "The file.",
            "content": {
                "text/csv": {"schema": {"type": "string"}, "example": _CSV},
                "application/x-ndjson": {"schema": {"type": "string"}, "example": _JSON_LINES},
            },
        },
        **problems(422),
    },
)
def export_leads(
    request: Request,
    format: Format = "csv",  # noqa: A002 - what callers say
    status: Annotated[Status | None, Query(description="Only leads of this status.")] = None,
) -> StreamingResponse:
    """Give all leads, or those of one status. No cell of a CSV can run as a formula."""
    exporter = EXPORTERS[format]
    name = f"leads{exporter.suffix}"
    return StreamingResponse(
        write_leads(request.app.state.database, format, status=status),
        media_type=exporter.media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
