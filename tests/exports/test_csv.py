"""CSV is safe to open in a spreadsheet, and comes back exactly."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.exports.columns import COLUMNS, LeadRow
from pipeline.exports.registry import EXPORTERS
from pipeline.normalize.formulas import RISKY
from pipeline.readers.files import prepare_file
from pipeline.records import RawRecord
from tests.exports.rows import CUSTOM, lead_row, write
from tests.imports import read_records


def _csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_holds_a_lead_in_one_flat_row() -> None:
    header, row = _csv_rows(write("csv", lead_row(), custom=(*CUSTOM, "Size")))
    assert header == [*COLUMNS, "Industry", "custom:source", "Size"]
    lead = dict(zip(header, row, strict=True))
    assert lead["id"] == "7"
    assert lead["created_at"] == "2026-05-01T12:00:00.000001Z"
    assert lead["company"] == ""
    assert lead["other_emails"] == "a@example.com; b@example.com"
    assert (lead["Industry"], lead["custom:source"], lead["Size"]) == ("Steel, iron", "Fair", "")


def test_csv_disarms_formulas_but_not_phones() -> None:
    custom = {"Industry": "＝1+1", "source": "+1+cmd"}
    leads = lead_row(custom=custom), lead_row(phone="+1 415 555 2671")
    _, first, second = _csv_rows(write("csv", *leads))
    lead = dict(zip((*COLUMNS, "Industry", "custom:source"), first, strict=True))
    assert lead["title"] == "'=cmd|' /C calc'!A0"
    assert (lead["Industry"], lead["custom:source"]) == ("'＝1+1", "'+1+cmd")
    assert (lead["phone"], second[3]) == ("+14155552671", "+1 415 555 2671")


def test_a_custom_field_cannot_be_a_formula_by_its_name() -> None:
    header, _ = _csv_rows(write("csv", lead_row(custom={"=1+1": "x"}), custom=("=1+1",)))
    assert header[-1] == "'=1+1"


def test_an_export_without_leads_is_a_header() -> None:
    assert _csv_rows(write("csv", custom=())) == [list(COLUMNS)]


def test_only_the_excel_export_begins_with_a_mark() -> None:
    assert write("excel").startswith(b"\xef\xbb\xbfid,")
    assert write("csv").startswith(b"id,")
    assert write("excel", lead_row())[3:] == write("csv", lead_row())


@pytest.mark.parametrize("name", sorted(EXPORTERS))
def test_an_export_flows_in_chunks(name: str) -> None:
    taken = 0

    def leads() -> Iterator[list[LeadRow]]:
        nonlocal taken
        for number in range(100):
            taken += 1
            yield [lead_row(id=number, name=f"{number} {hash(str(number))}")] * 1_000

    chunks = iter(EXPORTERS[name].write(leads(), ()))
    while len(next(chunks)) < 100:
        pass
    assert taken <= 3
    assert sum(map(len, chunks)) > 100_000


def _read_back(folder: Path, content: bytes) -> list[RawRecord]:
    (folder / "export.csv").write_bytes(content)
    plan, split = prepare_file(folder / "export.csv", folder / "copy.csv", batch_rows=3)
    return [
        record for part in split.batches for record in read_records(folder / "copy.csv", plan, part)
    ]


# No lead holds a NUL: neither database would store it.
VALUE = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=20
) | st.text("".join(sorted(RISKY)) + '",; x1', min_size=1, max_size=6)
FIELDS = ["name", "source", "company", "title", "website"]


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
    customs = [{"Industry": lead["Industry"], "id": lead["id"]} for lead in leads]
    rows = [
        lead_row(**{field: lead[field] for field in FIELDS}, other_emails=[], custom=custom)
        for lead, custom in zip(leads, customs, strict=True)
    ]
    records = _read_back(tmp_path, write(name, *rows, custom=("Industry", "id")))
    assert [dict(record.fields) for record in records] == [
        {"status": "new"} | {field: lead[field] for field in FIELDS} for lead in leads
    ]
    assert [dict(record.custom) for record in records] == customs
    assert all(record.emails == ["ann@example.com"] for record in records)
    assert all(record.phones == ["+14155552671"] for record in records)
