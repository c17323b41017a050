"""Names of people are read by their parts: given names, surname, suffix, and how sure that is."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dedupe.people import NOBODY, Person, parse_person


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Joan Stanley", "joan", "stanley"),
        ("Stanley, Joan", "joan", "stanley"),
        ("STANLEY Joan", "joan", "stanley"),
        ("Joan STANLEY", "joan", "stanley"),
        ("Fenwick Joan", "joan", "fenwick"),
        ("Joan Q. Stanley", "joan q", "stanley"),
        ("J. Stanley", "j", "stanley"),
        ("Stanley J", "stanley", "j"),
        ("Fenwick J.", "j", "fenwick"),
        ("Joan M. P. Stanley", "joan m p", "stanley"),
        ("Mary Ann Fenwick", "mary ann", "fenwick"),
        ("Karl-Heinz Obermaier", "karl heinz", "obermaier"),
        ("Anna Berg-Lund", "anna", "berg lund"),
        ("María José García López", "maria jose", "garcia lopez"),
        ("Xóchitl", "", "xochitl"),
        ("Joan", "joan", ""),
        ("Amrita Sen", "amrita", "sen"),
        ("Maj Fenwick", "maj", "fenwick"),
    ],
)
def test_given_names_and_surname_are_told_apart(name: str, first: str, last: str) -> None:
    person = parse_person(name)
    assert (" ".join(person.given), " ".join(person.surname)) == (first, last)


@pytest.mark.parametrize(
    ("name", "first", "prefix", "last"),
    [
        ("Ludwig van Beethoven", "ludwig", "van", "beethoven"),
        ("van der Meer, Saskia", "saskia", "vander", "meer"),
        ("DE LA CRUZ MARIA", "maria", "dela", "cruz"),
        ("Maria de la Cruz", "maria", "dela", "cruz"),
        ("van den Pol", "", "vanden", "pol"),
        ("José Ortega y Gasset", "jose", "", "ortega gasset"),
        ("Ana Souza e Silva", "ana", "", "souza silva"),
        ("Pat O'Brien", "pat", "", "obrien"),
        ("Pat O Brien", "pat", "", "obrien"),
        ("O'Brien, Pat", "pat", "", "obrien"),
        ("O. Brandt", "o", "", "brandt"),
        ("Ian Mc Donald", "ian", "", "mcdonald"),
        ("Mac Gilroy", "mac", "", "gilroy"),
        ("Nguyễn Văn An", "an van", "", "nguyen"),
        ("Wang Xiaoming", "xiaoming", "", "wang"),
        ("王小明", "xiao ming", "", "wang"),
        ("Юрий Щербаков", "yuriy", "", "shcherbakov"),
    ],
)
def test_particles_and_orders_of_many_countries_are_understood(
    name: str, first: str, prefix: str, last: str
) -> None:
    person = parse_person(name)
    assert (" ".join(person.given), person.prefix) == (first, prefix)
    assert " ".join(person.surname) == last


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("John Fenwick Jr.", "jr"),
        ("Fenwick, John, Jr", "jr"),
        ("Fenwick Jr., John", "jr"),
        ("John Fenwick, Sr.", "sr"),
        ("John Fenwick III", "iii"),
        ("John Fenwick 2nd", "ii"),
        ("João Prado Filho", "jr"),
        ("Sr. Juan Prado", ""),
        ("John Fenwick, MBA", ""),
    ],
)
def test_the_suffix_is_kept_apart(name: str, suffix: str) -> None:
    person = parse_person(name)
    assert person.suffix == suffix
    assert len(person.words) == 2


@pytest.mark.parametrize(
    "name",
    [
        "Dr. Joan Stanley",
        "Mrs Joan Stanley",
        "Frau Dr. Joan Stanley",
        "Joan Stanley, PhD, MBA",
        "Joan Stanley (Sales)",
        "  joan   STANLEY  ",
        "joan.stanley@example.com",
        "Joan\u200b Stanley",
    ],
)
def test_titles_degrees_and_remarks_are_left_out(name: str) -> None:
    person = parse_person(name)
    assert (person.given, person.surname) == (("joan",), ("stanley",))


@pytest.mark.parametrize("name", ["Don Hood", "M. Hood", "Bay Hood", "Don P. Hood"])
def test_a_name_that_is_a_title_elsewhere_stays_a_name(name: str) -> None:
    assert parse_person(name).given[0] == name.split(maxsplit=1)[0].strip(".").lower()


def test_a_nickname_in_quotes_or_brackets_counts_among_the_given_names() -> None:
    assert parse_person('Robert "Bob" Fenwick').given == ("robert", "bob")
    assert parse_person("Margaret (Peggy) Fenwick").given == ("margaret", "peggy")


@pytest.mark.parametrize(
    ("first", "last", "person"),
    [
        ("Joan", "Stanley", Person(("joan",), ("stanley",), "", "", is_certain=True, likeness=2)),
        ("Joan", "", Person(("joan",), (), likeness=1)),
        ("", "van Dyck", Person((), ("dyck",), "van", likeness=1)),
        ("Joan", "Stanley Jr", Person(("joan",), ("stanley",), "", "jr", True, 2)),
        ("Unknown", "Stanley", Person((), ("stanley",), likeness=1)),
        ("Lady of the House", "Stanley", Person((), ("stanley",), likeness=1)),
        ("Mr", "Stanley", Person((), ("stanley",), likeness=1)),
        ("Joan", "No Name", Person(("joan",), (), likeness=1)),
        ("Erin", "House", Person(("erin",), ("house",), "", "", is_certain=True, likeness=2)),
    ],
)
def test_columns_of_their_own_set_the_order(first: str, last: str, person: Person) -> None:
    assert parse_person("", first, last) == person


@pytest.mark.parametrize("name", ["", "  ", "-", "Unknown", "no name", "Dr.", "Test", "N/A"])
def test_what_stands_for_a_missing_name_gives_none(name: str) -> None:
    assert parse_person(name) == NOBODY
    assert not parse_person(name)


@pytest.mark.parametrize(
    ("name", "likeness"),
    [
        ("Joan Stanley", 2),
        ("Dr. Qvyx Zzorn", 2),
        ("Qvyx Zzorn", 1),
        ("Stanley", 0),
        ("Maxwell House", 2),
        ("R. Sá", 1),
        ("Zoë Sa", 2),
        ("Stanley & Daughters", -1),
        ("Joan's Corner", -1),
        ("Stanley Plumbing", -2),
        ("Stanley GmbH", -2),
        ("Stanley B.V.", -2),
        ("Stanley S.p.A.", -2),
        ("STANLEY AG", -2),
        ("Müller & Söhne KG", -2),
        ("ООО Ромашка", -2),
    ],
)
def test_a_business_is_told_from_a_person(name: str, likeness: int) -> None:
    assert parse_person(name).likeness == likeness


def test_digits_that_a_scanner_read_become_letters() -> None:
    assert parse_person("", "Arthur", "8arlow").surname == ("barlow",)


@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=20))
def test_any_text_is_read_and_comes_back_from_json_as_it_was(name: str, a: str, b: str) -> None:
    person = parse_person(name, a, b)
    assert Person.from_row(orjson.loads(orjson.dumps(person.to_row()))) == person
    assert all(word.isascii() and word == word.lower() for word in person.words)
    assert "" not in person.words
