"""The benchmark's directory as a source of ours, found like anyone's: by an entry point."""

from collections.abc import Iterable, Sequence

from pydantic import Field

from pipeline.records import RawRecord
from pipeline.sources import Link, Page, Params, source
from tests.benchmarks.directory_pages import page_path
from tests.benchmarks.directory_reading import READINGS

SLUG = "bench_directory"


class DirectoryParams(Params):
    """Where the directory stands, how it is read, whether links lead on or pages are listed."""

    origins: list[str] = Field(min_length=1)
    reading: str
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
    """Read one page as the peer does: what it shows, and its links to the same host."""
    yield from READINGS[page.params.reading](page)
    if page.params.follow:
        home = page.params.origins[0] + "/"
        for link, _ in page.new_links():
            if link.url.startswith(home):
                yield link
