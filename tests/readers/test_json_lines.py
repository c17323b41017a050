"""JSON Lines and arrays become a table; whatever is no object is one bad row, and no more."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import UnreadableFile
from tests.readers.prepared import read_cells, read_file

ANN = {"name": "Ann Lee", "emails": ["ann@x.com", "lee@x.com"], "phone": 447912345678}
BOB = {"name": "Bob", "email": "bob@x.com", "address": {"city": "Bonn", "zip": "01234"}}
FOUND = [
    {"name": "Ann Lee", "emails": "ann@x.com; lee@x.com", "phone": "447912345678"},
    {"name": "Bob", "email": "bob@x.com", "address.city": "Bonn", "address.zip": "01234"},
]


@pytest.mark.parametrize(
    "text",
    [
        f"{json.dumps(ANN)}\n\n{json.dumps(BOB)}",
        f"\ufeff{json.dumps(ANN)}\r\n{json.dumps(BOB)}\r\n",
        json.dumps([ANN, BOB]),
        json.dumps([ANN, BOB], indent=2),
        f"{json.dumps(ANN, indent=2)}\n{json.dumps(BOB, indent=2)}",
        json.dumps({"data": [ANN, BOB], "next": None}),
        json.dumps({"total": 2, "results": [ANN, BOB]}, indent=2),
        f"{json.dumps({'items': [ANN]})}\n{json.dumps({'items': [BOB]})}",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_objects_become_rows_however_they_are_written(
    tmp_path: Path, text: str, encoding: str
) -> None:
    plan, found = read_file(
        tmp_path, text.removeprefix("\ufeff" * (encoding != "utf-8")).encode(encoding)
    )
    assert plan.format == "jsonl"
    assert [dict(one.raw) for one in found] == FOUND
    assert [one.row for one in found] == [1, 2]
    assert found[1].fields["city"] == "Bonn"


def test_lists_of_objects_become_columns_like_those_of_an_address_book(tmp_path: Path) -> None:
    phones = [{"type": "work", "value": "+1 415 555 2671"}, {"type": "home", "value": "030 12"}]
    _, (found,) = read_file(tmp_path, json.dumps({"name": "Ann", "phones": phones}).encode())
    assert list(found.phones) == ["+1 415 555 2671", "030 12"]
    assert found.raw["phones.2.type"] == "home"
    assert dict(found.custom) == {}


def test_arrays_of_plain_values_are_a_table_with_a_header(tmp_path: Path) -> None:
    text = b'["Name","Email"]\n["Ann","ann@x.com"]\n["Bob",null]\n'
    assert read_cells(tmp_path, text) == [{"Name": "Ann", "Email": "ann@x.com"}, {"Name": "Bob"}]


def test_every_type_of_value_becomes_text_without_loss(tmp_path: Path) -> None:
    text = b"""{"int": 12345678901234567890123, "float": 4.47912345678e11, "half": 1.5, "yes": true,
    "none": null, "empty": "", "text": "a \\"b\\"\\n,c", "deep": {"a": {"b": [1, [2, 3]]}}}"""
    (found,) = read_cells(tmp_path, text)
    assert found == {
        "int": "12345678901234567890123",
        "float": "447912345678",
        "half": "1.5",
        "yes": "true",
        "text": 'a "b"\n,c',
        "deep.a.b.1": "1",
        "deep.a.b.2": "2; 3",
    }


@pytest.mark.parametrize(
    "line", ['{"name": "Bob", email}', "nothing", "[1, 2]", '"text"', "{}", '{"name": " "}', "null"]
)
def test_a_bad_line_is_one_bad_row_and_the_others_keep_their_numbers(
    tmp_path: Path, line: str
) -> None:
    text = f'{{"name": "Ann", "email": "a@x.com"}}\n{line}\n{{"name": "Cy", "email": "c@x.com"}}\n'
    _, found = read_file(tmp_path, text.encode())
    assert [one.row for one in found] == [1, 2, 3]
    assert [one.fields.get("name") for one in found] == ["Ann", None, "Cy"]
    (issue,) = found[1].issues
    assert issue.code == "broken_row"
    assert not found[0].issues
    assert not found[2].issues


def test_an_array_that_breaks_off_tells_so_in_its_last_row(tmp_path: Path) -> None:
    _, found = read_file(tmp_path, b'[{"name": "Ann"},\n {"name": "Bob"}, {"name": "C')
    assert [one.fields.get("name") for one in found] == ["Ann", "Bob", None]
    assert found[2].issues[0].expected == "a JSON object; from here on nothing can be read"
    _, found = read_file(tmp_path, b'[{"name": "Ann"},\n {"name": "Bob"},\n')
    assert found[2].issues[0].expected == "a closing ']' at the end of the file"


@pytest.mark.parametrize("text", ["[]", "{}", "[[[[", '{"name": "Ann'])
def test_a_file_without_any_record_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UnreadableFile, match="no record at all"):
        read_file(tmp_path, text.encode())


def test_fields_beyond_all_columns_are_kept_in_one(tmp_path: Path) -> None:
    wide = {f"field {number}": "x" for number in range(2_010)}
    _, (found,) = read_file(tmp_path, json.dumps({"name": "Ann", **wide}).encode())
    assert found.raw["other fields"].startswith("field 1999: x; field 2000: x")
    assert found.raw["other fields"].endswith("field 2009: x")


VALUE = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(st.text(max_size=5), VALUE, max_size=4), min_size=1, max_size=5))
def test_every_object_is_one_row(tmp_path: Path, objects: list[dict[str, Any]]) -> None:
    first = {"name": "Ann"}
    lines = "\n".join(json.dumps(one) for one in [first, *objects])
    _, found = read_file(tmp_path, lines.encode())
    assert [one.row for one in found] == list(range(1, len(objects) + 2))
    _, again = read_file(tmp_path, json.dumps([first, *objects]).encode())
    assert [one.raw for one in again] == [one.raw for one in found]
