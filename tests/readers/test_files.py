"""A file is prepared once, and read batch by batch by anybody who has its plan."""

import json
from pathlib import Path

import pytest

from pipeline.errors import UnreadableFile
from pipeline.readers.files import FilePlan, prepare_file
from tests.imports import read_records

CONNECTIONS = (
    "Notes:\r\n"
    '"When exporting your connection data, you may notice that some addresses are missing."\r\n'
    "\r\n"
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\r\n"
    "Zoë,Müller,https://www.linkedin.com/in/zoe,zoe@x.com,Acme,CEO,12 Mar 2024\r\n"
    "Ann,Lee,https://www.linkedin.com/in/ann,,Acme,CTO,13 Mar 2024\r\n"
)
ADS = (
    "id\tcreated_time\tplatform\tfull_name\tphone_number\temail\r\n"
    "l:1\t2026-05-01\tfb\tAnn Lee\tp:+14155552671\tann@x.com\r\n"
)


def _prepare(folder: Path, content: bytes) -> tuple[FilePlan, list[dict[str, object]]]:
    (folder / "given").write_bytes(content)
    plan, split = prepare_file(folder / "given", folder / "copy", batch_rows=1)
    plan = FilePlan.from_json(json.loads(json.dumps(plan.to_json())))
    found = [
        {"row": record.row, **record.fields, "emails": record.emails, "phones": record.phones}
        for part in split.batches
        for record in read_records(folder / "copy", plan, part)
    ]
    return plan, found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_linkedin_export_is_understood_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    plan, found = _prepare(tmp_path, CONNECTIONS.encode(encoding))
    assert found[0] == {
        "row": 1,
        "given_name": "Zoë",
        "surname": "Müller",
        "company": "Acme",
        "title": "CEO",
        "emails": ["zoe@x.com"],
        "phones": [],
    }
    assert found[1]["given_name"] == "Ann"
    assert plan.encoding_guessed == (encoding == "cp1252")


def test_a_utf16_tab_separated_ad_export_is_understood(tmp_path: Path) -> None:
    plan, found = _prepare(tmp_path, ADS.encode("utf-16"))
    assert plan.dialect.delimiter == "\t"
    assert found == [
        {"row": 1, "name": "Ann Lee", "emails": ["ann@x.com"], "phones": ["p:+14155552671"]}
    ]


def test_a_file_without_header_is_understood(tmp_path: Path) -> None:
    _, found = _prepare(tmp_path, b"Ann Lee;ann@x.com\nBob Ray;bob@x.com\n")
    assert found[0] == {"row": 1, "name": "Ann Lee", "emails": ["ann@x.com"], "phones": []}
    assert len(found) == 2


def test_a_person_may_overrule_the_encoding(tmp_path: Path) -> None:
    (tmp_path / "given").write_bytes("Name;E-Mail\nŁukasz;l@x.com\n".encode("cp1250"))
    plan, split = prepare_file(
        tmp_path / "given", tmp_path / "copy", 10, reading={"encoding": "cp1250"}
    )
    assert split.sample == [["Łukasz", "l@x.com"]]
    assert not plan.encoding_guessed


def test_a_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="damaged"):
        _prepare(tmp_path, b"PK\x03\x04rest")
