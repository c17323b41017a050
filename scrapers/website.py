"""Any website: starts at one page, stays on the host, reads the contacts of every page."""

from collections.abc import Iterator
from typing import Annotated
from urllib.parse import urljoin, urlsplit

from pydantic import AfterValidator, Field

from pipeline.extract import (
    find_contacts,
    find_locations,
    is_page_url,
    is_sitemap,
    is_sitemap_url,
    rank_link,
)
from pipeline.records import RawRecord
from pipeline.sources import Link, Page, Params, source

Url = Annotated[str, AfterValidator(lambda url: url if "://" in url else f"https://{url}")]


class WebsiteParams(Params):
    """Where to start, and how far to go."""

    url: Url = Field(description="The page to start at, such as https://example.com/")
    max_pages: int = Field(default=60, ge=1, le=100_000)
    max_depth: int = Field(default=3, ge=0, le=100)


@source(
    slug="website",
    title="Website",
    params=WebsiteParams,
    start=lambda params: [params.url, urljoin(params.url, "/sitemap.xml")],
    may_miss=is_sitemap_url,
)
def website(page: Page[WebsiteParams]) -> Iterator[RawRecord | Link]:
    """Yield the contacts of a page, and its links with contact and team pages first."""
    if is_sitemap(page.response.body):
        found = [(link, "") for link in page.follow_all(find_locations(page.response.body))]
    elif page.is_html and _is_home(page, page.final_url):
        if page.may_index:
            yield from find_contacts(page)
        found = [*page.new_links()] if page.may_follow else []
        found += [(link, "") for link in page.follow_all(page.sitemaps)]
    else:
        return
    for link, text in found:
        if _is_home(page, link.url) and is_page_url(link.url):
            yield Link(link.url, rank_link(link.url, text))


def _is_home(page: Page[WebsiteParams], url: str) -> bool:
    here, home = urlsplit(url).hostname or "", urlsplit(page.params.url).hostname or ""
    return here.removeprefix("www.") == home.removeprefix("www.")
