"""An invented file of leads: 12 columns, mixed countries, every tenth row a person seen before."""

import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random

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


def write_people(path: Path, rows: int, *, seed: int = 1) -> None:
    """Write a CSV file of ``rows`` records; the same seed gives the same bytes."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(_rows(Random(seed), rows))


def _rows(rng: Random, count: int) -> Iterator[list[str]]:
    seen: list[list[str]] = []
    for number in range(count):
        if seen and rng.random() < DUPLICATES:
            yield _again(rng, rng.choice(seen))
        else:
            row = _person(rng, number)
            seen.append(row)
            yield row


def _person(rng: Random, number: int) -> list[str]:
    given, family = rng.choice(_GIVEN), rng.choice(_FAMILY)
    word, trade = rng.choice(_WORDS), rng.choice(_TRADES)
    country, city, phone, domain = rng.choice(_PLACES)
    host = f"{word}-{trade}{rng.randrange(5_000)}.{domain}".lower()
    return [
        *(f"{given} {family}", f"contact.{number}@{host}"),
        phone.format(rng.randrange(200, 999), rng.randrange(100, 999)),
        *(f"{word} {trade}", rng.choice(_TITLES), f"www.{host}", rng.choice(_STATUSES)),
        *(rng.choice(_SOURCES), city, country, trade, str(rng.randrange(1, 5_000))),
    ]


def _again(rng: Random, row: list[str]) -> list[str]:
    changed = [row[0].upper(), row[1].upper(), *row[2:]]
    return changed if rng.random() < 0.5 else list(row)
