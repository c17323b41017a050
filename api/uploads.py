"""Taking a file in: streamed to disk as it arrives, gone again if it does not arrive whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.middleware.body_limit import raise_body_limit
from api.multipart import FormReader
from pipeline.imports import SpooledFile, open_spool

RAW_TYPES = (
    "text/csv",
    "text/tab-separated-values",
    "text/vcard",
    "application/json",
    "application/x-ndjson",
    "application/vnd.ms-excel",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/gzip",
    "application/zip",
    "application/octet-stream",
)
"""What a body may be called that is the file itself; what it is, its content tells."""
FORM_TYPE = "multipart/form-data"
WRITE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that has arrived whole, its name, and the form's other fields."""

    spooled: SpooledFile
    file_name: str
    fields: Mapping[str, str] = field(default_factory=dict)


async def receive_upload(request: Request) -> Upload:
    """Stream the body, or the form's file, to disk.

    Raises:
        InvalidInput: the form cannot be read or holds no file.
        HTTPException: 413 beyond ``LEADS_MAX_UPLOAD_BYTES``, 415 for another content type.
        ClientDisconnect: the client went away; nothing stays behind.
    """
    settings = request.app.state.settings
    raise_body_limit(request, settings.max_upload_bytes)
    reader = _open_reader(request)
    with open_spool(settings) as spool:
        waiting = bytearray()
        async for chunk in request.stream():
            waiting += reader.feed(chunk)
            # Few large writes: each costs a thread, so that the disk does not hold up the rest.
            if len(waiting) >= WRITE_BYTES:
                await run_in_threadpool(spool.write, bytes(waiting))
                waiting.clear()
        reader.finish()
        await run_in_threadpool(spool.write, bytes(waiting))
        spooled = await run_in_threadpool(spool.finish)
    return Upload(spooled, reader.file_name or "", reader.fields)


class _RawReader:
    """A body that is the file itself."""

    def __init__(self, request: Request) -> None:
        self.fields: dict[str, str] = {}
        header = Message()
        header["Content-Disposition"] = request.headers.get("content-disposition", "")
        self.file_name: str | None = header.get_filename()

    def feed(self, chunk: bytes) -> bytes:
        return chunk

    def finish(self) -> None:
        pass


def _open_reader(request: Request) -> FormReader | _RawReader:
    content_type = request.headers.get("content-type", "")
    kind = content_type.partition(";")[0].strip().lower()
    if kind == FORM_TYPE:
        return FormReader(content_type)
    if kind in RAW_TYPES:
        return _RawReader(request)
    raise HTTPException(415, f"Send the file as {', '.join((FORM_TYPE, *RAW_TYPES))}.")
