"""Names of people are shown as published and compared by their words."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.normalize.names import join_name, name_key, names_agree, normalize_name


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("Jane Smith", "Jane Smith"),
        ("JANE SMITH", "Jane Smith"),
        ("jane  smith", "Jane Smith"),
        ("LUDWIG VAN DER BERG", "Ludwig van der Berg"),
        ("ludwig van beethoven", "Ludwig van Beethoven"),
        ("MARY-ANN O'NEIL", "Mary-Ann O'Neil"),
        ("ronald mcdonald", "Ronald McDonald"),
        ("HENRY FORD II", "Henry Ford II"),
        ("j.r. tolkien", "J.R. Tolkien"),
        ("DeShawn McKay", "DeShawn McKay"),
        ("JOSÉ NÚÑEZ", "José Núñez"),
        ("ÉLODIE D'ARC", "Élodie D'Arc"),
        ("李小龙", "李小龙"),
        ("\u200bAnn\u00a0Lee", "Ann Lee"),
    ],
)
def test_a_name_keeps_its_capitals_unless_it_has_but_one_case(text: str, normal: str) -> None:
    assert normalize_name(text) == normal


@pytest.mark.parametrize(
    ("given_name", "surname", "name"),
    [("Ann", "Lee", "Ann Lee"), ("", "Lee", "Lee"), (" Ann ", "", "Ann"), ("", " ", "")],
)
def test_a_given_name_and_a_surname_make_a_name(given_name: str, surname: str, name: str) -> None:
    assert join_name(given_name, surname) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jane Smith", "SMITH, Jane"),
        ("Dr. José Núñez", "Jose Nunez"),
        ("John Smith Jr.", "John Smith"),
        ("Frau Anna O'Neil", "Anna Oneil"),
    ],
)
def test_two_spellings_of_a_name_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_a_name_of_titles_only_keeps_them() -> None:
    assert name_key("Don Don") == "don don"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jane Smith", "Smith Jane"),
        ("J. Smith", "Jane Smith"),
        ("Smith, J", "Jane Smith"),
        ("Jane M. Smith", "Jane Mary Smith"),
        ("Jane M. Smith", "Jane Smith"),
        ("Mr John Smith", "John Smith Sr"),
    ],
)
def test_these_names_can_be_one_person(one: str, other: str) -> None:
    assert names_agree(one, other)
    assert names_agree(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jane Smith", "John Smith"),
        ("Jane Smith", "Jane Jones"),
        ("J. Smith", "Mary Smith"),
        ("John A. Smith", "John B. Smith"),
        ("J. S.", "Jane Smith"),
        ("Smith", "Jane Smith"),
        ("", ""),
        ("", "Jane Smith"),
        ("?", "!"),
    ],
)
def test_these_names_are_two_people(one: str, other: str) -> None:
    assert not names_agree(one, other)
    assert not names_agree(other, one)


@example("ß")
@example("ŉ ǆ")
@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_normalizing_a_name_twice_changes_nothing(text: str) -> None:
    normal = normalize_name(text)
    assert normalize_name(normal) == normal
    assert name_key(name_key(text)) == name_key(text)
    assert names_agree(text, text) == bool(name_key(text))
