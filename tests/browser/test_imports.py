"""Imports and runs in a real browser: from the dropped file to the balanced account, and back."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pipeline.database.engine import Database
from pipeline.leads.search import Search, count_by_status
from pipeline.runs.models import Run
from tests.browser.conftest import LIST, UI, AddLead

FILE = """Name,Email,Phone,Company
Ada Lovelace,ada@example.com,+44 20 7946 0958,Analytical
Grace Hopper,grace@example.com,,Navy
Ada Lovelace,ada@example.com,+44 20 7946 0958,Analytical
Nobody,,,
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "fair.csv"
    path.write_text(FILE)
    return path


def test_a_file_is_imported_watched_looked_into_and_taken_back(
    page: Page, file: Path, store: Database, worker: None
) -> None:
    page.goto(f"{UI}/imports")
    page.get_by_label("Source of these leads").fill("Trade fair")
    page.get_by_label("Drop a CSV file here").set_input_files(file)
    page.get_by_role("button", name="Import").click()
    page.wait_for_url(f"**{UI}/imports/1")
    expect(page.locator(".run > .head .badge")).to_have_text("Finished")
    balance = page.locator(".balance")
    expect(balance.locator(".read dd")).to_have_text("4")
    expect(balance.locator(".created dd")).to_have_text("2")
    expect(balance.locator(".rejected dd")).to_have_text("1")
    expect(balance).to_contain_text("balanced")
    page.get_by_role("navigation", name="Filter rows").get_by_text("Rejected").click()
    expect(page.locator(".rows tbody tr")).to_have_count(1)
    expect(page.locator(".rows tbody")).to_contain_text("Nobody")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download rejected rows").click()
    assert "Nobody" in download.value.path().read_text(encoding="utf-8-sig")
    page.get_by_role("link", name="View these leads").click()
    expect(page.locator("#rows tr")).to_have_count(2)
    expect(page.locator("#rows")).to_contain_text("Trade fair")
    page.go_back()
    page.get_by_role("button", name="Undo import").click()
    expect(page.locator(".notice").first).to_contain_text("Took back: Import of fair.csv")
    with store.read() as db:
        assert count_by_status(db, Search()).total == 0


def test_a_dropped_file_goes_up_without_a_further_click(page: Page, worker: None) -> None:
    page.goto(f"{UI}/imports")
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.items.add(new File([text], "dropped.csv", {type: "text/csv"}));
            dispatchEvent(new DragEvent("drop", {dataTransfer: data, cancelable: true}));
        }""",
        FILE,
    )
    page.wait_for_url(f"**{UI}/imports/1")
    expect(page.locator("h1")).to_have_text("dropped.csv")
    expect(page.locator(".run > .head .badge")).to_have_text("Plan")


def test_a_file_that_is_no_table_says_why_it_failed(
    page: Page, tmp_path: Path, worker: None
) -> None:
    picture = tmp_path / "cat.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    page.goto(f"{UI}/imports")
    page.get_by_label("Drop a CSV file here").set_input_files(picture)
    page.get_by_role("button", name="Import").click()
    page.wait_for_url(f"**{UI}/imports/1")
    expect(page.locator(".run > .head .badge")).to_have_text("Failed")
    expect(page.get_by_role("alert")).to_contain_text("PNG")


def test_an_import_by_others_moves_the_list_of_imports_and_waits_behind_the_pill(
    page: Page, file: Path, add_lead: AddLead, worker: None
) -> None:
    add_lead("Earlier")
    page.goto(LIST)
    imports = page.context.new_page()
    imports.goto(f"{UI}/imports")
    page.wait_for_timeout(300)
    third = page.context.new_page()
    third.goto(f"{UI}/imports")
    third.get_by_label("Drop a CSV file here").set_input_files(file)
    third.get_by_role("button", name="Import").click()
    expect(imports.locator("tr[data-run='1']")).to_have_attribute("data-state", "finished")
    expect(imports.locator("tr[data-run='1']")).to_contain_text("4 read = 2 created")
    expect(page.locator("#pill")).to_contain_text("new leads")
    expect(page.locator("#chip-all b")).to_have_text("3")


def test_a_scrape_is_asked_for_scheduled_and_cancelled(page: Page, store: Database) -> None:
    page.goto(f"{UI}/runs")
    page.get_by_label("Address").fill("https://example.com/")
    page.get_by_label("Pages at most").fill("7")
    page.get_by_label("Repeat").select_option("Every day")
    page.get_by_role("button", name="Start").click()
    page.wait_for_url(f"**{UI}/runs/1")
    expect(page.locator(".run > .head .badge")).to_have_text("Requested")
    with store.read() as db:
        run = db.get(Run, 1)
        assert run is not None
        assert (run.source, run.params["max_pages"]) == ("website", 7)
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(".run > .head .badge")).to_have_text("Cancelled")
    page.goto(f"{UI}/runs")
    schedule = page.locator(".schedules tbody tr")
    expect(schedule).to_contain_text("every 24 hours")
    expect(schedule).to_contain_text("in ")
    schedule.get_by_role("button").click()
    expect(schedule).to_have_count(0)


def test_a_scrape_that_cannot_be_is_refused_with_what_was_typed_kept(page: Page) -> None:
    page.goto(f"{UI}/runs")
    page.get_by_label("Address").fill("ftp://example.com/")
    page.get_by_role("button", name="Start").click()
    expect(page.locator(".notice.bad")).to_be_visible()
    expect(page.get_by_label("Address")).to_have_value("ftp://example.com/")


def test_an_account_that_does_not_add_up_is_loud(page: Page, store: Database) -> None:
    page.goto(f"{UI}/runs")
    page.get_by_label("Address").fill("https://example.com/")
    page.get_by_role("button", name="Start").click()
    with store.write() as db:
        run = db.get(Run, 1)
        assert run is not None
        run.state, run.read, run.created, run.error = "inconsistent", 5, 3, "Two rows are missing."
    page.goto(f"{UI}/runs")
    expect(page.locator("tr[data-run='1']")).to_contain_text("does not add up")
    page.goto(f"{UI}/runs/1")
    expect(page.locator(".balance")).to_contain_text("does not add up")
    expect(page.get_by_role("alert")).to_contain_text("Two rows are missing.")


def test_activity_lists_all_operations_and_takes_them_back(page: Page, add_lead: AddLead) -> None:
    add_lead("Ada", status="contacted")
    page.goto(f"{UI}/activity")
    row = page.locator("tbody tr").first
    expect(row).to_contain_text("Ada: New → Contacted")
    expect(row).to_contain_text("Command line")
    row.get_by_role("button", name="Undo").click()
    expect(page.locator(".notice")).to_contain_text("Took back: Ada: New → Contacted.")
    page.goto(LIST)
    expect(page.locator("#rows .badge")).to_have_text("New")


def test_an_undo_says_what_it_had_to_leave(page: Page, add_lead: AddLead, store: Database) -> None:
    add_lead("Ada", status="contacted")
    page.goto(f"{UI}/activity")
    page.goto(LIST)
    page.keyboard.press("j")
    page.keyboard.press("3")
    expect(page.locator("#chip-qualified b")).to_have_text("1")
    page.goto(f"{UI}/activity")
    page.locator("tbody tr").nth(1).get_by_role("button", name="Undo").click()
    expect(page.locator("main")).to_contain_text("1 lead was left as it is")
    expect(page.locator("main").get_by_role("link", name="Ada")).to_be_visible()
