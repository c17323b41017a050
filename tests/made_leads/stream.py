"""The stream of leads: new ones, and ones that came before, in an order like that of a year."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.made_leads.companies import company
from tests.made_leads.dice import Dice
from tests.made_leads.people import person
from tests.made_leads.sources import write_company, write_person

COLUMNS = (
    *("name", "email", "phone", "company", "title", "website"),
    *("address", "city", "postcode", "country"),
)
"""The fields that made leads may have, by the names that matching knows."""

_BUSINESSES = 0.12
_FAVOURITES = 0.01


@dataclass(frozen=True, slots=True)
class LabelledLead:
    """A record's values by field, empty ones left out, and whom it speaks of."""

    values: Mapping[str, str]
    cluster: str


def make_leads(
    count: int, seed: int = 1, *, duplicates: float | None = None, start: int = 0
) -> Iterator[LabelledLead]:
    """Give ``count`` leads; the same arguments give the same ones.

    ``duplicates`` is the share of records about somebody who may have come before; where it is
    not given, the seed decides. ``start`` skips so many records without a gap in the truth.
    """
    share = 0.1 + 0.6 * Dice(seed, 6).share() if duplicates is None else duplicates
    for number in range(start, start + count):
        dice = Dice(seed, 7, number)
        about = number
        if number and dice.chance(share):
            # A few come with every list that is bought.
            favourite = dice.chance(_FAVOURITES)
            about = dice.draw(1 + number // 1_000) if favourite else dice.draw(number)
        yield _record(seed, about, dice)


def write_leads(
    path: Path,
    count: int,
    seed: int = 1,
    *,
    duplicates: float | None = None,
    start: int = 0,
    labelled: bool = True,
) -> None:
    """Write leads as a CSV file with :data:`COLUMNS`, behind ``id`` and ``cluster`` if labelled."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow((*(("id", "cluster") if labelled else ()), *COLUMNS))
        leads = make_leads(count, seed, duplicates=duplicates, start=start)
        for number, lead in enumerate(leads, start):
            cells = [lead.values.get(column, "") for column in COLUMNS]
            writer.writerow([number, lead.cluster, *cells] if labelled else cells)


def _record(seed: int, about: int, dice: Dice) -> LabelledLead:
    nature = Dice(seed, 8, about)
    if nature.chance(_BUSINESSES):
        firm = company(seed, nature.draw(1 + about * 3 // 10))
        branch = nature.draw(len(firm.offices))
        return LabelledLead(write_company(firm, branch, dice), f"b{firm.number}-{branch}")
    return LabelledLead(write_person(person(seed, about), dice), f"p{about}")
