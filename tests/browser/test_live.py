"""What others do is seen: in place, behind the pill, in every tab, over one connection."""

import time

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import LIST, UI, AddLead


def test_a_change_in_one_tab_shows_in_another_and_a_new_lead_waits_behind_the_pill(
    page: Page, add_lead: AddLead
) -> None:
    lead = add_lead("Ada")
    page.goto(LIST)
    second = page.context.new_page()
    second.goto(LIST)
    page.wait_for_timeout(300)
    page.bring_to_front()
    page.keyboard.press("j")
    page.keyboard.press("3")
    expect(second.locator(f"#lead-{lead} .badge")).to_have_text("Qualified")
    expect(second.locator("#chip-qualified b")).to_have_text("1")
    expect(page.locator("#pill")).to_be_hidden()
    add_lead("Zoe")
    for tab in (page, second):
        expect(tab.locator("#pill")).to_contain_text("1 new lead")
        expect(tab.locator("#rows tr")).to_have_count(1)
    page.keyboard.press(".")
    expect(page.locator("#rows tr")).to_have_count(2)
    expect(page.locator("#chip-all b")).to_have_text("2")


def test_ten_tabs_share_one_connection_and_another_tab_takes_over_when_its_holder_closes(
    page: Page, add_lead: AddLead
) -> None:
    lead = add_lead("Ada")
    asked: list[str] = []
    page.context.on(
        "request",
        lambda request: asked.append(request.url) if request.url.endswith("/api/events") else None,
    )
    page.goto(LIST)
    others = [page.context.new_page() for _ in range(9)]
    for tab in others:
        tab.goto(LIST)
        expect(tab.locator("#rows tr")).to_have_count(1)
    assert len(asked) == 1
    page.close()
    deadline = time.monotonic() + 5
    while len(asked) < 2 and time.monotonic() < deadline:
        others[0].wait_for_timeout(50)
    assert len(asked) == 2
    others[0].wait_for_timeout(300)
    others[3].bring_to_front()
    others[3].keyboard.press("j")
    others[3].keyboard.press("4")
    for tab in others:
        expect(tab.locator(f"#lead-{lead} .badge")).to_have_text("Disqualified")


def test_a_lead_that_others_delete_is_struck_out_and_back_when_they_undo(
    page: Page, add_lead: AddLead
) -> None:
    lead = add_lead("Ada")
    page.goto(LIST)
    second = page.context.new_page()
    second.goto(LIST)
    page.wait_for_timeout(300)
    second.locator(f"#lead-{lead}").hover()
    second.get_by_role("button", name="Delete Ada").click()
    expect(page.locator(f"#lead-{lead}.gone")).to_have_count(1)
    second.keyboard.press("z")
    expect(page.locator(f"#lead-{lead}.gone")).to_have_count(0)
    expect(page.locator("#chip-all b")).to_have_text("1")


def test_a_lost_connection_is_told_renewed_and_made_up_for(page: Page, add_lead: AddLead) -> None:
    lead = add_lead("Ada")
    refused: list[Route] = []

    def refuse_twice(route: Route) -> None:
        refused.append(route)
        if len(refused) > 2:
            route.continue_()
        else:
            route.fulfill(status=503)

    page.route("**/api/events", refuse_twice)
    page.goto(LIST)
    expect(page.locator("#offline")).to_be_visible()
    add_lead("Ben")
    page.request.post(f"{UI}/leads/{lead}/status", form={"status": "contacted"}, max_redirects=0)
    expect(page.locator("#offline")).to_be_hidden(timeout=10_000)
    expect(page.locator(f"#lead-{lead} .badge")).to_have_text("Contacted")
    expect(page.locator("#chip-all b")).to_have_text("2")
