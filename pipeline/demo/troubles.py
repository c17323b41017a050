"""What goes wrong with single rows of the sample file, and in which ways rows come twice."""

from collections.abc import Callable
from random import Random

from pipeline.demo.mess import (
    PLACEHOLDER_EMAILS,
    PLACEHOLDER_PHONES,
    break_email,
    damage_phone,
    spell_phone,
    spoil_email,
    spoil_name,
)
from pipeline.demo.people import Person
from pipeline.demo.rows import HEADERS, Row

Trouble = Callable[[Random, Row, Person], None]
Repeat = Callable[[Random, Row, Person], Row]


def only_a_phone(_: Random, row: Row, __: Person) -> None:
    """Leave the phone as the one way to reach the person."""
    row["E-Mail"] = ""


def only_an_email(_: Random, row: Row, __: Person) -> None:
    """Leave the e-mail as the one way to reach the person."""
    row["Phone Number"] = row["Mobil"] = ""


def broken_email(rng: Random, row: Row, person: Person) -> None:
    """Break the address; the phone still works."""
    row["E-Mail"] = break_email(rng, person.email)


def broken_email_and_no_phone(rng: Random, row: Row, person: Person) -> None:
    """Break the address where nothing else leads to the person."""
    broken_email(rng, row, person)
    row["Phone Number"] = row["Mobil"] = ""


def placeholder_email(rng: Random, row: Row, _: Person) -> None:
    """Fill a mandatory field as people do who were made to fill it."""
    row["E-Mail"] = rng.choice(PLACEHOLDER_EMAILS)


def placeholders_only(rng: Random, row: Row, person: Person) -> None:
    """Fill both ways to reach the person with nothing."""
    placeholder_email(rng, row, person)
    row["Phone Number"], row["Mobil"] = rng.choice(PLACEHOLDER_PHONES[:5]), ""


def damaged_phone(rng: Random, row: Row, person: Person) -> None:
    """Let a spreadsheet have its way with the number."""
    row["Phone Number"] = damage_phone(rng, person.phone, person)


def no_contact(_: Random, row: Row, __: Person) -> None:
    """Forget e-mail and phones."""
    row["E-Mail"] = row["Phone Number"] = row["Mobil"] = ""


def company_without_person(_: Random, row: Row, person: Person) -> None:
    """Know the firm's mailbox, but nobody in it."""
    row["Vorname"] = row["Last Name"] = row["Job Title"] = ""
    row["E-Mail"] = f"info@{person.company.domain}"
    row["Phone Number"], row["Mobil"] = person.company.switchboard, ""


def nameless(_: Random, row: Row, __: Person) -> None:
    """Know an address, but neither whose nor which firm's."""
    row["Vorname"] = row["Last Name"] = row["Company Name"] = ""


def whole_name_in_one_cell(rng: Random, row: Row, person: Person) -> None:
    """Write given name and surname into one cell, in either order."""
    row["Vorname"] = rng.choice((person.name, f"{person.surname}, {person.given_name}"))
    row["Last Name"] = ""


def nothing(_: Random, row: Row, __: Person) -> None:
    """Leave an id among empty cells behind, as a deleted contact does."""
    row.update(dict.fromkeys(HEADERS[1:], ""))


def header_again(_: Random, row: Row, __: Person) -> None:
    """Paste a second list below the first one, header and all."""
    row.update({header: header for header in HEADERS})


def same_row(_: Random, row: Row, __: Person) -> Row:
    """Repeat every cell."""
    return dict(row)


def other_spelling(rng: Random, row: Row, person: Person) -> Row:
    """Tell the same in another spelling."""
    return row | {
        "Record ID": str(rng.randrange(10**9, 10**10)),
        "Vorname": spoil_name(rng, row["Vorname"]),
        "E-Mail": spoil_email(rng, person.email),
        "Phone Number": spell_phone(rng, person.phone, person),
    }


def phone_and_name(rng: Random, row: Row, person: Person) -> Row:
    """Meet the person again without asking for the e-mail."""
    return row | {
        "Record ID": str(rng.randrange(10**9, 10**10)),
        "Vorname": person.given_name,
        "Last Name": person.surname,
        "E-Mail": "",
        "Phone Number": spell_phone(rng, person.phone, person),
    }


def later_news(rng: Random, row: Row, person: Person) -> Row:
    """Learn more about the person than the first row told."""
    return row | {
        "Record ID": str(rng.randrange(10**9, 10**10)),
        "E-Mail": person.email,
        "Phone Number": spell_phone(rng, person.phone, person),
        "Mobil": spell_phone(rng, person.mobile, person),
        "Job Title": rng.choice(person.country.titles),
        "Website URL": f"https://{person.company.domain}/",
        "Lead Status": "Contacted",
    }


TROUBLES: tuple[tuple[Trouble, int], ...] = (
    (only_a_phone, 110),
    (only_an_email, 90),
    (damaged_phone, 80),
    (broken_email, 30),
    (whole_name_in_one_cell, 40),
    (company_without_person, 30),
    (no_contact, 28),
    (broken_email_and_no_phone, 24),
    (placeholder_email, 20),
    (placeholders_only, 16),
    (nameless, 12),
    (nothing, 6),
    (header_again, 1),
)
"""What happens to how many rows; no row has two of these."""

REPEATS: tuple[Repeat, ...] = (other_spelling, later_news, phone_and_name, other_spelling, same_row)
"""The ways in which rows come again, in turn."""
