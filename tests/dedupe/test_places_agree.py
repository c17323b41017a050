"""Two places agree part by part, by grades."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dedupe.agreement import Level
from pipeline.dedupe.place_agreement import PlaceAgreement, compare_cities, compare_places
from pipeline.dedupe.places import Place, parse_place


def _compare(one: str, other: str) -> PlaceAgreement:
    return compare_places(parse_place(one), parse_place(other))


@pytest.mark.parametrize(
    ("one", "other", "level", "detail"),
    [
        ("5 Oak Street", "5 oak st.", Level.EXACT, ""),
        ("5 Oak Street", "5 Oak", Level.EXACT, ""),
        ("5 Oak Street", "5 Oak Avenue", Level.CLOSE, "kind"),
        ("5 Chestnut Street", "5 Chesnut Street", Level.CLOSE, "slip"),
        ("5 Chest nut Street", "5 Chestnut Street", Level.EXACT, ""),
        ("5 Peach Rd. Lenox Mall near the tower", "5 peach rd", Level.PARTIAL, "contained"),
        ("1 145th St", "1 144th St", Level.CONFLICT, ""),
        ("5 Oak Street", "9 Birch Lane", Level.CONFLICT, ""),
        ("5 Oak Street", "", Level.MISSING, ""),
    ],
)
def test_streets_agree_by_grades(one: str, other: str, level: Level, detail: str) -> None:
    street = _compare(one, other).street
    assert (street.level, street.detail) == (level, detail)


@pytest.mark.parametrize(
    ("one", "other", "level", "detail"),
    [
        ("12 Oak St", "12 Elm St", Level.EXACT, ""),
        ("12 Oak St", "12b Oak St", Level.CLOSE, "suffix"),
        ("12-16 Oak St", "14 Oak St", Level.CLOSE, "range"),
        ("2/98 Oak St", "2 Oak St", Level.CLOSE, "unit"),
        ("1234 Oak St", "1243 Oak St", Level.PARTIAL, "slip"),
        ("12 Oak St", "13 Oak St", Level.CONFLICT, ""),
    ],
)
def test_houses_agree_by_grades(one: str, other: str, level: Level, detail: str) -> None:
    house = _compare(one, other).house
    assert (house.level, house.detail) == (level, detail)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("York", "york", Level.EXACT),
        ("Portsmouth", "Portsmoth", Level.CLOSE),
        ("Portsmouth", "Pootsmruth", Level.CLOSE),
        ("bel air", "bel air north", Level.PARTIAL),
        ("York", "Leeds", Level.CONFLICT),
    ],
)
def test_cities_agree_by_grades(one: str, other: str, level: Level) -> None:
    assert compare_cities(parse_place("", one).city, parse_place("", other).city).level is level


def test_postcodes_agree_by_grades() -> None:
    codes = ["LS3 2BA", "LS3 2BE", "LS3 9XX", "M1 1AA"]
    levels = [
        compare_places(parse_place(postcode=codes[0]), parse_place(postcode=code)).postcode.level
        for code in codes
    ]
    assert levels == [Level.EXACT, Level.CLOSE, Level.PARTIAL, Level.CONFLICT]


def test_what_agrees_is_named_so_that_its_rarity_can_be_weighed() -> None:
    agreed = _compare("5 Oak Street, York YO1 7AA", "5 oak st, york yo17aa")
    assert (agreed.street.term, agreed.city.term, agreed.postcode.term) == ("oak", "york", "yo17aa")


_PARTS = st.text("ab 12", max_size=6)
_PLACES = st.builds(Place, _PARTS, _PARTS, _PARTS, _PARTS, _PARTS, _PARTS, _PARTS).map(
    lambda place: Place(*(" ".join(part.split()) for part in place))
)


@given(_PLACES, _PLACES)
def test_it_does_not_matter_which_place_comes_first(a: Place, b: Place) -> None:
    assert compare_places(a, b) == compare_places(b, a)
    assert all(0 <= part.similarity <= 1 for part in compare_places(a, b))
