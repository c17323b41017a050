"""The benchmark's directory as a source of ours, found like anyone's: by an entry point."""

from collections.abc import Iterable, Sequence

from pydantic import Field

from pipeline.extract import find_contacts
from pipeline.records import RawRecord
from pipeline.sources import Link, Page, Params, source
from tests.benchmarks.directory_pages import page_path

SLUG = "bench_directory"


class DirectoryParams(Params):
    """Where the directory stands, and whether its links lead on or its pages are listed."""

    origins: list[str] = Field(min_length=1)
    follow: bool = True
    listed: int = 0


def list_urls(origins: Sequence[str], pages: int) -> list[str]:
    """Give the addresses of the first pages on each host, of all hosts in turn."""
    return [f"{origin}{page_path(number)}" for number in range(pages) for origin in origins]


@source(
    slug=SLUG,
    title="Benchmark directory",
    homepage="https://directory.example/",
    params=DirectoryParams,
    start=lambda params: list_urls(params.origins, params.listed or 1),
)
def directory(page: Page[DirectoryParams]) -> Iterable[RawRecord | Link]:
    """Read one page as the peer does: its contacts, and its links to the same host."""
    yield from find_contacts(page)
    if page.params.follow:
        home = page.params.origins[0] + "/"
        for link, _ in page.new_links():
            if link.url.startswith(home):
                yield link
