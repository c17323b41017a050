"""What a source makes of a page, for tests that look at one detail."""

from collections.abc import Mapping
from typing import Any

from pipeline.fetch.response import Response
from pipeline.records import RawRecord
from pipeline.sources import Link, Page, load_sources

URL = "https://harbour.example/firms"


def read(
    slug: str,
    body: str | bytes,
    params: Mapping[str, Any],
    *,
    url: str = URL,
    headers: Mapping[str, str] | None = None,
    carried: Mapping[str, str] | None = None,
    depth: int = 0,
) -> tuple[list[RawRecord], list[Link]]:
    """Give the records and links of a page, in their order."""
    source = load_sources().require(slug)
    given = {"content-type": "text/html; charset=utf-8", **(headers or {})}
    response = Response(url, url, 200, given, body.encode() if isinstance(body, str) else body)
    page: Page[Any] = Page(response, source.read_params(params), carried=carried or {}, depth=depth)
    items = list(source.parse(page))
    records = [item for item in items if isinstance(item, RawRecord)]
    return records, [item for item in items if isinstance(item, Link)]
