"""A plan in a real browser: checked first, mended by clicks, then imported exactly so."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from pipeline.database.engine import Database
from pipeline.leads.search import Search, count_by_status
from tests.browser.conftest import UI, AddLead

FILE = """Name;E-Mail;Telefon;Firma;Status
Ann Lee;ann@example.com;;Lee GmbH;Warm
Bob Ray;bob@gmial;030 1234567;Ray AG;Warm
Jürgen Poe;jp (at) example.org;;Pö;
Nobody;;;;
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file whose encoding can only be guessed, with a few things to mend."""
    path = tmp_path / "messe.csv"
    path.write_bytes(FILE.encode("cp1252"))
    return path


@pytest.fixture
def plain(browser: Browser, address: str) -> Iterator[Page]:
    """A page in a browser that runs no scripts."""
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def check(page: Page, file: Path) -> None:
    """Send a file to be checked first, and see its plan."""
    page.goto(f"{UI}/imports")
    page.get_by_label("Drop a CSV file here").set_input_files(file)
    page.get_by_role("button", name="Check first").click()
    expect(page.get_by_role("heading", name="messe.csv")).to_be_visible()
    wait_for_plan(page)


def wait_for_plan(page: Page) -> None:
    """Wait until the plan is finished; without scripts, by looking again."""
    badge = page.locator(".run > .head .badge")
    for _ in range(50):
        if badge.inner_text() == "Plan":
            return
        page.wait_for_timeout(100)
        page.reload()
    expect(badge).to_have_text("Plan")


def counts(page: Page) -> list[str]:
    """Give read, created, updated, unchanged, duplicate, suppressed, rejected."""
    return page.locator(".balance dl > div:not(.sum) dd").all_inner_texts()


def test_a_file_is_checked_mended_by_clicks_and_imported_as_planned(
    page: Page, file: Path, store: Database, add_lead: AddLead, worker: None
) -> None:
    add_lead("Ann Lee", company="Lee Ltd")
    check(page, file)
    assert counts(page) == ["4", "1", "1", "0", "0", "0", "2"]
    updated = page.locator(".planned tbody tr", has_text="updated")
    expect(updated.locator("del")).to_have_count(0)
    expect(updated.locator("ins").first).to_have_text("Lee GmbH")
    page.get_by_role("button", name="Correct to bob@gmail.com").click()
    wait_for_plan(page)
    page.get_by_role("button", name="Read as jp@example.org").click()
    wait_for_plan(page)
    assert counts(page) == ["4", "2", "1", "0", "0", "0", "1"]
    page.get_by_role("button", name="contacted", exact=True).click()
    wait_for_plan(page)
    page.get_by_role("button", name="Read phones as DE").click()
    wait_for_plan(page)
    expect(page.locator(".reasons summary")).to_have_count(1)
    expect(page.locator(".reasons")).to_contain_text("No contact")
    with store.read() as db:
        assert count_by_status(db, Search()).total == 1
    page.get_by_role("button", name="Import as planned").click()
    expect(page.get_by_role("link", name="plan 5")).to_be_visible()
    expect(page.locator(".run > .head .badge")).to_have_text("Finished")
    assert counts(page) == ["4", "2", "1", "0", "0", "0", "1"]
    with store.read() as db:
        assert count_by_status(db, Search()).by_status["contacted"] == 2
    page.get_by_role("link", name="plan 5").click()
    expect(page.locator(".run > .notice")).to_contain_text("Imported as planned: import 6")
    expect(page.get_by_role("button", name="Import as planned")).to_have_count(0)


def test_the_reading_the_columns_and_the_rules_are_changed_by_plain_forms(
    plain: Page, file: Path, add_lead: AddLead, worker: None
) -> None:
    add_lead("Ann Lee", company="Old Ltd")
    check(plain, file)
    expect(plain.locator("#reading .notice")).to_contain_text("a guess")
    plain.get_by_role("button", name="Windows-1250").click()
    wait_for_plan(plain)
    expect(plain.get_by_label("Encoding")).to_have_value("cp1250")
    plain.get_by_label("What Firma holds").select_option("title")
    plain.get_by_role("button", name="Use these columns").click()
    wait_for_plan(plain)
    expect(plain.get_by_label("What Firma holds")).to_have_value("title")
    expect(plain.get_by_label("Encoding")).to_have_value("cp1250")
    plain.get_by_label("Title", exact=True).select_option("never")
    plain.get_by_label("Status", exact=True).select_option("fill")
    plain.get_by_role("button", name="Use these rules").click()
    wait_for_plan(plain)
    expect(plain.get_by_label("Title", exact=True)).to_have_value("never")
    assert counts(plain)[2:4] == ["0", "1"]
    plain.get_by_role("link", name="Rejected").click()
    expect(plain.locator(".planned tbody tr")).to_have_count(2)
    plain.get_by_label("Delimiter").select_option("Comma")
    plain.get_by_role("button", name="Read like this").click()
    wait_for_plan(plain)
    expect(plain.locator(".columns tbody tr")).to_have_count(1)


def test_a_fix_is_taken_back(plain: Page, file: Path, worker: None) -> None:
    check(plain, file)
    plain.get_by_role("button", name="Take all 2 fixes").click()
    wait_for_plan(plain)
    fixes = plain.locator("section", has_text="Fixes taken").locator("li")
    expect(fixes).to_have_count(2)
    fixes.first.get_by_role("button", name="Take back").click()
    wait_for_plan(plain)
    expect(fixes).to_have_count(1)


def test_plans_are_marked_in_the_list_and_no_operations(
    page: Page, file: Path, worker: None
) -> None:
    check(page, file)
    page.goto(f"{UI}/imports")
    expect(page.locator("tr[data-run='1'] .badge")).to_have_text("Plan")
    page.goto(f"{UI}/activity")
    expect(page.locator("main")).not_to_contain_text("messe.csv")


def test_what_cannot_be_chosen_is_refused_in_words(page: Page, file: Path, worker: None) -> None:
    check(page, file)
    page.get_by_label("Country of phones").fill("1?")
    page.get_by_role("button", name="Read like this").click()
    expect(page.locator("main")).to_contain_text("no country")
