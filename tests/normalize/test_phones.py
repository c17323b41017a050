"""Phone numbers are judged as phonenumbers judges them, only faster, and never refused."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.normalize.phones import (
    Phone,
    find_phones,
    looks_like_phone,
    normalize_phone,
    phone_key,
)


@pytest.mark.parametrize(
    ("text", "region", "value"),
    [
        ("(415) 555-2671", "US", "+14155552671"),
        ("1-415-555-2671", "US", "+14155552671"),
        ("+1 415.555.2671", "", "+14155552671"),
        ("+44 (0)20 7946 0958", "US", "+442079460958"),
        ("020 7946 0958", "GB", "+442079460958"),
        ("0044 20 7946 0958", "US", "+442079460958"),
        ("00 49 30 901820", "FR", "+4930901820"),
        ("011 44 20 7946 0958", "US", "+442079460958"),
        ("+1 604 555 2671", "DE", "+16045552671"),
        ("06 12 34 56 78", "FR", "+33612345678"),
        ("02 1234 5678", "IT", "+390212345678"),
        ("+54 9 11 2345 6789", "US", "+5491123456789"),
        ("011 15-2345-6789", "AR", "+5491123456789"),
        ("٠٢٠ ٧٩٤٦ ٠٩٥٨", "GB", "+442079460958"),
        ("415-555-2671 ext. 12", "US", "+14155552671 x12"),
        ("+14155552671 x12", "", "+14155552671 x12"),
        ("+1 415 555 2671;ext=007", "", "+14155552671 x007"),
        ("'+1 415-555-2671", "GB", "+14155552671"),
        ("p:+442079460958", "US", "+442079460958"),
        ("tel:+44-20-7946-0958", "US", "+442079460958"),
        ("4.42079460958E+11", "US", "+442079460958"),
        ("14155552671.0", "US", "+14155552671"),
        ("14155552671.00", "US", "+14155552671"),
        ("\u200e+1 415-555-2671\u202c", "US", "+14155552671"),
    ],
)
def test_a_valid_number_is_stored_as_e164(text: str, region: str, value: str) -> None:
    assert normalize_phone(text, region) == Phone(value, verified=True)


@pytest.mark.parametrize(
    ("text", "region", "value"),
    [
        ("+1-555-0100", "US", "+1-555-0100"),
        ("  12 \t 34 ", "US", "12 34"),
        ("415-555-2671", "", "415-555-2671"),
        ("4.42E+11", "GB", "4.42E+11"),
        ("call me", "US", "call me"),
        ("", "US", ""),
        ("0000000000", "US", "0000000000"),
        ("+999 123 456 789", "US", "+999 123 456 789"),
        ("(415) 555-2671", "XX", "(415) 555-2671"),
    ],
)
def test_any_other_number_is_kept_as_given_and_unverified(
    text: str, region: str, value: str
) -> None:
    assert normalize_phone(text, region) == Phone(value, verified=False)


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("+14155552671", "14155552671"),
        ("+14155552671 x12", "14155552671x12"),
        ("+1-555-0100", "15550100"),
        ("555-0100", "5550100"),
        ("55501", None),
        ("0000000", None),
        ("1234567890", None),
        ("4.42E+11", None),
        ("call me", None),
        ("", None),
    ],
)
def test_the_key_of_a_line_is_its_digits(value: str, key: str | None) -> None:
    assert phone_key(value) == key


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("(415) 555-2671", ["(415) 555-2671"]),
        ("+1 415 555 2671; +44 20 7946 0958", ["+1 415 555 2671", "+44 20 7946 0958"]),
        ("415-555-2671 ::: 415-555-2672", ["415-555-2671", "415-555-2672"]),
        ("030/901820", ["030/901820"]),
        ("030 901820 / 030 901821", ["030 901820", "030 901821"]),
        ("415-555-2671 or 415-555-2672", ["415-555-2671", "415-555-2672"]),
        ("+1 415 555 2671;ext=12", ["+1 415 555 2671;ext=12"]),
        ("+1 415 555 2671, ext 12", ["+1 415 555 2671, ext 12"]),
        ("n/a", []),
        ("", []),
        ("ask reception", ["ask reception"]),
    ],
)
def test_numbers_are_found_in_a_cell(cell: str, found: list[str]) -> None:
    assert find_phones(cell) == found


@pytest.mark.parametrize("text", ["+1-555-0100", "(415) 555-2671 ext. 3", "tel:+49 30 901820"])
def test_a_phone_looks_like_one(text: str) -> None:
    assert looks_like_phone(text)


@pytest.mark.parametrize("text", ["", "1234", "12 Main Street 4567", "a1b2c3d4e5", "50%12345"])
def test_other_texts_do_not_look_like_a_phone(text: str) -> None:
    assert not looks_like_phone(text)


@given(
    st.text(st.characters(exclude_categories=()), max_size=60)
    | st.text("+0123456789 -()./x;ext=E,'p:", max_size=40),
    st.sampled_from(["US", "DE", "IT", "", "XX"]),
)
@example("+1 415 555 2671 x1234567890123", "US")
@example("0011 61 2 9374 4000", "AU")
def test_normalizing_never_fails_and_twice_changes_nothing(text: str, region: str) -> None:
    phone = normalize_phone(text, region)
    assert normalize_phone(phone.value, region) == phone
    assert len(phone.value) <= max(30, 3 * len(text))
    phone_key(phone.value)
    looks_like_phone(text)
    assert all(find_phones(text))
