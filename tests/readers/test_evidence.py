"""What a column holds is weighed against its header, and speaks where there is none."""

import pytest

from pipeline.readers.guessing import guess_mapping
from pipeline.readers.mapping import Mapping

NAMES = ["Ann Lee", "Bob Ray", "Cid Fox", "Dan Orr", "Eve Moss", "Fay Dunn"]
EMAILS = [f"{name.lower().replace(' ', '.')}@acme-tools.com" for name in NAMES]
PHONES = [f"+1 415 555 26{n}" for n in range(71, 77)]
COMPANIES = ["Acme Ltd", "Bolt GmbH", "Cog Inc", "Dyn LLC", "Eon AG", "Fix S.A."]
GIVEN, SURNAMES = ([name.split()[part] for name in NAMES] for part in (0, 1))
NUMBERS = [str(n) for n in range(1, 7)]
OFTEN = 6


def guess(header: str, *columns: list[str]) -> Mapping:
    return guess_mapping(header.split(","), [list(row) for row in zip(*columns, strict=True)])


def kinds(header: str, *columns: list[str]) -> str:
    return ",".join(guess(header, *columns).kinds)


@pytest.mark.parametrize(
    ("header", "columns", "expected"),
    [
        ("Name,Phone,Mail", (NAMES, EMAILS, PHONES), "name,email,phone"),
        ("Name,Email,Phone", (EMAILS, NAMES, PHONES), "email,name,phone"),
        ("Email,Phone", (NAMES, EMAILS), "name,email"),
        ("Name,Email", (COMPANIES, EMAILS), "company,email"),
        ("Name,Company,Email", (COMPANIES, NAMES, EMAILS), "company,name,email"),
        ("Website,Name", (EMAILS, NAMES), "email,name"),
        ("Email,Country", (["Italy"] * OFTEN, EMAILS), "country,email"),
    ],
)
def test_a_header_that_cannot_be_true_gives_way(
    header: str, columns: tuple[list[str], ...], expected: str
) -> None:
    assert kinds(header, *columns) == expected


def test_a_header_that_could_be_true_stands() -> None:
    half = [*EMAILS[:3], *PHONES[3:]]
    assert kinds("Name,Phone", NAMES, ["unknown"] * OFTEN) == "name,phone"
    assert kinds("Name,Email", COMPANIES[:2] + NAMES[2:], EMAILS) == "name,email"
    assert kinds("Company,Email", NAMES, EMAILS) == "company,email"
    assert kinds("Fax,Owner,Email", PHONES, ["boss@acme-tools.com"] * OFTEN, EMAILS) == ",,email"
    assert kinds("Assigned to,Name", EMAILS, NAMES) == ",name"
    assert kinds("Name,Phone", NAMES, half) == "name,contact"


def test_doubt_shows_as_less_confidence() -> None:
    sure = guess("Name,Phone", NAMES, PHONES).confidence
    doubtful = guess("Name,Phone", NAMES, ["unknown"] * OFTEN).confidence
    told = guess("Name,Wohin", NAMES, EMAILS).confidence
    assert sure == [0.95, 1.0]
    assert doubtful == [0.95, 0.5]
    assert told == [0.95, 0.6]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ((NUMBERS, NAMES, EMAILS, PHONES), ",name,email,phone"),
        ((GIVEN, SURNAMES, EMAILS), "given_name,surname,email"),
        ((COMPANIES, NAMES, PHONES), "company,name,phone"),
        ((NAMES, ["Sales Manager", "CEO"] * 3, EMAILS), "name,title,email"),
        ((["Germany", "France"] * 3, NAMES, EMAILS), "country,name,email"),
        ((EMAILS, [f"https://acme{n}.com" for n in range(OFTEN)]), "email,website"),
        ((["2024-05-01"] * OFTEN, EMAILS), ",email"),
    ],
)
def test_without_a_header_the_values_speak(columns: tuple[list[str], ...], expected: str) -> None:
    header = ",".join(f"column_{place}" for place in range(1, len(columns) + 1))
    assert kinds(header, *columns) == expected


def test_a_header_that_is_one_short_is_set_right() -> None:
    mapping = guess("Company,Name,Email", NUMBERS, COMPANIES, NAMES, EMAILS)
    assert mapping.header == ["column_1", "Company", "Name", "Email"]
    assert mapping.kinds == ["", "company", "name", "email"]


def test_columns_beyond_the_header_are_told_by_what_they_hold() -> None:
    mapping = guess("Name,Team", NAMES, ["A", "B"] * 3, EMAILS)
    assert mapping.header == ["Name", "Team", "column_3"]
    assert mapping.kinds == ["name", "", "email"]


def test_words_for_a_whole_name_or_a_part_are_told_by_the_values() -> None:
    assert kinds("Name,Surname", GIVEN, SURNAMES) == "given_name,surname"
    assert kinds("Name,Surname", NAMES, SURNAMES) == "name,surname"
    assert kinds("Name,First name", SURNAMES, GIVEN) == "surname,given_name"
    assert kinds("Nom,Prénom", NAMES, GIVEN) == "name,given_name"


def test_a_state_may_be_a_status_and_a_title_a_form_of_address() -> None:
    assert kinds("Email,Estado", EMAILS, ["Nuevo"] * OFTEN) == "email,status"
    assert kinds("Email,Estado", EMAILS, ["Jalisco"] * OFTEN) == "email,region"
    assert kinds("Title,Name", ["Mr", "Ms"] * 3, NAMES) == ",name"
    assert kinds("Title,Name", ["CEO", "Chef"] * 3, NAMES) == "title,name"


def test_a_blank_column_leaves_its_field_to_another_one() -> None:
    blank = [""] * OFTEN
    streets = ["1 Main St"] * OFTEN
    assert kinds("Business Street,Home Street", blank, streets) == ",address"
    assert kinds("Business Street,Home Street", streets, streets) == "address,"


def test_whoever_is_in_every_row_is_not_the_lead() -> None:
    assert kinds("Name,Wohin", NAMES, ["boss@acme-tools.com"] * OFTEN) == "name,"
