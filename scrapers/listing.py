"""A directory described by data: where it starts, what an entry is, what its parts are."""

from collections.abc import Iterator
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator

from pipeline.records import FIELDS, RawRecord
from pipeline.sources import Link, Node, Page, Params, check_css, source

Css = Annotated[str, AfterValidator(check_css)]


class ListingParams(Params):
    """How to read the directory. A field's rule is a CSS selector, ``@attribute`` at its end."""

    start: list[str] = Field(min_length=1, description="The directory's first pages")
    item: Css = Field(description="What each entry matches, such as li.company")
    fields: dict[str, str] = Field(min_length=1, description="For each field its selector")
    next: Css = Field(default="", description="What the links to further pages match")

    @model_validator(mode="after")
    def _check_fields(self) -> Self:
        for name, rule in self.fields.items():
            if name not in FIELDS:
                raise ValueError(f"there is no field {name!r}; known are {', '.join(FIELDS)}")
            check_css(rule.partition("@")[0])
        return self


@source(
    slug="listing",
    title="Directory",
    params=ListingParams,
    start=lambda params: params.start,
)
def listing(page: Page[ListingParams]) -> Iterator[RawRecord | Link]:
    """Yield a record of each entry, and the links to further pages."""
    for item in page.require(page.params.item):
        values = {name: _read(page, item, rule) for name, rule in page.params.fields.items()}
        emails, phones = values.pop("email", []), values.pop("phone", [])
        single = {name: found[0] for name, found in values.items() if found}
        yield page.record(single, emails=emails, phones=phones)
    for link, _ in page.links(page.params.next) if page.params.next else ():
        if urlsplit(link.url).hostname == page.host:
            yield link


def _read(page: Page[ListingParams], item: Node, rule: str) -> list[str]:
    css, _, attribute = rule.partition("@")
    return page.values(item, css, attribute)
