"""A file's dialect is told from how it begins."""

from dataclasses import replace

import pytest

from pipeline.readers.dialect import Dialect
from pipeline.readers.sniffing import detect_dialect as detect_all
from pipeline.readers.sniffing import is_data_row

ROWS = [("Name", "Email", "City"), ("Ann", "ann@x.com", "Bonn"), ("Bob", "bob@x.com", "Rome")]


def detect_dialect(sample: str) -> Dialect:
    """Tell all of a dialect but its columns."""
    return replace(detect_all(sample), width=0, kinds=())


def _text(delimiter: str, end: str = "\n") -> str:
    return "".join(delimiter.join(row) + end for row in ROWS)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_delimiter_is_told(delimiter: str, end: str) -> None:
    assert detect_dialect(_text(delimiter, end)) == Dialect(delimiter)


def test_a_sep_line_is_believed() -> None:
    found = detect_dialect("sep=|\r\nName|Email\r\nAnn, Lee|ann@x.com\r\n")
    assert found == Dialect("|", header_row=0, separator_line=True)


def test_a_preamble_is_passed_over() -> None:
    sample = (
        "Notes:\n"
        '"When exporting your connections, some addresses, as you may notice, are missing."\n'
        "\n"
        "First Name,Last Name,URL,Email Address,Company\n"
        "Ann,Lee,https://x.com/a,,Acme\n"
        "Bob,Ray,https://x.com/b,bob@x.com,Acme\n"
    )
    assert detect_dialect(sample) == Dialect(",", header_row=2)


def test_a_title_padded_with_delimiters_is_passed_over() -> None:
    sample = "Leads of May,,,\n,,,\nName,Email,Phone,City\nAnn,ann@x.com,1,Bonn\n"
    assert detect_dialect(sample) == Dialect(",", header_row=1)


def test_commas_in_prose_do_not_beat_semicolons() -> None:
    sample = 'Name;Notes\nAnn;"one, two, three"\nBob;four, five\nEve;six, seven\n'
    assert detect_dialect(sample).delimiter == ";"


def test_decimal_commas_do_not_beat_semicolons() -> None:
    assert detect_dialect("Name;Value\nAnn;1,5\nBob;2,5\n").delimiter == ";"


def test_a_header_alone_is_a_header() -> None:
    assert detect_dialect("Name,Email,Phone") == Dialect(",")


def test_one_column_needs_no_delimiter() -> None:
    assert detect_dialect("Email\nann@x.com\nbob@x.com\n") == Dialect(",")


def test_nothing_has_a_dialect_too() -> None:
    assert detect_dialect("") == Dialect(",")


@pytest.mark.parametrize(
    "sample",
    [
        "Ann,ann@x.com\nBob,bob@x.com\n",
        "Ann;+49 30 901820\n",
        "Ann,415-555-2671\n",
        "ann@x.com\nbob@x.com\n",
    ],
)
def test_a_first_row_with_an_address_or_phone_is_no_header(sample: str) -> None:
    assert detect_dialect(sample).header_row is None


def test_blanks_before_quotes_are_noticed() -> None:
    assert detect_dialect('a, b, c\n1, "x, y", 3\n').skip_space
    assert not detect_dialect('a,b\n1,"x"\n').skip_space


def test_an_open_quote_in_the_sample_does_no_harm() -> None:
    assert detect_dialect('Name;Email\n"Ann;ann@x.com\nBob;bob@x.com\n') == Dialect(";")


def test_a_header_is_no_data() -> None:
    assert not is_data_row(["Name", "E-mail @ work", "Phone 1", "+", "2024", "Q1 2024 - Q4 2025"])
