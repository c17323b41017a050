"""Offers: a fix for a value where one is likely, none where only a person could know."""

import pytest

from pipeline.normalize.mail_typos import PROVIDERS, likely_domain
from pipeline.plans.offers import offer_fix
from pipeline.plans.regions import likely_regions, region_hints


@pytest.mark.parametrize(
    ("field", "value", "kind", "replacement"),
    [
        ("email", "E-Mail:ann@example.com", "trim", "ann@example.com"),
        ("email", "ann@example.com!", "trim", "ann@example.com"),
        ("email", "ann (at) example dot com", "trim", "ann@example.com"),
        ("email", "ann@@example.com", "trim", "ann@example.com"),
        ("email", "ann@example..com", "trim", "ann@example.com"),
        ("email", "ann @example.com", "trim", "ann@example.com"),
        ("email", "a@example.com/b@example.org", "split", "a@example.com ::: b@example.org"),
        ("email", "ann@gmial.com", "typo", "ann@gmail.com"),
        ("email", "ann@gmail", "typo", "ann@gmail.com"),
        ("email", "ann@example.con", "typo", "ann@example.com"),
        ("phone", "Tel.: 415 555 2671!", "trim", "+14155552671"),
        ("phone", "030 1234567", "country", "+49301234567"),
        ("phone", "030 1234567 oder 0171 2345678", "split", "+49301234567 ::: +491712345678"),
        ("website", "htp://example.com", "trim", "https://example.com"),
        ("website", "www.example,com", "trim", "https://www.example.com"),
        ("status", "Kontaktiret", "word", "contacted"),
        ("status", "Lukewarm", "word", ""),
    ],
)
def test_a_likely_fix_is_offered(field: str, value: str, kind: str, replacement: str) -> None:
    offer = offer_fix(field, value, home="US", regions=["DE"])

    assert offer is not None
    assert (offer.kind, offer.replacement) == (kind, replacement)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "not an address"),
        ("email", "ann@"),
        ("email", "ann@example"),
        ("email", "a@example.comb@example.org"),
        ("email", ""),
        ("phone", "12"),
        ("phone", "call me"),
        ("phone", "+44 1 23"),
        ("website", "n/a"),
        ("website", "info@example.com"),
        ("name", "???"),
        ("email, phone", ""),
    ],
)
def test_nothing_is_offered_where_only_a_person_could_know(field: str, value: str) -> None:
    assert offer_fix(field, value, home="US", regions=["DE"]) is None


def test_an_unknown_word_comes_with_the_four_to_choose_from() -> None:
    offer = offer_fix("status", "Lukewarm")

    assert offer is not None
    assert offer.choices == ("new", "contacted", "qualified", "disqualified")


def test_the_likely_country_is_the_one_in_which_most_phones_are_valid() -> None:
    swiss = ["044 668 18 00", "031 322 21 11", "022 730 51 11", "061 267 81 81"]

    leads = [{"email": "ann@example.ch"}, {"phone": "+41446681800"}, {"email": "bob@example.fr"}]

    assert likely_regions([*swiss, "12"], region_hints(leads))[0] == ("CH", 4)
    assert likely_regions(["12", "34"]) == []


@pytest.mark.parametrize("domain", [*PROVIDERS, "mail.com", "ymail.com", "example.com", "gmx.at"])
def test_a_right_domain_is_never_called_a_typo(domain: str) -> None:
    assert likely_domain(domain) is None


@pytest.mark.parametrize(
    "domain", ["gmial.com", "gmai.com", "gmaill.com", "gmail.con", "gmailcom", "gmail", "gmail.co"]
)
def test_a_slip_of_one_letter_is_recognized(domain: str) -> None:
    assert likely_domain(domain) == "gmail.com"
