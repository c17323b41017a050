"""A batch's journal: each request and each page goes to disk before anything comes of it.

A worker that is killed leaves what it fetched to its successor. The file is written without
waiting for the disk: it survives the death of any process, and after a power cut some pages are
fetched again.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from pipeline.bodies.entries import Entry, Kind, encode_entry, pack_body, read_entries
from pipeline.fetch.requests import RequestRecord
from pipeline.fetch.response import Response

_KEPT_HEADERS = ("content-type", "etag", "last-modified", "link", "location", "x-robots-tag")


class Journal:
    """Appends to a journal. It belongs to one attempt at one batch; use it as a context manager."""

    def __init__(self, folder: Path, name: str) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        self._file = os.open(path, flags, 0o600)
        self._at = os.fstat(self._file).st_size
        self._unwritten = bytearray()
        self.name = name
        self.records: list[RequestRecord] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.flush()
        os.close(self._file)

    def asked(self, record: RequestRecord) -> None:
        """Take down a request that is about to be sent."""
        self._write(encode_entry(Kind.ASKED, _describe(record)))

    def answered(self, record: RequestRecord) -> None:
        """Take down a request with its answer."""
        self._unwritten += encode_entry(Kind.ANSWERED, _describe(record))
        self.records.append(record)

    def keep(self, page_id: int, response: Response, sitemaps: list[str]) -> int:
        """Keep a page, and give the place of its entry."""
        headers = {
            name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers
        }
        meta: dict[str, Any] = {
            "id": page_id,
            "url": response.url,
            "final_url": response.final_url,
            "status": response.status,
            "headers": headers,
            "at": response.fetched_at,
            "sitemaps": sitemaps,
        }
        packed = pack_body(meta, response.body)
        at = self._at + len(self._unwritten)
        self._unwritten += encode_entry(Kind.PAGE, meta, packed)
        return at

    def begin(self, page_id: int) -> None:
        """Take down that a page is going to be read: it may kill its reader."""
        self._write(encode_entry(Kind.BEGUN, page_id))

    def end(self, page_id: int) -> None:
        """Take down that a page has been read."""
        self._write(encode_entry(Kind.ENDED, page_id))

    def flush(self) -> None:
        """Write what is still in memory: an answer, until its page is read."""
        self._write(b"")

    def _write(self, data: bytes) -> None:
        data = bytes(self._unwritten) + data
        self._unwritten.clear()
        written = os.write(self._file, data)
        while written < len(data):  # a nearly full disk takes a part, and refuses the next
            written += os.write(self._file, data[written:])
        self._at += len(data)


@dataclass(slots=True)
class Legacy:
    """What a dead worker left: its requests, where its pages lie, and what it died of, maybe."""

    requests: list[RequestRecord] = field(default_factory=list)
    pages: dict[int, int] = field(default_factory=dict)
    suspect: int | None = None


def read_legacy(folder: Path, name: str) -> Legacy:
    """Read the journal of a dead worker; an empty legacy where there is none."""
    legacy = Legacy()
    open_requests: dict[tuple[str, float], RequestRecord] = {}
    try:
        file = (folder / name).open("rb")
    except OSError:
        return legacy
    with file:
        for entry in read_entries(file):
            if entry.kind is Kind.ASKED:
                record = RequestRecord(**entry.meta)
                open_requests[record.url, record.asked_at] = record
            elif entry.kind is Kind.ANSWERED:
                record = RequestRecord(**entry.meta)
                open_requests.pop((record.url, record.asked_at), None)
                legacy.requests.append(record)
            elif entry.kind is Kind.PAGE:
                legacy.pages[entry.meta["id"]] = entry.at
            else:
                legacy.suspect = entry.meta if entry.kind is Kind.BEGUN else None
    legacy.requests += open_requests.values()
    return legacy


def read_kept(entry: Entry) -> tuple[Response, list[str]]:
    """Give a kept page as it was fetched, and the sitemaps its site named."""
    meta: Mapping[str, Any] = entry.meta
    response = Response(
        url=meta["url"],
        final_url=meta["final_url"],
        status=meta["status"],
        headers=meta["headers"],
        body=entry.body,
        fetched_at=datetime.fromisoformat(meta["at"]),
    )
    return response, meta["sitemaps"]


def _describe(record: RequestRecord) -> dict[str, Any]:
    return {name: getattr(record, name) for name in RequestRecord.__slots__}
