"""Text has one clean form, and one folded form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize.text import fold_text, normalize_text

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)


@pytest.mark.parametrize(
    ("given_text", "clean"),
    [
        ("  Jane \t Smith\n", "Jane Smith"),
        ("Jose\u0301", "Jos\u00e9"),
        ("\ufeffAnn\u200b Lee", "Ann Lee"),
        ("nul\x00l", "null"),
        ("no\u00a0break", "no break"),
        ("half\ud800", "half\ufffd"),
        ("अनिता", "अनिता"),
    ],
)
def test_text_is_clean(given_text: str, clean: str) -> None:
    assert normalize_text(given_text) == clean


@pytest.mark.parametrize(
    ("given_text", "folded"),
    [
        ("José MÜLLER-Łukasz", "jose muller lukasz"),
        ("  O'Neil & Co. ", "o neil co"),
        ("Straße", "strasse"),
        ("Иван", "ivan"),
        ("!?", ""),
        ("a\udc00b", "a b"),
    ],
)
def test_folding_leaves_lower_case_letters_and_digits(given_text: str, folded: str) -> None:
    assert fold_text(given_text) == folded


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_and_can_always_be_stored(text: str) -> None:
    clean = normalize_text(text)
    assert normalize_text(clean) == clean
    assert clean.encode().decode() == clean
    assert "\x00" not in clean
    assert len(clean) <= 3 * len(text)


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    folded = fold_text(text)
    assert fold_text(folded) == folded
    assert folded.isascii()
