"""Countries by the words people write."""

import pytest

from pipeline.normalize.countries import country_code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Deutschland", "DE"),
        ("de", "DE"),
        ("DEU", "DE"),
        (" United  Kingdom ", "GB"),
        ("U.S.A.", "US"),
        ("España", "ES"),
        ("Österreich", "AT"),
        ("Pays-Bas", "NL"),
        ("Türkiye", "TR"),
        ("", None),
        ("Atlantis", None),
    ],
)
def test_a_country_is_known_by_code_and_by_name(text: str, code: str | None) -> None:
    assert country_code(text) == code
