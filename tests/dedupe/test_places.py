"""Addresses of many countries are read into the same few parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dedupe.places import Place, normalize_city, normalize_postcode, parse_place


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("7 Mill Lane, Leeds LS3 2BA", Place("7", "", "mill ln", "leeds", "ls32ba")),
        ("Lindenweg 86, 10115 Berlin", Place("86", "", "linden weg", "berlin", "10115")),
        ("Hauptstraße 12 a", Place("12a", "", "haupt st")),
        ("12, rue de la Gare, 75002 Paris", Place("12", "", "rue gare", "paris", "75002")),
        (
            "Prinsengracht 9, 1015 AA Amsterdam",
            Place("9", "", "prinsen gracht", "amsterdam", "1015aa"),
        ),
        ("ul. Polna 16/4, 45-266 Opole", Place("16", "4", "ul polna", "opole", "45266")),
        (
            "Rua Azul, 123, São Paulo - SP, 01310-100",
            Place("123", "", "rua azul", "sao paulo", "01310100", "sp"),
        ),
        ("Via Verdi 1, 00100 Roma (RM)", Place("1", "", "via verdi", "roma", "00100", "rm")),
        (
            "1234 Main St, Apt 4B, Springfield, IL 62704, USA",
            Place("1234", "4b", "main st", "springfield", "62704", "il", "US"),
        ),
        (
            "88 Oak Ave Springfield IL 62704-1234",
            Place("88", "", "oak ave springfield", "", "62704", "il"),
        ),
        ("Yıldız Cad. 15, 34349 İstanbul", Place("15", "", "yildiz cad", "istanbul", "34349")),
        ("2/98 Kings Road", Place("98", "2", "kings rd")),
        ("10 Kings Road, 2nd floor, York YO1 7AA", Place("10", "2", "kings rd", "york", "yo17aa")),
        ("12-14 High Street", Place("12-14", "", "high st")),
        ("31 East 72 Street", Place("31", "", "e 72 st")),
        ("1o3z7 birch road", Place("10327", "", "birch rd")),
        ("", Place()),
    ],
)
def test_an_address_in_one_line_is_taken_apart(address: str, place: Place) -> None:
    assert parse_place(address) == place


def test_the_fields_of_a_record_outrank_its_address() -> None:
    place = parse_place("7 Mill Lane, Leeds LS3 2BA", "York", "YO1 7AA", "", "England")
    assert (place.city, place.postcode, place.country) == ("york", "yo17aa", "GB")


def test_a_city_is_not_taken_out_of_an_address_that_has_its_own() -> None:
    assert parse_place("5 Elm Road, Garden House", "York").street == "elm rd gdns house"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("pridhamstreet 5", "5 Pridham Street"),
        ("700 Fifth Avenue", "700 5th ave."),
        ("4 s. pine blvd.", "4 South Pine Boulevard"),
        ("Calle Mayor 5", "c/ Mayor, 5"),
        ("Gartenstr. 3", "Gartenstraße 3"),
        ("9 St. John's Road", "9 saint johns rd"),
    ],
)
def test_spellings_of_one_street_are_read_alike(one: str, other: str) -> None:
    assert parse_place(one) == parse_place(other)


def test_cities_and_postcodes_have_one_spelling() -> None:
    assert normalize_city("St. Louis") == normalize_city("Saint Louis")
    assert normalize_city("New York City") == normalize_city("New York")
    assert normalize_postcode("D-10115") == normalize_postcode("10115")
    assert normalize_postcode("62704-1234") == "62704"


@given(st.text(max_size=400), st.text(max_size=40), st.text(max_size=20))
def test_any_text_is_read_into_plain_words(address: str, city: str, postcode: str) -> None:
    place = parse_place(address, city, postcode)
    assert all(part.isascii() for part in place)
    assert place == parse_place(address, city, postcode)
