"""A directory described by data: where it starts, what an entry is, what its parts are."""

from collections.abc import Iterator

from pydantic import Field

from pipeline.extract.entries import EntryParams, read_entries, read_own_page
from pipeline.extract.paging import (
    NumberParams,
    first_pages,
    follow_next,
    follow_number,
    is_later_page,
)
from pipeline.extract.rules import Css
from pipeline.records import RawRecord
from pipeline.sources import Link, Page, source


class ListingParams(NumberParams, EntryParams):
    """How to read the directory. A rule is `CSS@attribute =~ pattern`, each part optional."""

    start: list[str] = Field(min_length=1, description="Its first pages; {page} counts up")
    next: Css = Field(default="", description="What the links to further pages match")
    max_pages: int = Field(default=1_000, ge=1, le=100_000)
    max_depth: int = Field(default=1_000, ge=0, le=1_000)


@source(
    slug="listing",
    title="Directory",
    params=ListingParams,
    start=lambda params: first_pages(params.start, params),
)
def listing(page: Page[ListingParams]) -> Iterator[RawRecord | Link]:
    """Yield the record of each entry, or the link to its own page, and links to further pages."""
    params = page.params
    if page.carried:
        if page.may_index:
            yield read_own_page(page, params)
        return
    if is_later_page(page, params.start, params) and not page.html.css_first(params.item):
        return
    for found in read_entries(page, params):
        if page.may_follow if isinstance(found, Link) else page.may_index:
            yield found
    if page.may_follow:
        yield from follow_number(page, params.start, params)
        yield from follow_next(page, params.next)
