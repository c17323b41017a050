"""The demonstration's invented people: the same ones for the sample file and the sample site.

All addresses end in domains reserved for examples, or are plainly no one's.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from pipeline.demo.countries import COUNTRIES, Country

IN_FILE = 1_500
"""So many people, from the first on, occur in the sample file; the rest only on the site."""

NEWCOMERS = 60
COMPANIES_PER_WEIGHT = 6
RESERVED_DOMAINS = ("example.com", "example.net", "example.org")
GERMANIC = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class Company:
    """An invented firm with the one telephone number everyone in it shares."""

    name: str
    domain: str
    country: Country
    town: str
    postcode: str
    street: str
    switchboard: str


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person. The phones are in national format."""

    given_name: str
    surname: str
    email: str
    phone: str
    mobile: str
    title: str
    company: Company

    @property
    def name(self) -> str:
        """Given name and surname."""
        return f"{self.given_name} {self.surname}"

    @property
    def country(self) -> Country:
        """The country of the person's company."""
        return self.company.country


@cache
def sample_people() -> tuple[Person, ...]:
    """Give everyone in the demonstration, always the same people in the same order."""
    rng = Random("harbour")  # noqa: S311 - a sample must repeat, not surprise
    companies = list(_invent_companies(rng))
    people, addresses = [], set[str]()
    for number in range(IN_FILE + NEWCOMERS):
        person = _invent_person(rng, rng.choice(companies), number)
        if person.email in addresses:
            local, domain = person.email.split("@")
            person = replace(person, email=f"{local}{number}@{domain}")
        addresses.add(person.email)
        people.append(person)
    return tuple(people)


def write_internationally(phone: str, country: Country) -> str:
    """Give a national number its calling code, in the way it stands on a business card."""
    bare = phone.replace("(", "").replace(")", "").removeprefix(country.trunk)
    return f"+{country.calling_code} {bare}"


def make_slug(text: str) -> str:
    """Reduce a name to what can stand in a domain or an address."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(GERMANIC))
    letters = (c if c.isascii() and c.isalnum() else "-" for c in plain if c.isascii())
    return "-".join(part for part in "".join(letters).split("-") if part)


def _invent_companies(rng: Random) -> Iterator[Company]:
    for country in COUNTRIES:
        for _ in range(country.weight * COMPANIES_PER_WEIGHT):
            stem = f"{rng.choice(country.surnames)} {rng.choice(country.trades)}"
            town, postcode = rng.choice(country.towns)
            yield Company(
                name=f"{stem} {rng.choice(country.legal_forms)}",
                domain=f"{make_slug(stem)}.{rng.choice(RESERVED_DOMAINS)}",
                country=country,
                town=town,
                postcode=postcode,
                street=country.street.format(rng.randint(1, 120)),
                switchboard=_fill(rng, rng.choice(country.landlines)),
            )


def _invent_person(rng: Random, company: Company, number: int) -> Person:
    country = company.country
    given, surname = rng.choice(country.given_names), rng.choice(country.surnames)
    local = f"{make_slug(given)}.{make_slug(surname).replace('-', '')}"
    private = rng.random() < 0.15  # noqa: PLR2004 - about one in seven writes from home
    shares_phone = rng.random() < 0.1  # noqa: PLR2004 - one in ten has no direct line
    return Person(
        given_name=given,
        surname=surname,
        email=f"sample.{local}.{number}@gmail.com" if private else f"{local}@{company.domain}",
        phone=company.switchboard if shares_phone else _fill(rng, rng.choice(country.landlines)),
        mobile=_fill(rng, rng.choice(country.mobiles)),
        title=rng.choice(country.titles),
        company=company,
    )


def _fill(rng: Random, pattern: str) -> str:
    return "".join(str(rng.randrange(10)) if mark == "#" else mark for mark in pattern)
