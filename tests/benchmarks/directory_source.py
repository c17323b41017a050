"""The benchmark's company directory as a source of ours, found like anyone's: by an entry point."""

from collections.abc import Iterable

from pipeline.records import RawRecord
from pipeline.sources import Link, Page, Params, source

SLUG = "bench_directory"


class DirectoryParams(Params):
    """Where the directory stands."""

    url: str


@source(
    slug=SLUG,
    title="Benchmark directory",
    homepage="https://example.com/",
    params=DirectoryParams,
    start=lambda params: [params.url],
)
def directory(page: Page[DirectoryParams]) -> Iterable[RawRecord | Link]:
    """Read one page as the peer does: one record per company, and every link."""
    for card in page.html.css("article.company"):
        yield page.record(
            name=page.text(card, ".person"),
            company=page.text(card, "h1"),
            email=page.attribute(card, ".mail", "href").removeprefix("mailto:"),
            phone=page.attribute(card, ".tel", "href").removeprefix("tel:"),
            website=page.href(card, ".site"),
        )
    for link, _ in page.links("li a"):
        yield link
