"""A row becomes a raw record: nothing cleaned, nothing lost."""

import json
from time import process_time

import pytest

from pipeline.errors import InvalidInput
from pipeline.readers.mapping import Column, Mapping
from pipeline.records import Issue, RawRecord, Severity

HEADER = ["Name", "Email", "Email 2", "Phone", "Industry", "Phone - Type"]
MAPPING = Mapping(HEADER, ["name", "email", "email", "phone", "", "-"])


def test_a_row_becomes_a_record_as_published() -> None:
    cells = [" Ann ", "ANN@x.com", "b@x.com; c@x.com", "415", "Steel", "Work"]
    assert MAPPING.record(7, cells) == RawRecord(
        fields={"name": " Ann "},
        emails=["ANN@x.com", "b@x.com; c@x.com"],
        phones=["415"],
        custom={"Industry": "Steel"},
        raw=dict(zip(HEADER, cells, strict=True)),
        row=7,
    )


def test_empty_cells_leave_no_trace() -> None:
    record = MAPPING.record(1, ["", "ann@x.com", "", "", "", ""])
    assert record.fields == {}
    assert record.emails == ["ann@x.com"]
    assert record.phones == []
    assert record.custom == {}
    assert record.raw == {"Email": "ann@x.com"}
    assert record.issues == ()


def test_a_short_row_is_filled_with_blanks_and_says_so() -> None:
    record = MAPPING.record(1, ["Ann", "ann@x.com"])
    assert record.raw == {"Name": "Ann", "Email": "ann@x.com"}
    (issue,) = record.issues
    assert (issue.code, issue.severity) == ("missing_cells", Severity.WARNING)
    assert issue.field == ", ".join(MAPPING.header[2:])


def test_a_short_row_lacks_nothing_where_the_columns_have_no_name() -> None:
    mapping = Mapping(["Name", "Email", "column_3"], ["name", "email", ""])
    assert mapping.record(1, ["Ann", "ann@x.com"]).issues == ()


def test_a_mended_row_is_taken_with_a_warning() -> None:
    record = MAPPING.record(1, ["Ann", "ann@x.com", "", "", "", ""], oddity="mended_row")
    assert [issue.severity for issue in record.issues] == [Severity.WARNING]


def test_a_long_row_keeps_its_extra_cells_and_says_so() -> None:
    record = MAPPING.record(1, ["Ann", "a@x.com", "", "", "Steel", "", "more", "", "most"])
    assert record.custom == {"Industry": "Steel", "column_7": "more", "column_9": "most"}
    assert record.raw["column_9"] == "most"
    assert record.issues == (
        Issue(
            "extra_cells",
            "column_7, column_9",
            "more | most",
            "6 cells, as in the header",
            Severity.WARNING,
        ),
    )


def test_trailing_delimiters_are_no_extra_cells() -> None:
    assert MAPPING.record(1, ["Ann", "a@x.com", "", "", "", "", "", " "]).issues == ()


def test_a_broken_row_cannot_become_a_lead() -> None:
    record = MAPPING.record(3, ["Ann", "ann@x.com,,"], oddity="broken_row")
    (issue,) = record.issues
    assert (issue.code, issue.severity) == ("broken_row", Severity.ERROR)
    assert record.raw == {"Name": "Ann", "Email": "ann@x.com,,"}


def test_a_cell_of_addresses_and_phones_gives_both() -> None:
    mapping = Mapping(["Email / Phone"], ["contact"])
    record = mapping.record(1, ["ann@x.com, +1 415 555 2671"])
    assert record.emails == ["ann@x.com"]
    assert record.phones == ["+1 415 555 2671"]
    assert mapping.record(1, ["+1 415 555 2671"]).phones == ["+1 415 555 2671"]
    assert mapping.record(1, ["none"]).phones == []
    assert mapping.record(1, []).emails == []


def test_a_number_that_its_label_calls_a_fax_is_no_phone() -> None:
    header = ["Phone 1 - Type", "Phone 1 - Value", "Phone 2 - Type", "Phone 2 - Value"]
    mapping = Mapping(header, ["-", "phone", "-", "phone"])
    for row in (["Mobile", "415", "Work Fax", "416"], ["Mobile", "415", "Work Fax", "416", "x"]):
        record = mapping.record(1, row)
        assert record.phones == ["415"]
        assert record.custom["Phone 2 - Value"] == "416"
    assert mapping.record(1, ["Home", "415", "Work", "416"]).phones == ["415", "416"]
    assert mapping.record(1, ["Home Fax", "", "Fax"]).custom == {}


def test_a_mapping_survives_json() -> None:
    again = Mapping.from_json(json.loads(json.dumps(MAPPING.to_json())))
    assert again == MAPPING
    assert again.record(1, ["Ann"]) == MAPPING.record(1, ["Ann"])


def test_a_chosen_column_takes_the_place_of_the_guessed_one() -> None:
    guessed = Mapping(["Name", "Contact", "Mail"], ["name", "", "email"])
    chosen = guessed.remapped({" contact ": "name", "Mail": "custom"})
    assert chosen.kinds == ["", "name", ""]
    assert chosen.confidence == [0.0, 1.0, 1.0]
    assert guessed.remapped({"Contact": "email"}).kinds == ["name", "email", "email"]
    assert guessed.remapped({"Contact": "ignore"}).kinds == ["name", "-", "email"]


def test_a_mapping_of_before_there_was_confidence_can_be_read() -> None:
    mapping = Mapping.from_json({"header": ["Name", "Hobby"], "kinds": ["name", ""]})
    assert mapping.confidence == [1.0, 0.0]
    assert mapping.origin == "guessed"


def test_columns_are_shown_with_some_of_their_values() -> None:
    mapping = Mapping(["Name", "Hobby"], ["name", ""], confidence=[0.9, 0.0])
    rows = [["Ann", ""], ["Bob"], ["Ann", "Chess"], *([f"P{n}", "Go"] for n in range(9))]
    assert mapping.describe(rows) == [
        Column("Name", "name", 0.9, ["Ann", "Bob", "P0", "P1", "P2"]),
        Column("Hobby", "custom", 0.0, ["Chess", "Go"]),
    ]
    assert mapping.describe()[0] == Column("Name", "name", 0.9, [])


def test_mapping_a_row_takes_no_time() -> None:
    mapping = Mapping([f"h{n}" for n in range(12)], ["name", "email", "phone", *[""] * 9])
    cells = ["Ann Lee", "ann@x.com", "+1 415 555 2671", *["value"] * 9]
    start = process_time()
    for row in range(50_000):
        mapping.record(row, cells)
    assert process_time() - start < 1.0


def test_a_person_may_choose_what_a_column_is() -> None:
    chosen = MAPPING.remapped({"Industry": "company", "Phone": "-"})
    record = chosen.record(1, ["Ann", "a@x.com", "", "415", "Steel", ""])
    assert record.fields == {"name": "Ann", "company": "Steel"}
    assert record.phones == []
    guessed = Mapping(["Name", "Mail"], ["name", "email"], confidence=[0.9, 0.7])
    assert guessed.remapped({"Mail": "phone"}).confidence == [0.9, 1.0]
    with pytest.raises(InvalidInput, match="Only one column can be the name"):
        MAPPING.remapped({"Name": "name", "Industry": "name"})
    with pytest.raises(InvalidInput, match="no column 'Colour'"):
        MAPPING.remapped({"Colour": "name"})
    with pytest.raises(InvalidInput, match="no kind 'colour'"):
        MAPPING.remapped({"Name": "colour"})
