"""Which columns are compared: as chosen by ``--map``, or guessed and told."""

from pathlib import Path

import pytest

from pipeline.dedupe_file.guessing import guess_columns
from pipeline.dedupe_file.table import open_table
from tests.dedupe_file.conftest import PEOPLE, Dedupe, write_csv

PERSONS = [
    line.split(",")
    for line in (
        "rec_id,true_id,given_name,surname,street_number,address_1,address_2,suburb,zip,dob,ssn",
        "r1,e1,ann,hale,12,oak street,flat b,perth,6000,19610304,1234567",
        "r2,e1,anne,hale,12,oak st,,perth,6000,19610304,1234567",
        "r3,e2,carl,orr,7,elm road,,perth,6001,19820911,7654321",
    )
]


def test_columns_are_chosen_by_field(dedupe: Dedupe) -> None:
    told = dedupe(PEOPLE, "--map", "name=FULL_NAME,phone=tel", "--json").json
    assert told["mapping"] == {"name": ["full_name"], "phone": ["tel"]}
    assert told["mapping_guessed"] is False


def test_a_field_may_have_several_columns(dedupe: Dedupe) -> None:
    text = 'id,a,b,"Town, part",n\n1,Oak Street,12,Rome,Ann Lee\n2,Oak Street,12,Rome,Ann Lee\n'
    told = dedupe(text, "--map", "address=b,address=a", "--map", "city=Town, part,name=n", "--json")
    assert told.json["mapping"] == {"name": ["n"], "address": ["b", "a"], "city": ["Town, part"]}


@pytest.mark.parametrize(
    ("choice", "says"),
    [
        ("nmae=full_name", "no field 'nmae'. There are: name, given_name"),
        ("name=fullname", "no column 'fullname'. It has: id, full_name, mail, tel, city"),
        ("name", "write it as FIELD=COLUMN"),
        ("name=", "write it as FIELD=COLUMN"),
    ],
)
def test_a_choice_that_names_nothing_is_refused(dedupe: Dedupe, choice: str, says: str) -> None:
    found = dedupe(PEOPLE, "--map", choice)
    assert found.status == 2
    assert says in found.err


def test_where_nothing_can_be_guessed_a_person_is_asked(dedupe: Dedupe) -> None:
    found = dedupe("qux,zork\n1,2\n3,4\n")
    assert found.status == 2
    assert "--map name=qux" in found.err


def test_dates_of_birth_numbers_of_persons_and_parts_of_addresses_are_guessed(
    tmp_path: Path,
) -> None:
    with open_table(write_csv(tmp_path / "in.csv", PERSONS)) as table:
        found = guess_columns(table).by_name(table.names)
    assert found == {
        "given_name": ["given_name"],
        "surname": ["surname"],
        "address": ["street_number", "address_1", "address_2"],
        "city": ["suburb"],
        "postcode": ["zip"],
        "birth_date": ["dob"],
        "id_number": ["ssn"],
    }


def test_a_number_that_no_two_rows_share_is_no_evidence(tmp_path: Path) -> None:
    rows = [[*PERSONS[0]], *([*row[:-1], str(at)] for at, row in enumerate(PERSONS[1:]))]
    with open_table(write_csv(tmp_path / "in.csv", rows)) as table:
        assert "id_number" not in guess_columns(table).places


@pytest.mark.parametrize(
    ("title", "value"),
    [
        ("DOB", "04/03/1961"),
        ("Birth Date", "1961-03-04"),
        ("dateOfBirth", "4 Mar 1961"),
        ("Geburtsdatum", "4.3.1961"),
        ("Fecha de nacimiento", "04-03-1961"),
        ("Date de naissance", "04/03/61"),
        ("生年月日", "1961/3/4"),
    ],
)
def test_a_date_of_birth_is_known_in_many_words(tmp_path: Path, title: str, value: str) -> None:
    rows = [["name", title], ["Ann Lee", value], ["Bo Li", value]]
    with open_table(write_csv(tmp_path / "in.csv", rows)) as table:
        assert guess_columns(table).by_name(table.names)["birth_date"] == [title]


def test_the_parts_of_a_date_of_birth_are_joined(tmp_path: Path) -> None:
    rows = [["fname", "lname", "bm", "by", "bd"], ["Ann", "Lee", "3", "1961", "4"]]
    with open_table(write_csv(tmp_path / "in.csv", rows)) as table:
        columns = guess_columns(table)
        assert columns.values(rows[1])["birth_date"] == "1961 3 4"


def test_an_email_and_a_phone_in_one_column_are_told_apart(tmp_path: Path) -> None:
    rows = [
        ["name", "email or phone"],
        ["Ann Lee", "ann@example.com"],
        ["Bo Li", "+1 415 555 2671"],
        ["Cy Orr", "cy@example.com / 212 555 0143"],
    ]
    with open_table(write_csv(tmp_path / "in.csv", rows)) as table:
        columns = guess_columns(table)
    assert [columns.values(row) for row in rows[1:]] == [
        {"name": "Ann Lee", "email": ["ann@example.com"]},
        {"name": "Bo Li", "phone": ["+1 415 555 2671"]},
        {"name": "Cy Orr", "email": ["cy@example.com"], "phone": ["212 555 0143"]},
    ]


@pytest.mark.parametrize(
    ("titles", "values", "chosen"),
    [
        (["name", "ID"], [["Ann Lee", "1"], ["Bo Li", "2"]], "ID"),
        (["name", "ID"], [["Ann Lee", "1"], ["Bo Li", "1"]], None),
        (["name", "ID"], [["Ann Lee", "1"], ["Bo Li", ""]], None),
        (["customer_id", "name", "Record ID"], [["1", "Ann", "a"], ["2", "Bo", "b"]], "Record ID"),
        (["customer_id", "name", "id"], [["1", "Ann", "a"], ["2", "Bo", "a"]], "customer_id"),
    ],
)
def test_rows_go_by_a_column_that_names_each_of_them(
    dedupe: Dedupe, tmp_path: Path, titles: list[str], values: list[list[str]], chosen: str | None
) -> None:
    found = dedupe(
        write_csv(tmp_path / "in.csv", [titles, *values]), "--map", "name=name", "--json"
    )
    assert found.json["id"] == chosen


def test_a_chosen_column_of_ids_must_name_each_row(dedupe: Dedupe) -> None:
    assert dedupe(PEOPLE, "--id", "tel").status == 2
    twice = dedupe(PEOPLE, "--id", "full_name")
    assert "'Ann Fielding' stands there twice" in twice.err
    assert "no column 'nr'" in dedupe(PEOPLE, "--id", "nr").err


@pytest.mark.parametrize(
    ("titles", "row", "expected"),
    [
        (
            "res_street_address,res_city_desc,state_cd,zip_code,last_name",
            "12 Oak St,Raleigh,NC,27601,Hale",
            "surname=last_name,address=res_street_address,city=res_city_desc,postcode=zip_code",
        ),
        ("Site name,Agency,Phone", "Oak Street Centre,City,4155550101", "name=Site name"),
        ("restaurant_name,street,city", "Chez Ann,1 Rue Haute,Paris", "name=restaurant_name"),
        ("vendor name,file name", "Hale Works,hale.csv", "name=vendor name"),
        ("surname,birth_city,ip_address", "Hale,Rome,10.0.0.1", "surname=surname"),
        ("surname,file name,email status", "Hale,a.csv,valid", "surname=surname"),
    ],
)
def test_odd_titles_are_understood_where_nothing_surer_is_there(
    tmp_path: Path, titles: str, row: str, expected: str
) -> None:
    path = write_csv(tmp_path / "in.csv", [titles.split(","), row.split(",")])
    with open_table(path) as table:
        assert guess_columns(table).as_option(table.names).startswith(expected)
