"""Any API that answers in JSON: where its items are, and what their parts are, as pointers."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from pipeline.extract.entries import Entry
from pipeline.extract.paging import NEXT, find_next_links, next_in_query
from pipeline.extract.pointers import (
    FieldPointers,
    Pointer,
    PointerMap,
    find_parts,
    find_texts,
    read_json,
    read_parts,
)
from pipeline.records import RawRecord
from pipeline.sources import Link, Page, Params, source


class JsonApiParams(Params):
    """How to read the answers. A pointer is as in RFC 6901; `*` stands for every part."""

    url: str = Field(description="The first answer, with all parameters it needs")
    items: Pointer = Field(description="Where the items are, such as /data/*")
    fields: FieldPointers = Field(min_length=1, description="For each field its pointer in an item")
    custom: PointerMap = Field(default={}, description="The same for values of your own")
    paging: Literal["none", "page", "offset", "cursor", "next", "link"] = Field(
        default="none", description="How it goes on: a parameter that counts, one to be copied, …"
    )
    param: str = Field(default="", description="The parameter; page, offset, cursor if not told")
    next: Pointer = Field(default="/next", description="Where the cursor or the next address is")
    max_pages: int = Field(default=1_000, ge=1, le=100_000)
    max_depth: int = Field(default=1_000, ge=0, le=1_000)


@source(
    slug="json_api",
    title="JSON API",
    params=JsonApiParams,
    start=lambda params: [params.url],
)
def json_api(page: Page[JsonApiParams]) -> Iterator[RawRecord | Link]:
    """Yield the record of each item, and where the list goes on."""
    params, answer = page.params, read_json(page)
    items = find_parts(answer, params.items)
    for item in items:
        yield Entry(read_parts(item, params.fields), read_parts(item, params.custom)).record(page)
    if not items:
        return
    if params.paging == "link":
        following = [*find_next_links(page.response.headers.get("link", ""))]
    elif params.paging == "next":
        following = find_texts(answer, params.next)
    else:
        told = next(iter(find_texts(answer, params.next)), "")
        following = next_in_query(page.url, params.paging, params.param, len(items), told)
    yield from page.follow_all(following[:1], priority=NEXT)
