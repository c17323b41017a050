"""The sample file must repeat to the byte and hold every kind of mess it is there to show."""

import csv
import io
import re
from collections import Counter
from pathlib import Path

import phonenumbers
import pytest
from email_validator import EmailNotValidError, validate_email

from pipeline.demo.people import sample_people, write_internationally
from pipeline.demo.sample_file import DELIMITER, ENCODING, make_sample_file, write_sample_file

Row = dict[str, str]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    text = make_sample_file().decode(ENCODING)
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=DELIMITER, strict=True))


def is_email(value: str) -> bool:
    try:
        validate_email(value, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def is_reachable(row: Row) -> bool:
    return any(row[column].strip() for column in ("E-Mail", "Phone Number", "Mobil"))


def test_the_file_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    write_sample_file(tmp_path / "first.csv")
    write_sample_file(tmp_path / "second.csv")
    assert (tmp_path / "first.csv").read_bytes() == (tmp_path / "second.csv").read_bytes()


def test_the_file_has_two_thousand_rows_of_equal_width(rows: list[Row]) -> None:
    assert len(rows) == 2_000
    assert all(None not in row and None not in row.values() for row in rows)


def test_the_file_is_windows_1252_and_neither_utf_8_nor_latin_1() -> None:
    data = make_sample_file()
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")
    assert re.search("[\x80-\x9f]", data.decode("latin-1"))
    assert "€" in data.decode("cp1252")


def test_cells_hold_line_breaks_delimiters_quotes_and_formulas(rows: list[Row]) -> None:
    notes = "".join(row["Notes"] for row in rows)
    assert all(mark in notes for mark in ("\n", DELIMITER, '"', "=SUM("))


def test_the_people_live_in_eight_countries_spelt_in_many_ways(rows: list[Row]) -> None:
    assert len({person.country.code for person in sample_people()}) == 8
    assert len({row["Country/Region"] for row in rows}) > 16
    assert any(not row["Country/Region"] and is_reachable(row) for row in rows)


def test_every_phone_as_invented_is_valid_in_its_country() -> None:
    for person in sample_people():
        for phone in (person.phone, person.mobile):
            local = phonenumbers.parse(phone, person.country.code)
            abroad = phonenumbers.parse(write_internationally(phone, person.country))
            assert phonenumbers.is_valid_number_for_region(local, person.country.code), phone
            assert local == abroad


def test_every_email_as_invented_is_valid_and_its_own() -> None:
    emails = [person.email for person in sample_people()]
    assert len(set(emails)) == len(emails)
    assert all(is_email(email) for email in emails)


def test_no_address_could_be_anyones() -> None:
    for person in sample_people():
        local, domain = person.email.split("@")
        reserved = domain.endswith((".example.com", ".example.net", ".example.org"))
        assert reserved or (domain == "gmail.com" and local.startswith("sample."))


def test_most_emails_are_fine_but_not_all(rows: list[Row]) -> None:
    given = [row["E-Mail"] for row in rows if row["E-Mail"]]
    assert 0.75 < sum(map(is_email, given)) / len(given) < 0.99


@pytest.mark.parametrize(
    ("column", "pattern"),
    [
        ("E-Mail", r"^mailto:"),
        ("E-Mail", r" $"),
        ("E-Mail", r"^[^a-z]+@[^a-z]+$"),
        ("E-Mail", r"\+newsletter@"),
        ("E-Mail", r"^sample\w+@gmail\.com$"),
        ("E-Mail", r"@@"),
        ("E-Mail", r"^(n/a|none|keine|-)$"),
        ("E-Mail", r"^test@example\.com$"),
        ("E-Mail", r"^info@"),
        ("Phone Number", r"^\+\d+ "),
        ("Phone Number", r"^0[1-9]"),
        ("Phone Number", r"^00[1-9]"),
        ("Phone Number", r"\(0\)"),
        ("Phone Number", r"(ext\.?|x) \d+$"),
        ("Phone Number", r"^\d,\d+E\+\d+$"),
        ("Phone Number", r"^\d+\.0$"),
        ("Phone Number", r"^[1-9]\d+$"),
        ("Phone Number", r"^'"),
        ("Phone Number", r" / "),
        ("Vorname", r"^\w+, \w+"),
        ("Vorname", r"^\s"),
        ("Lead Status", r"^(?i:qualified|contacted|new)$"),
        ("Lead Status", r"^(lost\?|in progress)$"),
    ],
)
def test_this_kind_of_mess_occurs(rows: list[Row], column: str, pattern: str) -> None:
    assert any(re.search(pattern, row[column]) for row in rows)


def test_some_rows_have_only_a_phone_and_some_nothing_to_reach_anyone_by(rows: list[Row]) -> None:
    phone_only = [row for row in rows if row["Phone Number"] and not row["E-Mail"]]
    named_only = [row for row in rows if row["Last Name"] and not is_reachable(row)]
    empty = [row for row in rows if not any(list(row.values())[1:])]
    headers = [row for row in rows if row["E-Mail"] == "E-Mail"]
    assert len(phone_only) > 50
    assert len(named_only) > 10
    assert empty
    assert len(headers) == 1


def test_some_people_stand_there_twice_exactly_and_in_other_spellings(rows: list[Row]) -> None:
    exact = Counter(tuple(row.values()) for row in rows)
    emails = Counter(row["E-Mail"].strip().lower() for row in rows if is_email(row["E-Mail"]))
    spelt = {row["E-Mail"] for row in rows}
    assert max(exact.values()) > 1
    assert sum(count > 1 for count in emails.values()) > 100
    assert any(email.lower() in spelt for email in spelt if email != email.lower())
