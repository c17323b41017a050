"""The list in a real browser: create, filter, sort, search, load more, the address."""

import re

from playwright.sync_api import Page, expect

from pipeline.database.engine import Database
from pipeline.leads.search import Search, find_page
from tests.browser.conftest import LIST, UI, AddLead


def names(page: Page) -> list[str]:
    return page.locator("#rows .c-name a").all_inner_texts()


def test_an_empty_engine_offers_the_three_ways_to_begin(page: Page) -> None:
    page.goto(LIST)
    expect(page.get_by_role("heading", name="No leads yet.")).to_be_visible()
    expect(page.get_by_role("link", name="Import a file")).to_have_attribute(
        "href", f"{UI}/imports"
    )
    page.get_by_role("link", name="Add one by hand").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_a_lead_is_created_in_the_dialog_and_stands_on_top(
    page: Page, add_lead: AddLead, store: Database
) -> None:
    add_lead("Earlier")
    page.goto(LIST)
    page.keyboard.press("c")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Jane Smith")
    dialog.get_by_label("Email").fill("jane@startup.io")
    dialog.get_by_label("Phone").fill("+1-555-0200")
    dialog.get_by_label("Source").fill("Facebook Ads")
    dialog.get_by_role("button", name="Create lead").click()
    expect(page.locator("#rows tr").first).to_contain_text("Jane Smith")
    expect(dialog).to_be_hidden()
    expect(page.locator("#chip-all")).to_contain_text("2")
    expect(page.locator("#toasts")).to_contain_text("Jane Smith created")
    with store.read() as db:
        lead = find_page(db, Search(text="jane")).leads[0]
    assert (lead.email, lead.phone, lead.source) == (
        "jane@startup.io",
        "+1-555-0200",
        "Facebook Ads",
    )


def test_a_new_lead_that_is_probably_known_is_created_and_says_so(
    page: Page, add_lead: AddLead
) -> None:
    add_lead("Jane Smith", email="jane@startup.io")
    page.goto(LIST)
    page.keyboard.press("c")
    dialog = page.get_by_role("dialog")
    for label, text in (("Name", "J. Smith"), ("Email", "Jane@Startup.io"), ("Source", "LinkedIn")):
        dialog.get_by_label(label).fill(text)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#rows tr")).to_have_count(2)
    expect(page.locator("#toasts")).to_contain_text("Probably the same as Jane Smith.")


def test_what_is_wrong_with_a_new_lead_stands_at_the_fields_and_nothing_typed_is_lost(
    page: Page, add_lead: AddLead
) -> None:
    add_lead("Earlier")
    page.goto(LIST)
    page.keyboard.press("c")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Jane Smith")
    dialog.get_by_label("Email").fill("jane at startup")
    page.keyboard.press("Control+Enter")
    expect(dialog.get_by_label("Email")).to_have_attribute("aria-invalid", "true")
    expect(dialog.get_by_label("Email")).to_be_focused()
    expect(dialog.locator("#e-email")).to_contain_text("@")
    expect(dialog.locator("#e-source")).to_contain_text("blank")
    expect(dialog.get_by_label("Name")).to_have_value("Jane Smith")
    dialog.get_by_label("Email").fill("jane@startup.io")
    dialog.get_by_label("Source").fill("LinkedIn")
    dialog.get_by_role("button", name="Create lead").click()
    expect(page.locator("#rows tr")).to_have_count(2)


def test_a_chip_filters_and_counts_and_the_address_remembers_it(
    page: Page, add_lead: AddLead
) -> None:
    add_lead("Ada")
    add_lead("Ben", status="qualified")
    add_lead("Cleo", status="qualified")
    page.goto(LIST)
    expect(page.locator("#chip-qualified")).to_contain_text("2")
    page.locator("#chip-qualified").click()
    expect(page.locator("#rows tr")).to_have_count(2)
    expect(page.locator("#chip-qualified")).to_have_attribute("aria-current", "true")
    expect(page).to_have_url(re.compile(r"\?status=qualified$"))
    page.reload()
    expect(page.locator("#rows tr")).to_have_count(2)
    page.locator("#chip-new").click()
    expect(page.locator("#rows tr")).to_have_count(1)
    page.go_back()
    expect(page.locator("#rows tr")).to_have_count(2)
    page.locator("#chip-disqualified").click()
    expect(page.get_by_role("heading", name="No leads match.")).to_be_visible()
    page.get_by_role("link", name="Clear all").click()
    expect(page.locator("#rows tr")).to_have_count(3)


def test_headers_sort_both_ways_and_say_so(page: Page, add_lead: AddLead) -> None:
    for name in ("Cleo", "Ada", "Ben"):
        add_lead(name)
    page.goto(LIST)
    assert names(page) == ["Ben", "Ada", "Cleo"]
    header = page.get_by_role("columnheader", name="Name")
    header.get_by_role("link").click()
    expect(header).to_have_attribute("aria-sort", "ascending")
    assert names(page) == ["Ada", "Ben", "Cleo"]
    header.get_by_role("link").click()
    expect(header).to_have_attribute("aria-sort", "descending")
    assert names(page) == ["Cleo", "Ben", "Ada"]
    page.get_by_role("columnheader", name="Added").get_by_role("link").click()
    expect(header).to_have_attribute("aria-sort", "none")


def test_typing_searches_and_keeps_the_filter_and_the_cursor(page: Page, add_lead: AddLead) -> None:
    add_lead("Grace Hopper", status="contacted")
    add_lead("Grace Kelly")
    add_lead("Alan Turing", status="contacted")
    page.goto(f"{LIST}?status=contacted")
    page.keyboard.press("/")
    page.keyboard.type("grace", delay=20)
    expect(page.locator("#rows tr")).to_have_count(1)
    expect(page.locator("#q")).to_be_focused()
    expect(page).to_have_url(re.compile(r"\?q=grace&status=contacted$"))
    expect(page.locator("#chip-new")).to_contain_text("1")
    page.keyboard.type("xx")
    expect(page.get_by_role("heading", name="No leads match.")).to_be_visible()


def test_more_is_loaded_below_and_no_lead_is_missing_or_shown_twice(
    page: Page, add_lead: AddLead
) -> None:
    ids = {add_lead(f"Lead {number}", email=f"l{number}@example.com") for number in range(60)}
    page.goto(LIST)
    expect(page.locator("#rows tr")).to_have_count(50)
    page.get_by_role("link", name="Load more").click()
    expect(page.locator("#rows tr")).to_have_count(60)
    expect(page.get_by_role("link", name="Load more")).to_have_count(0)
    expect(page.locator("#loaded")).to_have_text("60")
    shown = page.locator("#rows tr").evaluate_all("rows => rows.map(row => Number(row.dataset.id))")
    assert sorted(shown) == sorted(ids)


def test_an_address_that_makes_no_sense_is_answered_with_a_readable_page(page: Page) -> None:
    answer = page.goto(f"{LIST}?sort=shoe_size")
    assert answer is not None
    assert answer.status == 422
    expect(page.get_by_text("Unknown sort")).to_be_visible()
    answer = page.goto(f"{UI}/leads/99")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("link", name="To the leads")).to_be_visible()
