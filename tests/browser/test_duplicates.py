"""Leads that may be one: found, compared, answered and taken back, with and without scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from pipeline.access import Role, add_key
from pipeline.database.engine import Database
from pipeline.matches.models import Match
from pipeline.resolve.index import reindex
from tests.browser.conftest import LIST, UI, StatusOf
from tests.matches.matching import ask, ask_of_pair, enter

QUEUE = f"{UI}/duplicates"
HOSTILE = "\"><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}'`"


@pytest.fixture
def matches(store: Database) -> list[Match]:
    """Two questions, the first the more useful."""
    with store.write("cli") as db:
        found = [ask_of_pair(db, name) for name in ("Ann Lee", "Bo Ray")]
        for one, useful in zip(found, (900, 100), strict=True):
            one.usefulness = useful
            reindex(db, (one.left_id, one.right_id))
        return found


@pytest.fixture
def plain(browser: Browser, address: str) -> Iterator[Page]:
    """A page in a browser that runs no scripts."""
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def test_pairs_are_answered_one_by_one_each_with_its_way_back(
    plain: Page, matches: list[Match], status_of: StatusOf
) -> None:
    first, second = matches
    plain.goto(LIST)
    plain.get_by_role("link", name="Duplicates").click()
    expect(plain.locator("tbody tr")).to_have_count(2)
    plain.get_by_role("link", name="Answer one by one").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Ann Lee and Ann Lee")

    plain.get_by_role("button", name="Merge").click()
    expect(plain.locator(".notice")).to_contain_text("Ann Lee merged.")
    expect(plain.get_by_role("heading", level=1)).to_have_text("Bo Ray and Bo Ray")
    assert status_of(first.right_id) is None

    plain.get_by_role("button", name="Not the same").click()
    expect(plain.locator(".notice")).to_contain_text("Bo Ray and Bo Ray told apart.")
    expect(plain.get_by_role("heading", name="Nothing to decide.")).to_be_visible()
    plain.locator(".notice").get_by_role("button", name="Undo").click()
    expect(plain.locator("tbody tr")).to_have_count(1)
    assert status_of(second.right_id) == "new"


def test_the_lead_that_lives_on_is_chosen(
    plain: Page, matches: list[Match], status_of: StatusOf
) -> None:
    newer = matches[0].right_id
    plain.goto(f"{QUEUE}/{matches[0].id}")
    plain.get_by_label("Which lead lives on after a merge").select_option(str(newer))
    plain.get_by_role("button", name="Merge").click()
    expect(plain.locator(".notice")).to_contain_text("merged")
    assert status_of(newer) == "new"
    assert status_of(matches[0].left_id) is None


def test_a_skipped_pair_makes_way_for_the_next(plain: Page, matches: list[Match]) -> None:
    plain.goto(f"{QUEUE}/{matches[0].id}")
    plain.get_by_role("button", name="Skip").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Bo Ray and Bo Ray")
    plain.goto(QUEUE)
    expect(plain.locator("tbody tr").last).to_contain_text("Ann Lee")


def test_a_pair_shows_both_sides_and_a_bar_for_each_reason(
    page: Page, matches: list[Match]
) -> None:
    page.goto(f"{QUEUE}/{matches[0].id}")
    reasons = len(matches[0].evidence["reasons"])
    expect(page.locator(".waterfall tbody tr")).to_have_count(reasons)
    widths = page.eval_on_selector_all(
        ".waterfall rect.for, .waterfall rect.against",
        "all => all.map(one => one.getBoundingClientRect().width)",
    )
    assert len(widths) == reasons
    assert min(widths) > 0
    expect(page.locator(".sides tbody tr", has_text="Email")).to_contain_text("same")


def test_an_answered_pair_says_by_whom_and_offers_the_way_back(
    page: Page, matches: list[Match]
) -> None:
    page.goto(f"{QUEUE}/{matches[0].id}")
    page.get_by_role("button", name="Merge").click()
    page.goto(f"{QUEUE}/{matches[0].id}")
    expect(page.locator(".notice")).to_contain_text("You merged these")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Merge")).to_be_visible()


def test_a_pair_that_somebody_else_answered_says_so(page: Page, matches: list[Match]) -> None:
    page.goto(f"{QUEUE}/{matches[0].id}")
    page.request.post(f"/api/duplicates/{matches[0].id}/distinct")
    page.get_by_role("button", name="Merge").click()
    expect(page.locator("main")).to_contain_text("is answered already")


def test_a_leads_page_shows_whom_it_may_be_and_what_lives_on_in_it(
    page: Page, matches: list[Match]
) -> None:
    match = matches[0]
    page.goto(f"{UI}/leads/{match.left_id}")
    page.get_by_role("link", name="Compare with Ann Lee").click()
    page.get_by_role("button", name="Merge").click()
    page.goto(f"{UI}/leads/{match.left_id}")
    expect(page.locator(".relatives")).to_contain_text(f"Lead {match.right_id} lives on in this")
    page.get_by_role("link", name="why").click()
    expect(page.locator(".waterfall tbody tr").first).to_be_visible()
    page.goto(f"{UI}/leads/{match.left_id}")
    page.get_by_role("button", name=f"Split lead {match.right_id} off").click()
    expect(page.locator(".relatives")).to_have_count(0)
    page.goto(f"{UI}/activity")
    expect(page.locator("tbody tr").first).to_contain_text("split off")


def test_a_hostile_name_is_only_text(page: Page, store: Database) -> None:
    with store.write("cli") as db:
        pair = [enter(db, HOSTILE, "a@acme-tools.com") for _ in range(2)]
        for one in pair:
            one.company = HOSTILE
            one.custom = {HOSTILE: HOSTILE}
        match = ask(db, *pair)
    for route in (QUEUE, f"{QUEUE}/{match.id}", f"{UI}/leads/{match.left_id}"):
        page.goto(route)
        expect(page.locator("main")).to_contain_text(HOSTILE)
        assert page.locator("main img, main script").count() == 0


def test_who_may_only_look_sees_no_buttons(
    page: Page, store: Database, matches: list[Match]
) -> None:
    with store.write() as db:
        secret = add_key(db, "viewer", Role.VIEWER)
    page.context.set_extra_http_headers({"X-API-Key": secret})
    page.goto(f"{QUEUE}/{matches[0].id}")
    expect(page.locator(".waterfall")).to_be_visible()
    assert page.get_by_role("button", name="Merge").count() == 0
