"""Addresses and numbers in plain text; and that no page can make the engine slow."""

import time
from collections.abc import Callable

import pytest
from selectolax.lexbor import LexborHTMLParser

from pipeline.extract.contacts import read_page
from pipeline.extract.markup.json_text import parse_tolerantly
from pipeline.extract.scan import find_digit_runs, read_phones, scan_emails

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
    "ann@firm.examplePhone": ["ann@firm.examplePhone"],
    "icon@2x.png @home ann@ @firm.example ann@firm a@b..example a@-b.example a@b.7": [],
    "..@firm.example a..b@firm.example": [],
    "ann@@firm.example": [],
}


@pytest.mark.parametrize("text", EMAILS)
def test_addresses_are_found_in_text(text: str) -> None:
    assert [found.value for found in scan_emails(text)] == EMAILS[text]


def _phones(text: str, region: str = "US") -> list[str]:
    runs = find_digit_runs(text)
    return [found.value for run in runs for found in read_phones(text, run, region)]


@pytest.mark.parametrize(
    ("text", "region", "found"),
    [
        ("Call (206) 555-0100 now", "US", ["(206) 555-0100"]),
        ("206.555.0100 / 206.555.0101", "US", ["206.555.0100", "206.555.0101"]),
        ("+49 89 99998-458", "US", ["+49 89 99998-458"]),
        ("089 99998 458", "DE", ["089 99998 458"]),
        ("089 99998 458", "US", []),
        ("Tel. 089 99998 458", "US", ["089 99998 458"]),
        ("2026-11-22 10:30, 1 2 3 4 5 6 7 8 9 10 11, 1,234,567", "US", []),
        ("ISBN 978-3-16-148410-0", "US", []),
        ("F: 206-555-0100", "US", []),
        ("Fax number 206-555-0100", "US", []),
        ("206-555-0100 Fax: 206-555-0101", "US", ["206-555-0100"]),
    ],
)
def test_numbers_are_found_in_text(text: str, region: str, found: list[str]) -> None:
    assert _phones(text, region) == found


HOSTILE: dict[str, Callable[[int], object]] = {
    "ats": lambda n: list(scan_emails("@" * n)),
    "a-at": lambda n: list(scan_emails("a@" * n)),
    "dots": lambda n: list(scan_emails("a." * n + "@")),
    "long local parts": lambda n: list(scan_emails(("x" * 100 + "@") * (n // 100))),
    "escaped quotes": lambda n: parse_tolerantly('\\"' * n),
    "comment starts": lambda n: parse_tolerantly("<!--" * n),
    "block comments": lambda n: parse_tolerantly("/*" * n),
    "commas": lambda n: parse_tolerantly(", " * n),
    "digits": lambda n: _phones("1 " * n),
    "brackets": lambda n: _phones("(+" * n + "1"),
    "nested elements": lambda n: _read("<div>" * (n // 8) + "a@b.example"),
    "many links": lambda n: _read('<a href="mailto:a@b.example">x</a>' * (n // 32)),
    "many cards": lambda n: _read("<div><b>Ann Lee</b><p>CEO</p>a@b.example</div>" * (n // 32)),
    "one line": lambda n: _read("<p>" + "Ann Lee, CEO | " * (n // 8) + "a@b.example</p>"),
    "open items": lambda n: _read("<div itemscope itemprop=a>" * (n // 32)),
    "dashes": lambda n: _read("<title>" + " - " * n + "</title><p>a@b.example"),
    "copyrights": lambda n: _read("<p>" + "© 2026 " * n + "</p><p>a@b.example"),
}


def _read(html: str) -> object:
    return read_page(LexborHTMLParser(html), host="firm.example", region="US")


@pytest.mark.parametrize("case", HOSTILE)
def test_work_grows_no_faster_than_the_page(case: str) -> None:
    work = HOSTILE[case]

    small, large = min(_time(work, 8_000) for _ in range(3)), _time(work, 64_000)

    assert large < max(0.5, 30 * small)


def _time(work: Callable[[int], object], n: int) -> float:
    began = time.process_time()
    work(n)
    return time.process_time() - began
