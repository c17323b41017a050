"""Our own exports, in every format, come back as the leads they were made of."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.exports import workbook
from pipeline.exports.registry import EXPORTERS
from pipeline.normalize.statuses import STATUSES
from pipeline.readers.own_export import COLUMNS
from tests.readers.prepared import read_file

LEAD = {
    "id": 7,
    "name": "Ann Lee",
    "email": "ann@x.com",
    "phone": "+14155552671",
    "status": "new",
    "source": "LinkedIn",
    "created_at": "2026-05-01T12:00:00+00:00",
    "updated_at": "2026-05-01T12:00:00+00:00",
    "company": "Acme, Inc.; Ltd",
    "title": "=cmd|' /C calc'!A0",
    "website": "https://acme.com/a;b,c",
    "other_emails": ["a@x.com", "b@x.com"],
    "other_phones": ["+442079460000"],
}
TELLING = ["name", "company", "title", "website", "source", "status"]
# What a spreadsheet would take for a formula, and what the formats escape.
VALUE = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20) | st.text(
    "=+-@'\t\n\",;:\\_x0D_ &<>", min_size=1, max_size=8
)


def _export(name: str, leads: list[dict[str, Any]], custom: list[dict[str, str]]) -> bytes:
    rows = [
        (*(lead.get(column) for column in COLUMNS), own)
        for lead, own in zip(leads, custom, strict=True)
    ]
    fields = sorted({field for own in custom for field in own})
    exporter = EXPORTERS[name]
    return b"".join(exporter.write([rows], fields if exporter.flat else ()))


@pytest.mark.parametrize("name", sorted(EXPORTERS))
def test_every_format_says_the_same(tmp_path: Path, name: str) -> None:
    custom = {"Industry": "Steel, iron", "source": "Fair", "custom:x": "'=1+1", "notes": "a\nb"}
    bare = dict.fromkeys(COLUMNS) | {"id": 8, "name": "Bob", "status": "new", "source": "x"}
    bare |= {"email": "bob@x.com", "other_emails": [], "other_phones": []}
    _, found = read_file(tmp_path, _export(name, [LEAD, bare], [custom, {}]))
    ann, bob = found
    assert dict(ann.fields) == {field: LEAD[field] for field in TELLING}
    assert dict(ann.custom) == custom
    assert ann.emails == ["ann@x.com", "a@x.com; b@x.com"]
    assert ann.phones == ["+14155552671", "+442079460000"]
    assert dict(bob.fields) == {"name": "Bob", "status": "new", "source": "x"}
    assert (bob.emails, bob.phones, dict(bob.custom)) == (["bob@x.com"], [], {})


@pytest.mark.parametrize("name", ["csv", "jsonl", "xlsx"])
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    leads=st.lists(
        st.fixed_dictionaries(
            {**dict.fromkeys([*TELLING, "Industry"], VALUE), "status": st.sampled_from(STATUSES)}
        ),
        min_size=1,
        max_size=4,
    )
)
def test_every_value_comes_back_as_it_was(
    tmp_path: Path, name: str, leads: list[dict[str, str]]
) -> None:
    rows = [{**LEAD, **{field: lead[field] for field in TELLING}} for lead in leads]
    content = _export(name, rows, [{"Industry": lead["Industry"]} for lead in leads])
    _, found = read_file(tmp_path, content)
    assert [dict(one.fields) for one in found] == [
        {field: lead[field] for field in TELLING} for lead in leads
    ]
    assert [dict(one.custom) for one in found] == [{"Industry": one["Industry"]} for one in leads]


def test_a_workbook_that_goes_on_in_further_sheets_is_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 4)
    leads = [
        (*({**LEAD, "id": number}.get(column) for column in COLUMNS), {}) for number in range(8)
    ]
    batches = [leads[place : place + 2] for place in range(0, 8, 2)]
    plan, found = read_file(tmp_path, b"".join(workbook.write_workbook(batches)))
    assert len(plan.sheets) == 4
    assert [one.raw["id"] for one in found] == [str(number) for number in range(8)]
