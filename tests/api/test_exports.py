"""Leads out: whole, safe to open, and read back without a loss."""

import csv
import json
from datetime import UTC, datetime
from io import StringIO

import pytest
from fastapi.testclient import TestClient
from selectolax.lexbor import LexborHTMLParser

from pipeline.database.engine import Database
from pipeline.exports.registry import EXPORTERS
from pipeline.leads.models import Lead
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


def test_an_export_takes_the_filters_and_the_order_of_the_list(
    client: TestClient, lead: dict[str, str]
) -> None:
    for number, source in enumerate(("Fair", "Ads", "Fair", "Fair")):
        entered = {"name": f"Ann {number}", "email": f"p{number}@example.com", "source": source}
        client.post("/api/leads", json={**lead, **entered})

    url = "/api/exports?format=jsonl&source=Fair&q=ann+example&sort=-name"
    lines = client.get(url).text.splitlines()

    assert [json.loads(line)["name"] for line in lines] == ["Ann 3", "Ann 2", "Ann 0"]
    assert client.get("/api/exports?format=jsonl&q=nobody").text == ""
    assert client.get("/api/exports?format=jsonl&run=1").text == ""


def test_a_search_that_cannot_be_is_a_problem_and_no_broken_file(client: TestClient) -> None:
    for query in ("status=old", "sort=updates", "run=0", "q=%00", "format=pdf"):
        answer = client.get(f"/api/exports?{query}")
        assert answer.status_code == 422, query
        assert answer.headers["Content-Type"].startswith("application/problem+json")


def test_a_workbook_that_cannot_hold_a_lead_is_a_problem(
    client: TestClient, database: Database
) -> None:
    with database.write() as db:
        custom = {"Bio": "x" * 40_000}
        db.add(Lead(name="Ann", email="ann@example.com", source="Fair", custom=custom))

    answer = client.get("/api/exports?format=xlsx")

    assert answer.status_code == 422
    assert "take csv or jsonl" in answer.json()["detail"]


@pytest.mark.parametrize("name", sorted(EXPORTERS))
def test_each_format_is_served_as_what_it_is(
    client: TestClient, lead: dict[str, str], name: str
) -> None:
    client.post("/api/leads", json=lead)
    answer = client.get(f"/api/exports?format={name}")

    exporter = EXPORTERS[name]
    assert answer.headers["Content-Type"] == exporter.media_type
    assert answer.headers["Content-Disposition"].endswith(f'{exporter.suffix}"')
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_dashboard_offers_to_export_the_list_it_shows(
    client: TestClient, lead: dict[str, str]
) -> None:
    for source in ("Fair & Co", "Ads"):
        client.post("/api/leads", json={**lead, "source": source})

    page = client.get("/api/ui-dashboard/leads-dashboard-ui?source=Fair+%26+Co&sort=name&q=doe")
    form = LexborHTMLParser(page.text).css_first("form.export")
    hidden = form.css("input")
    fields = {one.attributes["name"]: one.attributes["value"] for one in hidden}
    formats = [one.attributes["value"] for one in form.css("option")]

    assert formats == list(EXPORTERS)
    assert fields == {"q": "doe", "source": "Fair & Co", "sort": "name"}
    exported = client.get(str(form.attributes["action"]), params={**fields, "format": "jsonl"})
    assert [json.loads(line)["source"] for line in exported.text.splitlines()] == ["Fair & Co"]
