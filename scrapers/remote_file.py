"""A file on the web: CSV, XLSX, JSON Lines, … read as an import reads it, packed or not."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator, Field

from pipeline.errors import UnexpectedPage
from pipeline.extract.files import check_kinds, read_records
from pipeline.extract.rules import Css
from pipeline.records import RawRecord
from pipeline.sources import Link, Page, Params, source


class RemoteFileParams(Params):
    """Where the file is, and what overrules how it would be read."""

    url: str = Field(description="The file, or a page with a link to it")
    link: Css = Field(default="", description="What the link matches, if url is a page")
    columns: Annotated[dict[str, str], AfterValidator(check_kinds)] = Field(
        default={}, description="What columns hold, by name: a field, contact, custom, ignore"
    )
    encoding: str = Field(default="", description="Its encoding, if it is told wrong")
    delimiter: str = Field(default="", max_length=4, description="What stands between its cells")
    sheet: str = Field(default="", description="Which sheet of a workbook")
    member: str = Field(default="", description="Which file of an archive")
    max_pages: int = Field(default=10, ge=1, le=1_000)
    max_bytes: int = Field(default=64 << 20, ge=1, le=1 << 30)


@source(
    slug="remote_file",
    title="File on the web",
    params=RemoteFileParams,
    start=lambda params: [params.url],
)
def remote_file(page: Page[RemoteFileParams]) -> Iterator[RawRecord | Link]:
    """Yield a record of each row, or the link to the file."""
    params = page.params
    if params.link and page.depth == 0 and page.is_html:
        found = [link for link, _ in page.links(params.link)]
        if not found:
            raise UnexpectedPage(f"{params.link!r} matches no link on this page.")
        yield found[0]
        return
    reading = params.model_dump(include={"encoding", "delimiter", "sheet", "member"})
    yield from read_records(page, reading=reading, columns=params.columns)
