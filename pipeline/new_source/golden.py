"""Golden pages: a page as it was recorded, and all that a source made of it, as plain JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import InvalidInput
from pipeline.fetch.response import Response
from pipeline.records import RawRecord
from pipeline.sources import Link, Page, Source

PAGE = "page"
EXPECTED = "expected.json"
_TYPES = {
    ".html": "text/html",
    ".json": "application/json",
    ".xml": "application/xml",
    ".csv": "text/csv",
    ".vcf": "text/vcard",
}


@dataclass(frozen=True, slots=True)
class GoldenPage:
    """A recorded page: where it came from, its bytes, and their type."""

    url: str
    body: bytes
    content_type: str = "text/html"

    def response(self) -> Response:
        """Give it as if it had just been fetched."""
        return Response(self.url, self.url, 200, {"content-type": self.content_type}, self.body)


def find_golden_page(folder: Path, url: str) -> GoldenPage:
    """Give the recorded page of a folder.

    Raises:
        InvalidInput: there is none.
    """
    for suffix, content_type in _TYPES.items():
        path = folder / f"{PAGE}{suffix}"
        if path.is_file():
            return GoldenPage(url, path.read_bytes(), content_type)
    raise InvalidInput(f"The folder {folder.name} holds no recorded page.")


def read_golden(source: Source[Any], page: GoldenPage, params: Mapping[str, Any]) -> dict[str, Any]:
    """Give all that a source makes of a recorded page, in the order that it does."""
    items = list(source.parse(Page(page.response(), source.read_params(params))))
    return {
        "url": page.url,
        "params": dict(params),
        "records": [_record(item) for item in items if isinstance(item, RawRecord)],
        "links": [_link(item) for item in items if isinstance(item, Link)],
    }


def _record(record: RawRecord) -> dict[str, Any]:
    return {
        "fields": dict(record.fields),
        "emails": list(record.emails),
        "phones": list(record.phones),
        "raw": dict(record.raw),
    }


def _link(link: Link) -> list[Any]:
    plain = [link.url, link.priority]
    return [*plain, dict(link.carried)] if link.carried else plain
