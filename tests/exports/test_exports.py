"""Exports are safe to open in a spreadsheet, and come back exactly."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.exports.registry import EXPORTERS
from pipeline.readers.files import prepare_file, read_batch
from pipeline.readers.own_export import COLUMNS
from pipeline.records import RawRecord

LEAD: dict[str, Any] = {
    "id": 7,
    "name": "Ann Lee",
    "email": "ann@x.com",
    "phone": "+14155552671",
    "status": "new",
    "source": "LinkedIn",
    "created_at": datetime(2026, 5, 1, 12, tzinfo=UTC),
    "updated_at": datetime(2026, 5, 1, 12, tzinfo=UTC),
    "company": None,
    "title": "=cmd|' /C calc'!A0",
    "website": "https://acme.com",
    "other_emails": ["a@x.com", "b@x.com"],
    "other_phones": [],
    "custom": {"Industry": "Steel, iron", "source": "Fair"},
}


def _csv_rows(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text, newline="")))


def test_csv_holds_a_lead_in_one_flat_row() -> None:
    text = "".join(EXPORTERS["csv"].write([LEAD], ["Industry", "source", "Size"]))
    header, row = _csv_rows(text)
    assert header == [*COLUMNS, "Industry", "custom:source", "Size"]
    lead = dict(zip(header, row, strict=True))
    assert lead["id"] == "7"
    assert lead["created_at"] == "2026-05-01T12:00:00+00:00"
    assert lead["company"] == ""
    assert lead["other_emails"] == "a@x.com; b@x.com"
    assert (lead["Industry"], lead["custom:source"], lead["Size"]) == ("Steel, iron", "Fair", "")


def test_csv_disarms_formulas_but_not_phones() -> None:
    _, row = _csv_rows("".join(EXPORTERS["csv"].write([LEAD])))
    lead = dict(zip(COLUMNS, row, strict=True))
    assert lead["title"].startswith("'=")
    assert lead["phone"] == "+14155552671"


def test_an_export_without_leads_is_a_header() -> None:
    assert _csv_rows("".join(EXPORTERS["csv"].write([]))) == [list(COLUMNS)]
    assert "".join(EXPORTERS["jsonl"].write([])) == ""


def test_only_the_excel_export_begins_with_a_mark() -> None:
    assert "".join(EXPORTERS["excel"].write([])).startswith("\ufeffid,")
    assert "".join(EXPORTERS["csv"].write([])).startswith("id,")


def test_an_export_flows_in_chunks() -> None:
    taken = 0

    def leads() -> Iterator[dict[str, Any]]:
        nonlocal taken
        for _ in range(10_000):
            taken += 1
            yield LEAD

    chunks = EXPORTERS["csv"].write(leads())
    while len(next(chunks)) < 100:
        pass
    assert taken <= 1_000


def test_json_lines_keep_types() -> None:
    (line,) = "".join(EXPORTERS["jsonl"].write([LEAD], ["Industry"])).splitlines()
    lead = json.loads(line)
    assert lead["id"] == 7
    assert lead["company"] is None
    assert lead["other_emails"] == ["a@x.com", "b@x.com"]
    assert lead["custom"] == {"Industry": "Steel, iron"}
    assert lead["created_at"] == "2026-05-01T12:00:00Z"
    (whole,) = "".join(EXPORTERS["jsonl"].write([LEAD])).splitlines()
    assert json.loads(whole)["custom"] == LEAD["custom"]


def _read_back(folder: Path, text: str) -> list[RawRecord]:
    (folder / "export.csv").write_bytes(text.encode())
    plan, split = prepare_file(folder / "export.csv", folder / "copy.csv", batch_rows=3)
    return [
        record
        for part in split.batches
        for record in read_batch(folder / "copy.csv", plan, *part[:3])
    ]


VALUE = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20) | st.text(
    "=+-@'\t\r\n\",; x1", min_size=1, max_size=6
)
FIELDS = ["name", "status", "source", "company", "title", "website"]


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.fixed_dictionaries(dict.fromkeys(FIELDS, VALUE) | {"Industry": VALUE, "id": VALUE}),
        max_size=5,
    ),
    st.sampled_from(["csv", "excel"]),
)
def test_every_value_comes_back_as_it_was(
    tmp_path: Path, leads: list[dict[str, str]], name: str
) -> None:
    rows = [
        {"id": 1, **{f: lead[f] for f in FIELDS}, "email": "ann@x.com", "phone": "+14155552671"}
        | {"custom": {"Industry": lead["Industry"], "id": lead["id"]}}
        for lead in leads
    ]
    records = _read_back(tmp_path, "".join(EXPORTERS[name].write(rows, ["Industry", "id"])))
    assert [dict(record.fields) for record in records] == [
        {field: lead[field] for field in FIELDS} for lead in leads
    ]
    assert [dict(record.custom) for record in records] == [
        {"Industry": lead["Industry"], "id": lead["id"]} for lead in leads
    ]
    assert all(record.emails == ["ann@x.com"] for record in records)
    assert all(record.phones == ["+14155552671"] for record in records)


@pytest.mark.parametrize("name", sorted(EXPORTERS))
def test_every_exporter_says_what_it_makes(name: str) -> None:
    exporter = EXPORTERS[name]
    assert "charset=utf-8" in exporter.media_type
    assert exporter.suffix.startswith(".")
