"""What an import comes to over HTTP: a receipt, a file of rejected rows, and its progress."""

import csv
import hashlib
import json
from collections.abc import Sequence
from io import StringIO
from typing import Any

import pytest
from fastapi.testclient import TestClient

from pipeline.database.engine import Database
from pipeline.settings import Settings
from tests.api.working import finish_run

CSV = {"Content-Type": "text/csv"}
TOLD = ["row", "column", "value", "expected", "how to fix"]
FILE = (
    "Name,E-Mail,Mobile,Note\r\n"
    "Ann Lee,ann@example.com,+41 44 668 18 00,first\r\n"
    "Nobody,not an address,12,=1+1\r\n"
    "Bob Ray,bob@example.com,,\r\n"
    '"Cy ""CJ"" Jones",cy@@example.com,,"two\nlines"\r\n'
    ",,+1-555-0100,'quoted\r\n"
)


def test_a_receipt_counts_every_row_and_proves_it(
    client: TestClient, database: Database, settings: Settings
) -> None:
    number = import_file(client, database, settings, FILE)

    receipt = client.get(f"/api/imports/{number}/receipt").json()
    rows = client.get(f"/api/runs/{number}/rows").json()

    assert (receipt["read"], receipt["created"], receipt["rejected"]) == (5, 2, 3)
    assert (receipt["balanced"], receipt["state"], receipt["plan"]) == (True, "finished", False)
    assert receipt["sha256"] == hashlib.sha256(FILE.encode()).hexdigest()
    text = "".join(f"{row['row']},{row['outcome']}\n" for row in rows)
    assert receipt["outcome_sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert receipt["reading"]["mapping"]["kinds"] == ["name", "email", "phone", "notes"]


def test_there_is_no_receipt_before_the_end(client: TestClient) -> None:
    number = client.post("/api/imports", content=FILE.encode(), headers=CSV).json()["id"]

    answer = client.get(f"/api/imports/{number}/receipt")

    assert (answer.status_code, "has ended" in answer.json()["detail"]) == (409, True)
    assert client.get("/api/imports/99/receipt").status_code == 404


def test_rejected_rows_come_back_with_what_is_wrong_with_them(
    client: TestClient, database: Database, settings: Settings
) -> None:
    number = import_file(client, database, settings, FILE)

    answer = client.get(f"/api/imports/{number}/issues.csv")

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    header, *rows = csv.reader(StringIO(answer.text, newline=""))
    assert header == ["Name", "E-Mail", "Mobile", "Note", *TOLD]
    nobody, cy, phone = (dict(zip(header, row, strict=True)) for row in rows)
    assert [row["row"] for row in (nobody, cy, phone)] == ["2", "4", "5"]
    assert nobody["column"].split(" | ") == ["E-Mail", "Mobile", "E-Mail, Mobile"]
    assert nobody["value"].split(" | ")[:2] == ["not an address", "12"]
    assert "@-sign" in nobody["expected"]
    assert nobody["how to fix"].startswith("Correct the address, as name@example.com")
    assert nobody["Note"] == "'=1+1"
    assert (cy["Name"], cy["Note"]) == ('Cy "CJ" Jones', "two\nlines")
    assert phone["column"].split(" | ")[-1] == "Name"


def test_a_corrected_file_makes_new_rows_only(
    client: TestClient, database: Database, settings: Settings
) -> None:
    first = import_file(client, database, settings, FILE)
    before = {lead["id"]: lead for lead in client.get("/api/leads").json()}
    header, *rows = read_issues(client, first)
    rows[0][1] = "nora@example.com"
    rows[1][1] = "cy@example.com"
    rows[2][0] = "Dee Dot"

    second = import_file(client, database, settings, write(header, rows))

    run = client.get(f"/api/imports/{second}").json()
    after = {lead["id"]: lead for lead in client.get("/api/leads").json()}
    assert (run["read"], run["created"], run["balanced"]) == (3, 3, True)
    assert {number: after[number] for number in before} == before
    assert len(after) == 5
    assert run["params"]["mapping"]["header"] == ["Name", "E-Mail", "Mobile", "Note"]
    (nora,) = [lead for lead in after.values() if lead["email"] == "nora@example.com"]
    history = client.get(f"/api/leads/{nora['id']}/history").json()
    assert "=1+1" in json.dumps(history)
    assert "how to fix" not in json.dumps(history)


def test_rows_that_were_left_wrong_are_told_again_and_double_nothing(
    client: TestClient, database: Database, settings: Settings
) -> None:
    first = import_file(client, database, settings, FILE)
    header, *rows = read_issues(client, first)
    rows[0][1] = "nora@example.com"

    second = import_file(client, database, settings, write(header, rows))
    again = read_issues(client, second)

    run = client.get(f"/api/imports/{second}").json()
    assert (run["created"], run["rejected"]) == (1, 2)
    assert again[0] == header
    assert [row[:4] for row in again[1:]] == [row[:4] for row in rows[1:]]
    assert len(client.get("/api/leads").json()) == 3


def test_the_original_file_with_its_corrected_rows_is_not_doubled_either(
    client: TestClient, database: Database, settings: Settings
) -> None:
    first = import_file(client, database, settings, FILE)
    header, *rows = read_issues(client, first)
    rows[0][1] = "nora@example.com"
    import_file(client, database, settings, write(header, rows))

    whole = FILE.replace("not an address", "nora@example.com")
    third = import_file(client, database, settings, whole)

    run = client.get(f"/api/imports/{third}").json()
    assert (run["created"], run["updated"], run["unchanged"], run["rejected"]) == (0, 0, 3, 2)


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_spreadsheet_may_save_the_file_its_own_way(
    client: TestClient, database: Database, settings: Settings, delimiter: str
) -> None:
    first = import_file(client, database, settings, FILE)
    header, *rows = read_issues(client, first)
    rows[1][1] = "cy@example.com"

    saved = "\ufeff" + write([name.upper() for name in header], rows, delimiter)
    second = import_file(client, database, settings, saved)

    run = client.get(f"/api/imports/{second}").json()
    assert (run["created"], run["rejected"]) == (1, 2)
    assert run["params"]["mapping"]["header"] == ["NAME", "E-MAIL", "MOBILE", "NOTE"]


def test_columns_of_the_file_may_have_the_names_of_those_added(
    client: TestClient, database: Database, settings: Settings
) -> None:
    text = "row,name,email,value\n7,Ann,ann@,high\n"
    header, *rows = read_issues(client, import_file(client, database, settings, text))
    assert header == ["row", "name", "email", "value", *TOLD]
    rows[0][2] = "ann@example.com"

    second = import_file(client, database, settings, write(header, rows))

    run = client.get(f"/api/imports/{second}").json()
    assert (run["created"], run["params"]["mapping"]["header"]) == (1, header[:4])


def test_cells_beyond_the_header_are_in_the_file_too(
    client: TestClient, database: Database, settings: Settings
) -> None:
    text = "name,email\nAnn,ann@,one,two\nBob,bob@example.com\n"

    header, *rows = read_issues(client, import_file(client, database, settings, text))

    assert len(header) == 2 + 2 + len(TOLD)
    assert [row[:4] for row in rows] == [["Ann", "ann@", "one", "two"]]


def import_file(client: TestClient, database: Database, settings: Settings, text: str) -> int:
    """Upload a file, let it be worked on to its end, and give the import's id."""
    answer = client.post("/api/imports", content=text.encode(), headers=CSV)
    number: int = answer.json()["id"]
    finish_run(database, settings, number)
    return number


def read_issues(client: TestClient, number: int) -> list[list[str]]:
    """Give the header and the rows of an import's file of rejected rows."""
    text = client.get(f"/api/imports/{number}/issues.csv").text
    return list(csv.reader(StringIO(text, newline="")))


def write(header: Sequence[str], rows: Sequence[Sequence[Any]], delimiter: str = ",") -> str:
    """Give a file as a spreadsheet saves it."""
    sheet = StringIO(newline="")
    csv.writer(sheet, delimiter=delimiter).writerows([header, *rows])
    return sheet.getvalue()
