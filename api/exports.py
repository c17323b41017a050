"""Leads out, as a file that is written while it is downloaded."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request

from api.access import requires
from api.downloads import Download
from api.problems import problems
from api.searches import search_reader
from pipeline.access import Role
from pipeline.exports.leads import write_leads
from pipeline.exports.registry import EXPORTERS
from pipeline.leads.search import Search

router = APIRouter(prefix="/api/exports", tags=["exports"])

Format = Annotated[
    Literal["csv", "excel", "xlsx", "jsonl", "vcard"],
    Query(
        description="`excel` is CSV that Excel opens as UTF-8, `xlsx` a workbook, `jsonl` one "
        "object a line, `vcard` for address books."
    ),
]

_CSV = "id,name,email,phone,status,source\n1,John Doe,john@example.com,+1-555-0100,new,LinkedIn\n"
_JSON_LINES = '{"id":1,"name":"John Doe","email":"john@example.com","status":"new"}\n'
_CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:John Doe\r\nEND:VCARD\r\n"
_EXAMPLES = {"csv": _CSV, "xlsx": "PK…", "jsonl": _JSON_LINES, "vcard": _CARD}


@router.get(
    "",
    summary="Export leads",
    dependencies=[requires(Role.REVIEWER)],
    status_code=200,
    response_class=Download,
    responses={
        200: {
            "description": "The file.",
            "content": {
                EXPORTERS[name].media_type.partition(";")[0]: {
                    "schema": {"type": "string"},
                    "example": example,
                }
                for name, example in _EXAMPLES.items()
            },
        },
        **problems(422),
    },
)
def export_leads(
    request: Request,
    search: Annotated[Search, Depends(search_reader("added"))],
    format: Format = "csv",  # noqa: A002 - what callers say
) -> Download:
    """Give all leads of a search, as they were when the download began. Nothing is cut.

    No cell of a CSV or workbook can run as a formula. Imported again, the file changes nothing.
    """
    exporter = EXPORTERS[format]
    return Download(
        write_leads(request.app.state.database, format, search),
        media_type=exporter.media_type,
        file_name=f"leads-{datetime.now(UTC):%Y-%m-%d}{exporter.suffix}",
    )
