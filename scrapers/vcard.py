"""vCards on the web: one file of them, or all that a page links to."""

from collections.abc import Iterator

from pydantic import Field

from pipeline.errors import UnexpectedPage
from pipeline.extract.files import is_card_file, read_records
from pipeline.extract.paging import follow_next
from pipeline.extract.rules import Css
from pipeline.records import RawRecord
from pipeline.sources import Link, Page, Params, source

LINKED = 'a[href*=".vcf" i], a[href*="vcard" i], a[type*="vcard" i]'


class VcardParams(Params):
    """Where the cards are."""

    url: str = Field(description="A file of vCards, or a page with links to such")
    links: Css = Field(default=LINKED, description="What the links to cards match")
    next: Css = Field(default="", description="What the links to further pages match")
    max_pages: int = Field(default=1_000, ge=1, le=100_000)


@source(slug="vcard", title="vCards", params=VcardParams, start=lambda params: [params.url])
def vcard(page: Page[VcardParams]) -> Iterator[RawRecord | Link]:
    """Yield a record of each card, or the links to cards."""
    if is_card_file(page):
        yield from read_records(page)
        return
    cards = [link for link, _ in page.links(page.params.links)] if page.is_html else []
    if not cards and page.depth == 0:
        raise UnexpectedPage("This page holds no vCard, and no link to one.")
    yield from cards
    yield from follow_next(page, page.params.next)
