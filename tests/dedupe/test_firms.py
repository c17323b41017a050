"""Companies and titles agree by grades; a domain fits a company or not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dedupe.agreement import Level
from pipeline.dedupe.domains import domain_fits, registrable_domain
from pipeline.dedupe.firms import (
    Firm,
    compare_firms,
    compare_titles,
    is_business_name,
    normalize_title,
    parse_firm,
)


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("Acme Widgets, Inc.", Firm("acme widgets", "aw")),
        ("Hill & Dale Ltd", Firm("hill dale", "hd")),
        ("Hill and Dale", Firm("hill dale", "hd")),
        ("Bright Clinic (Paris)", Firm("bright clinic", "bc", "paris")),
        ("Acme S/A", Firm("acme")),
        ("ООО Ромашка", Firm("romashka")),
        ("株式会社トヨタ", Firm("toyota")),
        ("Delta Media Ltd. Şti.", Firm("delta media", "dm")),
        ("self-employed", Firm()),
        ("", Firm()),
    ],
)
def test_a_company_is_read_without_its_legal_form(text: str, firm: Firm) -> None:
    assert parse_firm(text) == firm


@pytest.mark.parametrize(
    ("one", "other", "level", "detail"),
    [
        ("Acme GmbH", "ACME", Level.EXACT, ""),
        ("Data Harbour", "Dataharbour AG", Level.EXACT, "joined"),
        ("Hotel Seaview", "Seaview Hotel", Level.EXACT, "order"),
        ("Norman Realty", "Norman Relty", Level.CLOSE, "slip"),
        ("IBM", "International Business Machines Corp.", Level.CLOSE, "acronym"),
        ("Rosa's Deli", "Rosa's Delicatessen", Level.CLOSE, "slip"),
        ("Silver Motors", "Silver", Level.PARTIAL, "contained"),
        ("North Media", "South Media", Level.CONFLICT, "trade"),
        ("Silver Motors", "Silver Travel", Level.PARTIAL, "shared"),
        ("Acme", "Zenith", Level.CONFLICT, ""),
        ("Acme", "", Level.MISSING, ""),
    ],
)
def test_companies_agree_by_grades(one: str, other: str, level: Level, detail: str) -> None:
    agreed = compare_firms(parse_firm(one), parse_firm(other))
    assert (agreed.level, agreed.detail) == (level, detail)


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("https://www.acme.co.uk/contact?x=1", "acme.co.uk"),
        ("ann@mail.acme.com.br", "acme.com.br"),
        ("HTTP://ACME.DE", "acme.de"),
        ("acme.co", "acme.co"),
        ("shop.acme.blogspot.com", "acme.blogspot.com"),
        ("https://www.facebook.com/acme", ""),
        ("192.168.0.1", ""),
        ("localhost", ""),
        ("", ""),
    ],
)
def test_a_domain_is_what_somebody_registered(text: str, domain: str) -> None:
    assert registrable_domain(text) == domain


@pytest.mark.parametrize(
    ("domain", "company", "level"),
    [
        ("hilldale.com", "Hill & Dale Ltd", Level.EXACT),
        ("ibm.com", "International Business Machines", Level.EXACT),
        ("hilldale-gb.co.uk", "Hill & Dale", Level.CLOSE),
        ("hilldalwidgets.de", "Hilldale Widgets", Level.CLOSE),
        ("eurogroup.com", "Euro Partners", Level.PARTIAL),
        ("zenith.com", "Hill & Dale", Level.CONFLICT),
        ("zenith.com", "", Level.MISSING),
    ],
)
def test_a_domain_fits_the_name_of_its_company(domain: str, company: str, level: Level) -> None:
    assert domain_fits(domain, parse_firm(company)).level is level


@pytest.mark.parametrize(
    "name",
    ["Bright Clinic", "Smith & Sons", "Hill and Dale", "Acme GmbH", "Acme SA", "Joe's Pizza"],
)
def test_the_name_of_a_business_is_told_by_its_words(name: str) -> None:
    assert is_business_name(name)


@pytest.mark.parametrize(
    "name", ["Ann Lee", "María José García", "Dr. John Smith Jr.", "Maria Sá", "eddie co"]
)
def test_the_name_of_a_person_is_not_that_of_a_business(name: str) -> None:
    assert not is_business_name(name)


def test_titles_have_short_forms() -> None:
    assert normalize_title("Vice President, Sales") == normalize_title("VP of Sales")
    assert normalize_title("Sr. Software Engineer") == normalize_title("senior software eng")
    assert normalize_title("Chief Executive Officer") == "ceo"


def test_titles_agree_by_grades() -> None:
    titles = ["Head of Sales", "Sales Head", "Head of Marketing", "Buyer", ""]
    found = [
        compare_titles(normalize_title(titles[0]), normalize_title(title)).level for title in titles
    ]
    assert found == [Level.EXACT, Level.EXACT, Level.PARTIAL, Level.CONFLICT, Level.MISSING]


_TEXTS = st.text("abc xyz&.", max_size=14)


@given(_TEXTS, _TEXTS)
def test_it_does_not_matter_which_company_comes_first(a: str, b: str) -> None:
    one, other = parse_firm(a), parse_firm(b)
    assert compare_firms(one, other) == compare_firms(other, one)


@given(st.text(max_size=60))
def test_any_text_has_a_domain_or_none(text: str) -> None:
    domain = registrable_domain(text)
    assert not domain or registrable_domain(domain) == domain
