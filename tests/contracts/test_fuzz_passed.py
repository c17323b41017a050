"""The long comparison of the validators was passed with the libraries that are installed."""

from tests.fuzz.passed import ENOUGH, installed_versions, read_passed


def test_the_validators_were_compared_with_these_versions() -> None:
    passed = read_passed()
    assert passed["versions"] == installed_versions(), "a library has changed: run make fuzz"


def test_that_comparison_was_long_enough() -> None:
    cases = read_passed()["cases"]
    assert isinstance(cases, int)
    assert cases >= ENOUGH
