"""Leads out: whole, safe to open, and read back without a loss."""

import csv
import json
from datetime import UTC, datetime
from io import StringIO

from fastapi.testclient import TestClient

from pipeline.database.engine import Database
from pipeline.settings import Settings
from tests.api.working import finish_run

CSV = {"Content-Type": "text/csv"}


def test_an_export_holds_all_leads_and_their_custom_fields(
    client: TestClient, database: Database, settings: Settings
) -> None:
    rows = b"name,email,Shoe size\nAnn,ann@example.com,38\nBob,bob@example.com,\n"
    run = client.post("/api/imports", content=rows, headers=CSV).json()
    finish_run(database, settings, run["id"])

    answer = client.get("/api/exports")

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    today = datetime.now(UTC).date()
    assert answer.headers["Content-Disposition"] == f'attachment; filename="leads-{today}.csv"'
    exported = list(csv.DictReader(StringIO(answer.text)))
    assert [(one["name"], one["Shoe size"]) for one in exported] == [("Ann", "38"), ("Bob", "")]


def test_an_export_can_be_of_one_status(client: TestClient, lead: dict[str, str]) -> None:
    for status in ("new", "qualified"):
        client.post("/api/leads", json={**lead, "status": status})

    lines = client.get("/api/exports?format=jsonl&status=qualified").text.splitlines()

    assert [json.loads(line)["status"] for line in lines] == ["qualified"]


def test_no_cell_of_an_export_is_a_formula(client: TestClient, lead: dict[str, str]) -> None:
    client.post("/api/leads", json={**lead, "name": '=HYPERLINK("http://evil")'})

    exported = next(csv.DictReader(StringIO(client.get("/api/exports").text)))

    assert exported["name"] == '\'=HYPERLINK("http://evil")'


def test_an_export_for_excel_begins_with_a_byte_order_mark(client: TestClient) -> None:
    assert client.get("/api/exports?format=excel").content.startswith(b"\xef\xbb\xbfid,name")


def test_importing_an_export_creates_and_changes_nothing(
    client: TestClient, database: Database, settings: Settings, lead: dict[str, str]
) -> None:
    for number in range(3):
        client.post("/api/leads", json={**lead, "email": f"p{number}@example.com", "phone": None})
    exported = client.get("/api/exports").content

    run = client.post("/api/imports", content=exported, headers=CSV).json()
    finish_run(database, settings, run["id"])

    run = client.get(f"/api/imports/{run['id']}").json()
    assert (run["read"], run["unchanged"]) == (3, 3)
