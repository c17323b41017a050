"""The dashboard where no script runs: every form is a plain form, every page a plain page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import LIST, UI, AddLead, StatusOf


@pytest.fixture
def plain(browser: Browser, address: str) -> Iterator[Page]:
    """A page in a browser that runs no scripts."""
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def test_a_lead_is_created_judged_deleted_and_brought_back(
    plain: Page, status_of: StatusOf
) -> None:
    plain.goto(LIST)
    plain.get_by_role("link", name="New lead").click()
    plain.get_by_label("Name").fill("Jane Smith")
    plain.get_by_label("Email").fill("nonsense")
    plain.get_by_label("Source").fill("LinkedIn")
    plain.get_by_role("button", name="Create lead").click()
    expect(plain.locator("#e-email")).to_contain_text("@")
    expect(plain.get_by_label("Name")).to_have_value("Jane Smith")
    plain.get_by_label("Email").fill("jane@startup.io")
    plain.get_by_role("button", name="Create lead").click()
    expect(plain.locator(".notice")).to_contain_text("Jane Smith created.")
    plain.get_by_role("button", name="Contacted", exact=True).click()
    expect(plain.locator(".notice")).to_contain_text("Jane Smith: New → Contacted.")
    assert status_of(1) == "contacted"
    plain.locator(".notice").get_by_role("button", name="Undo").click()
    expect(plain.locator("#rows .badge")).to_have_text("New")
    plain.get_by_role("button", name="Delete Jane Smith").click()
    expect(plain.get_by_role("heading", name="No leads yet.")).to_be_visible()
    plain.locator(".notice").get_by_role("button", name="Undo").click()
    expect(plain.locator("#rows tr")).to_have_count(1)


def test_the_list_is_filtered_searched_sorted_and_paged(plain: Page, add_lead: AddLead) -> None:
    for number in range(53):
        add_lead(f"Lead {number:02}", email=f"l{number}@example.com")
    add_lead("Zoe", status="qualified")
    plain.goto(LIST)
    plain.get_by_role("link", name="Load more").click()
    expect(plain.locator("#rows tr")).to_have_count(4)
    plain.get_by_role("link", name="to the start").click()
    plain.get_by_role("link", name="Qualified 1").click()
    expect(plain.locator("#rows")).to_contain_text("Zoe")
    plain.goto(f"{LIST}?sort=name")
    plain.get_by_label("Search").fill("lead 1")
    plain.get_by_label("Search").press("Enter")
    expect(plain.locator("#rows tr")).to_have_count(15)
    expect(plain.locator("#rows tr").first).to_contain_text("Lead 01")


def test_a_lead_page_decides_and_comes_back_to_itself(
    plain: Page, add_lead: AddLead, status_of: StatusOf
) -> None:
    lead = add_lead("Ada")
    plain.goto(LIST)
    plain.get_by_role("link", name="Ada").click()
    plain.get_by_role("button", name="Qualified", exact=True).click()
    expect(plain.locator(".timeline li").first).to_contain_text("New → Qualified")
    expect(plain.get_by_role("heading", name="Ada")).to_be_visible()
    assert status_of(lead) == "qualified"


def test_a_file_is_sent_by_the_plain_form(plain: Page) -> None:
    plain.goto(f"{UI}/imports")
    file = {"name": "fair.csv", "mimeType": "text/csv", "buffer": b"Name,Email\nA,a@example.com\n"}
    plain.get_by_label("Drop a CSV file here").set_input_files(files=[file])
    plain.get_by_label("Country of phones").fill("DE")
    plain.get_by_role("button", name="Import").click()
    expect(plain.get_by_role("heading", name="fair.csv")).to_be_visible()
    expect(plain.locator(".run > .head .badge")).to_have_text("Requested")


def test_the_theme_is_switched_by_a_plain_form(plain: Page) -> None:
    plain.goto(f"{LIST}?sort=name")
    plain.get_by_role("button", name="Switch between light and dark").click()
    expect(plain.locator("html")).to_have_attribute("data-theme", "dark")
    assert plain.url.endswith("?sort=name")
