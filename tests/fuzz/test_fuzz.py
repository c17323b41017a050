"""Our validators say what the libraries say; ``make fuzz`` compares a million cases a side."""

import pytest

from tests.fuzz.comparing import EMAILS, PHONES, Tally

CASES = 20_000


@pytest.fixture(scope="module")
def email_tallies() -> tuple[Tally, Tally]:
    return EMAILS.compare(CASES, seed=31)


@pytest.fixture(scope="module")
def phone_tallies() -> tuple[Tally, Tally]:
    return PHONES.compare(CASES, seed=31)


def test_addresses_are_judged_as_by_the_library(email_tallies: tuple[Tally, Tally]) -> None:
    for tally in email_tallies:
        assert tally.differences == []


def test_numbers_are_judged_as_by_the_library(phone_tallies: tuple[Tally, Tally]) -> None:
    for tally in phone_tallies:
        assert tally.differences == []


def test_enough_of_it_is_near_the_border_and_decided_fast(
    email_tallies: tuple[Tally, Tally], phone_tallies: tuple[Tally, Tally]
) -> None:
    for tally in (*email_tallies, *phone_tallies):
        assert tally.cases == CASES
        assert tally.fast > CASES / 6
    assert CASES / 4 < email_tallies[0].valid < CASES * 3 / 4
    assert CASES / 4 < phone_tallies[0].valid < CASES * 3 / 4
