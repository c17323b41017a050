"""A feed (RSS, Atom): who writes it, what its entries show, and the pages behind them."""

from collections.abc import Iterator

from pydantic import Field

from pipeline.errors import UnexpectedPage
from pipeline.extract import find_contacts
from pipeline.extract.feeds import find_in_entry, is_feed, read_feed
from pipeline.extract.paging import NEXT, is_same_site
from pipeline.records import RawRecord
from pipeline.sources import Link, Page, Params, source

LINKED = 'link[rel~="alternate"][type$="rss+xml"], link[rel~="alternate"][type$="atom+xml"]'


class FeedParams(Params):
    """Where the feed is, and whether the pages of its entries are read as well."""

    url: str = Field(description="The feed, or a page that names it")
    follow: bool = Field(default=False, description="Read the pages of the entries for contacts")
    max_pages: int = Field(default=200, ge=1, le=100_000)


@source(slug="feed", title="Feed", params=FeedParams, start=lambda params: [params.url])
def feed(page: Page[FeedParams]) -> Iterator[RawRecord | Link]:
    """Yield the authors that can be written to, contacts in the text, and links to follow."""
    if is_feed(page.response.body):
        yield from _read_feed(page)
    elif page.depth > 0 and page.is_html:
        yield from find_contacts(page) if page.may_index else ()
    elif page.depth == 0:
        found = [link for link, _ in page.links(LINKED)]
        if not found:
            raise UnexpectedPage("This page is no feed, and names none.")
        yield found[0]


def _read_feed(page: Page[FeedParams]) -> Iterator[RawRecord | Link]:
    read = read_feed(page)
    for author in read.all_authors():
        yield page.record(
            name=author.name, email=author.email, company=read.title, website=author.website
        )
    for entry in read.entries:
        yield from find_in_entry(page, entry)
        for link in page.follow_all([entry.link] if entry.link and page.params.follow else []):
            if is_same_site(page, link):
                yield link
    yield from page.follow_all(filter(None, [read.next]), priority=NEXT)
