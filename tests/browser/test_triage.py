"""Deciding about leads: by click and by key, shown at once, saved in truth, taken back at will."""

import time
from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import LIST, UI, AddLead, StatusOf


def badge(page: Page, lead_id: int) -> str:
    return page.locator(f"#lead-{lead_id} .badge").inner_text()


def eventually(find: Callable[[], object], wanted: object) -> None:
    deadline = time.monotonic() + 5
    while find() != wanted and time.monotonic() < deadline:
        time.sleep(0.02)
    assert find() == wanted


def test_one_click_sets_a_status_in_the_database_and_in_the_counts(
    page: Page, add_lead: AddLead, status_of: StatusOf
) -> None:
    lead = add_lead("Ada")
    page.goto(LIST)
    page.locator(f"#lead-{lead}").get_by_role("button", name="Qualified", exact=True).click()
    expect(page.locator(f"#lead-{lead} .badge")).to_have_text("Qualified")
    eventually(lambda: status_of(lead), "qualified")
    expect(page.locator("#chip-qualified b")).to_have_text("1")
    expect(page.locator("#chip-new b")).to_have_text("0")


def test_keys_walk_decide_and_take_back(page: Page, add_lead: AddLead, status_of: StatusOf) -> None:
    ids = [add_lead(name) for name in ("Cleo", "Ben", "Ada")][::-1]
    page.goto(LIST)
    page.keyboard.press("j")
    expect(page.locator(f"#lead-{ids[0]}")).to_be_focused()
    for key in ("3", "j", "2", "j", "4", "k"):
        page.keyboard.press(key)
    expect(page.locator(f"#lead-{ids[1]}")).to_be_focused()
    expect(page.locator("#toasts")).to_contain_text("Disqualified")
    wanted = ["qualified", "contacted", "disqualified"]
    eventually(lambda: [status_of(lead) for lead in ids], wanted)
    page.keyboard.press("z")
    expect(page.locator(f"#lead-{ids[2]} .badge")).to_have_text("New")
    page.keyboard.press("z")
    expect(page.locator(f"#lead-{ids[1]} .badge")).to_have_text("New")
    assert [status_of(lead) for lead in ids] == ["qualified", "new", "new"]


def test_every_keystroke_of_a_fast_hand_is_saved(
    page: Page, add_lead: AddLead, status_of: StatusOf
) -> None:
    ids = [add_lead(f"L {number}", email=f"l{number}@example.com") for number in range(20)][::-1]
    page.goto(LIST)
    page.keyboard.press("j")
    for number in range(20):
        page.keyboard.press(str(2 + number % 3))
        page.keyboard.press("j")
    expect(page.locator("#chip-new b")).to_have_text("0")
    wanted = [("contacted", "qualified", "disqualified")[number % 3] for number in range(20)]
    eventually(lambda: [status_of(lead) for lead in ids], wanted)


def test_a_status_is_painted_before_the_server_answers_and_back_if_it_refuses(
    page: Page, add_lead: AddLead, status_of: StatusOf
) -> None:
    lead = add_lead("Ada")
    page.goto(LIST)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/status", hold)
    page.keyboard.press("j")
    page.keyboard.press("3")
    assert badge(page, lead) == "Qualified"
    assert status_of(lead) == "new"
    page.wait_for_timeout(50)
    held[0].fulfill(status=503, content_type="text/html", body='<p class="error">Busy.</p>')
    expect(page.locator("#toasts")).to_contain_text("Not saved. Busy.")
    expect(page.locator(f"#lead-{lead} .badge")).to_have_text("New")
    expect(page.locator("#chip-new b")).to_have_text("1")
    page.unroute("**/status")
    page.get_by_role("button", name="Retry").click()
    eventually(lambda: status_of(lead), "qualified")


def test_a_deleted_lead_comes_back_where_it_stood(
    page: Page, add_lead: AddLead, status_of: StatusOf
) -> None:
    first, lead, last = (add_lead(name) for name in ("Cleo", "Ben", "Ada"))
    page.goto(LIST)
    row = page.locator(f"#lead-{lead}")
    row.hover()
    row.get_by_role("button", name="Delete Ben").click()
    expect(row).to_have_count(0)
    eventually(lambda: status_of(lead), None)
    expect(page.locator("#chip-all b")).to_have_text("2")
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(row).to_be_visible()
    shown = page.locator("#rows tr").evaluate_all("rows => rows.map(row => Number(row.dataset.id))")
    assert shown == [last, lead, first]
    assert status_of(lead) == "new"


def test_keys_do_nothing_while_somebody_types(
    page: Page, add_lead: AddLead, status_of: StatusOf
) -> None:
    lead = add_lead("Ada 3")
    page.goto(LIST)
    page.locator("#q").fill("ada")
    page.keyboard.type(" 3")
    expect(page.locator("#q")).to_have_value("ada 3")
    expect(page.locator("#rows tr")).to_have_count(1)
    assert status_of(lead) == "new"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Undo the last change")
    page.keyboard.press("3")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert status_of(lead) == "new"


def test_the_drawer_decides_too_and_closing_it_leads_back_to_the_list(
    page: Page, add_lead: AddLead, status_of: StatusOf
) -> None:
    other, lead = add_lead("Ben"), add_lead("Ada")
    page.goto(f"{LIST}?sort=name")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_role("heading", name="Ada")).to_be_visible()
    expect(page).to_have_url(f"{page.url.split('/api/')[0]}{UI}/leads/{lead}")
    page.keyboard.press("2")
    expect(drawer.locator(".timeline li").first).to_contain_text("New → Contacted")
    assert status_of(lead) == "contacted"
    page.keyboard.press("j")
    expect(drawer.get_by_role("heading", name="Ben")).to_be_visible()
    drawer.get_by_role("button", name="Qualified", exact=True).click()
    expect(drawer.locator(".timeline li").first).to_contain_text("New → Qualified")
    assert status_of(other) == "qualified"
    drawer.locator(".timeline li").first.get_by_role("button", name="Undo").click()
    expect(drawer.locator(".timeline li").first).to_contain_text("Taken back")
    assert status_of(other) == "new"
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    page.wait_for_url(f"**{LIST}?sort=name")
    expect(page.locator(f"#lead-{lead} .badge")).to_have_text("Contacted")
