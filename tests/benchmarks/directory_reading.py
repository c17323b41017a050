"""How the benchmark's crawlers read a page of the directory: both ways are the same for all."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pipeline.extract import find_contacts
from pipeline.records import RawRecord
from pipeline.sources import Page


def read_cards(page: Page[Any]) -> Iterator[RawRecord]:
    """Read a page by selectors, as the scraper of one site does."""
    (firm,) = page.html.css("article.company")
    company = page.text(firm, "h1")
    yield page.record(
        company=company,
        email=page.text(firm, "p > [itemprop=email]"),
        phone=page.text(firm, "[itemprop=telephone]"),
        address=page.text(firm, "[itemprop=streetAddress]"),
        city=page.text(firm, "[itemprop=addressLocality]"),
        postcode=page.text(firm, "[itemprop=postalCode]"),
    )
    for card in firm.css("div.staff-card"):
        yield page.record(
            name=page.text(card, "h3"),
            title=page.text(card, ".p-job-title"),
            company=company,
            email=page.attribute(card, ".u-email", "href").removeprefix("mailto:"),
            phone=page.text(card, ".p-tel"),
        )


READINGS: Mapping[str, Callable[[Page[Any]], Iterator[RawRecord] | list[RawRecord]]] = {
    "cards": read_cards,
    "contacts": find_contacts,
}
