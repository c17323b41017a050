"""JSON Lines keep types."""

import json

from tests.exports.rows import LEAD, lead_row, write


def test_json_lines_hold_a_lead_whole() -> None:
    (line,) = write("jsonl", lead_row()).splitlines()
    assert json.loads(line) == LEAD
    assert line.startswith(b'{"id":7,"name":"Ann Lee",')


def test_custom_fields_stand_in_order_of_name_however_they_were_stored() -> None:
    assert list(json.loads(write("jsonl", lead_row()))["custom"]) == ["Industry", "source"]


def test_no_leads_are_no_lines() -> None:
    assert write("jsonl") == b""
