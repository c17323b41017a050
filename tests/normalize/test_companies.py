"""Companies are compared without their legal form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize.companies import company_key, normalize_company


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Acme, Inc.", "acme"),
        ("ACME GmbH & Co. KG", "acme"),
        ("The Acme Company", "acme"),
        ("Acme Inc (US)", "acme"),
        ("Acme Sp. z o.o.", "acme"),
        ("Acme S.p.A.", "acme"),
        ("Acme S/A", "acme"),
        ("Acme S.r.l.", "acme"),
        ("Acme A.Ş.", "acme"),
        ("Acme Pty. Ltd.", "acme"),
        ("ООО Ромашка", "romashka"),
        ("株式会社トヨタ", "toyota"),
        ("Smith & Sons", "smith and sons"),
        ("Company", "company"),
        ("Rock and The", "rock and the"),
        ("", ""),
        ("?!", ""),
    ],
)
def test_the_key_of_a_company_has_no_legal_form(name: str, key: str) -> None:
    assert company_key(name) == key


def test_a_company_keeps_its_spelling() -> None:
    assert normalize_company("  acme  GmbH ") == "acme GmbH"


@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_a_key_is_made_of_any_text(text: str) -> None:
    assert company_key(text).isascii()
    assert normalize_company(normalize_company(text)) == normalize_company(text)
