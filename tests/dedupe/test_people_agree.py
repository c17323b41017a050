"""Two names are held against each other part by part, and each part has its level."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dedupe.name_agreement import compare_people
from pipeline.dedupe.people import parse_person
from pipeline.dedupe.word_agreement import NameLevel, compare_given_words, compare_words

E, N = NameLevel.EXACT, NameLevel.NICKNAME


@pytest.mark.parametrize(
    ("a", "b", "first", "last"),
    [
        ("Joan Stanley", "STANLEY, JOAN", E, E),
        ("Joan Stanley", "Stanley Joan", E, E),
        ("Li Wei", "Wei Li", E, E),
        ("Joan M. Stanley", "Joan Stanley", E, E),
        ("Bob Fenwick", "Robert Fenwick", N, E),
        ("Bert Fenwick", "Bob Fenwick", N, E),
        ("J. Stanley", "Joan Stanley", NameLevel.INITIAL, E),
        ("Joan S.", "Joan Stanley", E, NameLevel.INITIAL),
        ("JP Fenwick", "Jean-Pierre Fenwick", NameLevel.INITIAL, E),
        ("K. Stanley", "Joan Stanley", NameLevel.OTHER_INITIAL, E),
        ("M. Fenwick", "Amanda Fenwick", NameLevel.ALIKE, E),
        ("Joan Stanley", "Keith Stanley", NameLevel.CONFLICT, E),
        ("Joan Stanley", "Joan Murdoch", E, NameLevel.CONFLICT),
        ("Joan", "Joan Stanley", E, NameLevel.MISSING),
        ("Stanley", "Joan Stanley", NameLevel.MISSING, E),
        ("Joan", "Keith", NameLevel.CONFLICT, NameLevel.MISSING),
        ("Joan Stanely", "Joan Stanley", E, NameLevel.CLOSE),
        ("Joan Starnley", "Joan Stamley", E, NameLevel.CLOSE),
        ("Joan Stan", "Joan Stanley", E, NameLevel.PREFIX),
        ("Jürgen Müller", "Juergen Mueller", NameLevel.SPELLING, NameLevel.SPELLING),
        ("Юрий Иванов", "Yuri Ivanov", NameLevel.SPELLING, E),
        ("محمد كريم", "Mohammed Karim", NameLevel.SPELLING, NameLevel.SPELLING),
        ("Ana López García", "Ana López", E, NameLevel.PART),
        ("Ana López García", "Ana López Prado", E, NameLevel.ALIKE),
        ("Ana van Dijk", "Ana Vandijk", E, E),
        ("Ana van Dijk", "Ana V.", E, NameLevel.INITIAL),
        ("Karl-Heinz Ober", "Karl-Werner Ober", NameLevel.PART, E),
        ("Karl-Heinz Ober", "Karlheinz Ober", E, E),
        ("Mary Ann Ober", "Maryann Ober", E, E),
        ("Maria Lena Ober", "Lena Ober", NameLevel.PART, E),
        ("João Lucas", "João Lucas Caldeira", E, NameLevel.MISSING),
        ("Nguyễn Văn An", "An Nguyen", E, E),
        ("Daniel Ober", "Daniela Ober", NameLevel.ALIKE, E),
        ("Zelmo Ober", "Antuzelmo Ober", NameLevel.PREFIX, E),
        ("Gero Ober Jr.", "Ober Jr. Gero", E, E),
    ],
)
def test_each_part_of_a_name_has_its_level(
    a: str, b: str, first: NameLevel, last: NameLevel
) -> None:
    found = compare_people(parse_person(a), parse_person(b))
    assert (found.given, found.surname) == (first, last)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("sascha", "alexander"),
        ("pepe", "jose"),
        ("kasia", "katarzyna"),
        ("memo", "mehmet"),
        ("gosia", "malgorzata"),
        ("peggy", "margaret"),
        ("beppe", "giuseppe"),
        ("kees", "cornelis"),
        ("ze", "jose"),
        ("lasse", "lars"),
        ("dima", "dmitry"),
        ("lola", "dolores"),
        ("uschi", "ursula"),
        ("manu", "emmanuelle"),
        ("wm", "william"),
        ("robt", "bob"),
    ],
)
def test_nicknames_of_many_languages_are_one_name(a: str, b: str) -> None:
    assert compare_given_words(a, b).level == NameLevel.NICKNAME


@pytest.mark.parametrize(
    ("a", "b"), [("albert", "robert"), ("peter", "paul"), ("maria", "mario"), ("anna", "arno")]
)
def test_two_known_names_are_two_however_alike(a: str, b: str) -> None:
    assert compare_given_words(a, b).level <= NameLevel.ALIKE


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        ("carrie", "cassie", NameLevel.CONFLICT),
        ("daniel", "daniela", NameLevel.ALIKE),
        ("carrie", "carzie", NameLevel.CLOSE),
        ("carrie", "cazzie", NameLevel.ALIKE),
    ],
)
def test_what_is_no_known_name_may_be_a_slip(a: str, b: str, level: NameLevel) -> None:
    assert compare_given_words(a, b).level == level


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        ("fenwick", "fenwcik", NameLevel.CLOSE),
        ("fenwick", "fenwck", NameLevel.CLOSE),
        ("fenwick", "fenvick", NameLevel.SPELLING),
        ("cromwell", "crornwell", NameLevel.CLOSE),
        ("fenwick", "kenwicf", NameLevel.CLOSE),
        ("tran", "tlan", NameLevel.CLOSE),
        ("lee", "le", NameLevel.ALIKE),
        ("fenwick", "stanley", NameLevel.CONFLICT),
        ("fen", "fenwick", NameLevel.PREFIX),
        ("carla", "karla", NameLevel.SPELLING),
    ],
)
def test_slips_scans_and_shuffles_are_told_from_other_words(
    a: str, b: str, level: NameLevel
) -> None:
    assert compare_words(a, b).level == level


@pytest.mark.parametrize(
    ("a", "b", "suffix"),
    [("Jo Fenwick Jr", "Jo Fenwick Sr", -1), ("Jo Fenwick Jr", "Jo Fenwick Junior", 1)],
)
def test_a_suffix_tells_father_from_son(a: str, b: str, suffix: int) -> None:
    assert compare_people(parse_person(a), parse_person(b)).suffix == suffix
    assert compare_people(parse_person(a), parse_person("Jo Fenwick")).suffix == 0


@pytest.mark.parametrize(
    ("a", "b", "middle"),
    [
        ("Joan Q. Fenwick", "Joan Q. Fenwick", NameLevel.INITIAL),
        ("Joan Q. Fenwick", "Joan R. Fenwick", NameLevel.OTHER_INITIAL),
        ("Joan Lena Fenwick", "Joan L. Fenwick", NameLevel.INITIAL),
        ("Joan Fenwick", "Joan R. Fenwick", NameLevel.MISSING),
    ],
)
def test_middle_names_are_compared_too(a: str, b: str, middle: NameLevel) -> None:
    assert compare_people(parse_person(a), parse_person(b)).middle == middle


def test_swapped_columns_are_noticed() -> None:
    found = compare_people(parse_person("", "Joan", "Fenwick"), parse_person("", "Fenwick", "Joan"))
    assert (found.given, found.surname, found.is_transposed) == (E, E, True)
    assert (found.given_words, found.surname_words) == (("joan",), ("fenwick",))


def test_the_words_that_agree_are_given_for_weighing() -> None:
    found = compare_people(parse_person("Bob Prado López"), parse_person("Robert López"))
    assert found.given_words == ("bob", "robert")
    assert found.surname_words == ("lopez",)


_WORDS = st.sampled_from(
    [
        *("joan", "keith", "j", "robert", "bob", "bert", "anna", "anna-maria", "maria", "unknown"),
        *("lopez", "garcia", "stanley", "stanely", "müller", "mueller", "wang", "nguyen,", "smith"),
        *("van", "de", "la", "mc", "donald", "o", "brien", "jr", "dr.", "x"),
    ]
)
_NAMES = st.lists(_WORDS, max_size=5).map(" ".join)


@given(_NAMES, _NAMES)
def test_comparing_is_symmetric(a: str, b: str) -> None:
    ours, theirs = parse_person(a), parse_person(b)
    assert compare_people(ours, theirs) == compare_people(theirs, ours)


@given(_NAMES)
def test_a_name_agrees_with_itself(name: str) -> None:
    person = parse_person(name)
    found = compare_people(person, person)
    assert found.given in (E, NameLevel.INITIAL, NameLevel.MISSING)
    assert found.surname in (E, NameLevel.INITIAL, NameLevel.MISSING)
    assert found.suffix >= 0
