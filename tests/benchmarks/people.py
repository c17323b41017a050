"""An invented file of leads: 12 columns, mixed countries, every tenth row a person seen before.

Each person follows from a number, so that a file of any length is written in constant memory.
"""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

COLUMNS = (
    *("Full Name", "Email", "Phone", "Company", "Job Title", "Website"),
    *("Lead Status", "Lead Source", "City", "Country", "Industry", "Employees"),
)
DUPLICATES = 0.1

_GIVEN = ("Ann", "Béla", "Chen", "Dana", "Émile", "Farid", "Greta", "Hana", "Ivo", "José", "Keiko")
_FAMILY = ("Lee", "Novák", "Wang", "Smith", "Dubois", "Haddad", "Müller", "Sato", "Horvat", "Pérez")
_WORDS = ("Harbour", "Cedar", "Granite", "Lantern", "Meadow", "Copper", "Willow", "Quarry", "Delta")
_TRADES = ("Tools", "Foods", "Works", "Textiles", "Optics", "Motors", "Paper", "Systems")
_TITLES = ("CEO", "Buyer", "Head of Sales", "Engineer", "Owner", "")
_STATUSES = ("new", "New", "contacted", "Qualified", "")
_SOURCES = ("LinkedIn", "Referral", "Website", "Facebook Ads", "Cold Outreach")
# Country, city, how a number of it is written, and its domain.
_PLACES = (
    ("United States", "Austin", "+1 512 {0:03d} {1:04d}", "com"),
    ("United Kingdom", "Leeds", "+44 113 {0:03d} {1:04d}", "co.uk"),
    ("Germany", "Kassel", "+49 561 {0:03d}{1:04d}", "de"),
    ("France", "Lyon", "+33 4 72 {0:03d} {1:03d}", "fr"),
    ("Spain", "Bilbao", "+34 944 {0:03d} {1:03d}", "es"),
)
_MASK = (1 << 64) - 1
_SHARES = 10_000


class Dice:
    """Many small draws from one number: the same number gives the same draws on any machine."""

    def __init__(self, number: int) -> None:
        mixed = (number * 0x9E3779B97F4A7C15) & _MASK
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        self._rest = mixed ^ (mixed >> 31)

    def draw(self, sides: int) -> int:
        """Give a number from 0 on and below ``sides``."""
        self._rest, drawn = divmod(self._rest, sides)
        return drawn

    def choose(self, things: Sequence[str]) -> str:
        """Give one of the things."""
        return things[self.draw(len(things))]


def write_people(path: Path, rows: int, *, seed: int = 1, flawed: float = 0.0) -> None:
    """Write a CSV file of ``rows`` records; the same arguments give the same bytes.

    ``flawed`` is the share of rows that nobody can be reached by.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(make_rows(rows, seed=seed, flawed=flawed))


def make_rows(count: int, *, seed: int = 1, flawed: float = 0.0) -> Iterator[list[str]]:
    """Give the rows of a file of people."""
    repeated, spoilt = int(DUPLICATES * _SHARES), int((DUPLICATES + flawed) * _SHARES)
    for number in range(count):
        dice = Dice(seed << 40 | number)
        share = dice.draw(_SHARES)
        if number and share < repeated:
            yield _again(dice, _person(seed, dice.draw(number)))
        elif share < spoilt:
            yield [*_person(seed, number)[:1], "not an address", "", *_person(seed, number)[3:]]
        else:
            yield _person(seed, number)


def _person(seed: int, number: int) -> list[str]:
    dice = Dice(seed << 41 | number)
    country, city, phone, domain = _PLACES[dice.draw(len(_PLACES))]
    word, trade = dice.choose(_WORDS), dice.choose(_TRADES)
    host = f"{word}-{trade}{dice.draw(5_000)}.{domain}".lower()
    more = Dice(seed << 42 | number)
    return [
        f"{dice.choose(_GIVEN)} {dice.choose(_FAMILY)}",
        f"contact.{number}@{host}",
        phone.format(200 + dice.draw(799), 100 + dice.draw(899)),
        f"{word} {trade}",
        *(more.choose(_TITLES), f"www.{host}", more.choose(_STATUSES), more.choose(_SOURCES)),
        *(city, country, trade, str(1 + more.draw(5_000))),
    ]


def _again(dice: Dice, row: list[str]) -> list[str]:
    return [row[0].upper(), row[1].upper(), *row[2:]] if dice.draw(2) else row
