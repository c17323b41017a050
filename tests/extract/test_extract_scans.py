"""Addresses and numbers in plain text, whatever stands around them."""

import pytest

from pipeline.extract.email_scan import scan_emails
from pipeline.extract.phone_scan import Dialled, find_runs, find_vanity, phone_point_key, read_run

EMAILS = {
    "write to ann.lee@firm.example.": ["ann.lee@firm.example"],
    "<ann@firm.example>, (bo@firm.example); cy@firm.co.uk": [
        "ann@firm.example",
        "bo@firm.example",
        "cy@firm.co.uk",
    ],
    "a+tag_x-y@sub.firm.example/path": ["a+tag_x-y@sub.firm.example"],
    "jürgen@müller.example": ["jürgen@müller.example"],
    "o'neil@firm.example": ["o'neil@firm.example"],
    "mailto:ann@firm.example?subject=x": ["ann@firm.example"],
    "INFO@FIRM.EXAMPLE": ["INFO@FIRM.EXAMPLE"],
    "Email:info@firm.comPhone": ["info@firm.com"],
    "info@firm.comtel: 12": ["info@firm.com"],
    "info@firm.com020 7946": ["info@firm.com"],
    "邮箱ann@firm.example电话": ["ann@firm.example"],
    "иван@почта.рф": ["иван@почта.рф"],
    "E-mail: info @ firm.example": ["info@firm.example"],
    "lunch at noon @ firm.example": [],
    "icon@2x.png @home ann@ @firm.example ann@firm a@b..example a@-b.example a@b.7": [],
    "..@firm.example a..b@firm.example": [],
    "ann@@firm.example": [],
}


@pytest.mark.parametrize("text", EMAILS)
def test_addresses_are_found_in_text(text: str) -> None:
    assert [found.value for found in scan_emails(text)] == EMAILS[text]


def test_letters_of_the_element_before_or_behind_belong_to_no_address() -> None:
    text = "Mailann@firm.exampleCall us"

    assert [one.value for one in scan_emails(text, [0, 4, 20])] == ["ann@firm.example"]


def _read(text: str, region: str, before: str = "") -> list[Dialled]:
    runs = [one for run in find_runs(text) for one in read_run(text, run, [region], before)]
    return [*runs, *find_vanity(text)]


PHONES = [
    ("Call (206) 555-0100 now", "US", ["(206) 555-0100"]),
    ("206.555.0100 / 206.555.0101", "US", ["206.555.0100", "206.555.0101"]),
    ("(206) 555-0100(206) 555-0101", "US", ["(206) 555-0100", "(206) 555-0101"]),
    ("206-555-0100206-555-0101", "US", ["206-555-0100", "206-555-0101"]),
    ("206-555-0100 or 206-555-0101", "US", ["206-555-0100", "206-555-0101"]),
    ("Phone206-555-0100Hours", "US", ["206-555-0100"]),
    ("206-555-0100 x123, ext. 7", "US", ["206-555-0100 x123"]),
    ("1-800-FLOWERS or 1.800.356.9377", "US", ["1.800.356.9377", "1-800-FLOWERS"]),
    ("+49 89 99998-458", "US", ["+49 89 99998-458"]),
    ("(+49-89) 99998 458", "US", ["(+49-89) 99998 458"]),
    ("+44 (0)20 7946 0100", "US", ["+44 (0)20 7946 0100"]),
    ("0044 20 7946 0100", "DE", ["0044 20 7946 0100"]),
    ("089 99998 458", "DE", ["089 99998 458"]),
    ("089 99998 458", "US", []),
    ("Tel. 089 99998 458", "US", ["089 99998 458"]),
    ("Tel: 968 24590577", "US", ["968 24590577"]),
    ("01 23 45 67 89", "FR", ["01 23 45 67 89"]),
    ("044-2270 6800 / 6868", "IN", ["044-2270 6800"]),
    ("2026-11-22 10:30, 1 2 3 4 5 6 7 8 9 10 11, 1,234,567", "US", []),
    ("8.30 - 17.30, 2010-2015, 24/12/2026 12", "GB", []),
    ("ISBN 978-3-16-148410-0", "US", []),
    ("VAT GB 123456789, Company No. 01234567, KS 67206-2504", "GB", []),
    ("Order 5551234567, $ 2065550100, 2065550100 EUR", "US", []),
    ("IBAN DE89 3704 0044 0532 0130 00", "DE", []),
    ("192.168.100.200 and 47.6097 -122.3331", "US", []),
]


@pytest.mark.parametrize(("text", "region", "found"), PHONES)
def test_numbers_are_found_in_text(text: str, region: str, found: list[str]) -> None:
    assert [one.value for one in _read(text, region)] == found


FAXES = [
    ("F: 206-555-0100", ["206-555-0100"]),
    ("F +1 206 555 0100", ["+1 206 555 0100"]),
    ("Fax number 206-555-0100", ["206-555-0100"]),
    ("Tel 206-555-0100 Fax: 206-555-0101", ["206-555-0101"]),
    ("206-555-0100 (fax)", ["206-555-0100"]),
    ("Tel/Fax: 206-555-0100", []),
]


@pytest.mark.parametrize(("text", "faxes"), FAXES)
def test_fax_numbers_are_told_from_phones(text: str, faxes: list[str]) -> None:
    assert [one.value for one in _read(text, "US") if one.is_fax] == faxes


def test_the_line_before_announces_a_number_too() -> None:
    assert [one.value for one in _read("999 0000 111", "GB", "Phone:")] == ["999 0000 111"]
    assert [one.is_fax for one in _read("206-555-0100", "US", "Fax")] == [True]


@pytest.mark.parametrize(
    "spelling", ["+1 206 555 0100", "(206) 555-0100", "206.555.0100", "1-206-555-0100"]
)
def test_a_number_is_the_same_however_it_is_spelled(spelling: str) -> None:
    assert phone_point_key(spelling, "US") == "+12065550100"
