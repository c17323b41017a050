"""Schedules and alarms in the dashboard, in a browser that runs no scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from pipeline.database.engine import Database
from pipeline.runs.crawl_models import FieldCount
from pipeline.runs.models import Run, Schedule
from pipeline.runs.service import request_run, require_run
from pipeline.watching.limits import judge_run
from tests.browser.conftest import UI


@pytest.fixture
def plain(browser: Browser, address: str) -> Iterator[Page]:
    """A page in a browser that runs no scripts."""
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def _schedules(store: Database) -> list[Schedule]:
    with store.read() as db:
        return list(db.scalars(select(Schedule)))


def test_a_rule_is_previewed_then_kept_changed_paused_and_deleted(
    plain: Page, store: Database
) -> None:
    plain.goto(f"{UI}/schedules")
    expect(plain.get_by_role("heading", name="No schedules yet.")).to_be_visible()
    plain.get_by_label("Address").fill("https://example.com/")
    plain.get_by_label("When").fill("every Tuesday and Thursday 08:00")
    plain.get_by_label("Time zone").fill("Europe/Berlin")
    plain.get_by_label("Spread, in minutes").fill("5")
    plain.get_by_role("button", name="Show the next five times").click()
    expect(plain.locator(".next")).to_contain_text("Every Tuesday and Thursday at 08:00")
    expect(plain.locator(".next li")).to_have_count(5)
    assert _schedules(store) == []

    plain.get_by_role("button", name="Schedule", exact=True).click()
    row = plain.locator("[data-schedule='1']")
    expect(row).to_contain_text("Europe/Berlin, up to 5 min later")
    row.get_by_role("link", name="every Tuesday").click()
    plain.get_by_label("When").fill("every 2 hours")
    plain.get_by_role("button", name="Save").click()
    expect(row).to_contain_text("every 2 hours")
    (schedule,) = _schedules(store)
    assert (schedule.every_seconds, schedule.jitter_seconds) == (7_200, 300)
    assert schedule.params == {"url": "https://example.com/"}

    row.get_by_role("button", name="Pause the schedule").click()
    expect(row).to_contain_text("Paused")
    row.get_by_role("button", name="Resume the schedule").click()
    expect(row).to_contain_text("in ")
    row.get_by_role("button", name="Run now").click()
    expect(plain.locator(".run > .head .badge")).to_have_text("Requested")
    plain.goto(f"{UI}/schedules")
    row.get_by_role("button", name="Run now").click()
    expect(plain.locator("main")).to_contain_text("Run 1 has not ended")
    plain.goto(f"{UI}/schedules")
    row.get_by_role("button", name="Delete the schedule").click()
    expect(row).to_have_count(0)


def test_a_rule_that_cannot_be_read_says_why_and_keeps_what_was_typed(plain: Page) -> None:
    plain.goto(f"{UI}/schedules")
    plain.get_by_label("When").fill("every <b>morning</b>")
    plain.get_by_role("button", name="Schedule", exact=True).click()

    expect(plain.locator(".notice.bad")).to_contain_text("“every 2 hours”")
    expect(plain.get_by_label("When")).to_have_value("every <b>morning</b>")


def _quarantine(store: Database) -> None:
    for phones in (45, 45, 45, 45, 3):
        with store.write() as db:
            run = request_run(db, "scrape", "website", first_batch="pages", params={"url": "x"})
            run.state, run.finished_at = "finished", run.requested_at
            found = {"": 50, "name": 50, "phone": phones}
            db.add_all(FieldCount(run_id=run.id, field=one, count=n) for one, n in found.items())
    with store.write() as db:
        held = require_run(db, run.id)
        assert not judge_run(db, held)
        held.state = "quarantined"


def test_a_quarantined_run_is_seen_looked_into_and_discarded(plain: Page, store: Database) -> None:
    _quarantine(store)
    plain.goto(UI + "/leads-dashboard-ui")
    plain.get_by_role("link", name="Scraping").click()
    source = plain.locator("[data-source='website']")
    expect(source.locator(".badge")).to_have_text("Quarantined")
    expect(source.get_by_role("img", name="phone in the last 5 runs")).to_be_visible()
    expect(plain.locator(".held")).to_contain_text("6 % of the records have phone")
    plain.get_by_role("link", name="Show a page before and after").click()
    expect(plain.get_by_role("heading", name="No page to compare.")).to_be_visible()
    plain.get_by_role("button", name="Discard").click()

    expect(plain.locator(".held")).to_have_count(0)
    expect(source.locator(".badge")).to_have_text("Healthy")
    with store.read() as db:
        assert db.scalar(select(Run.state).where(Run.id == 5)) == "cancelled"


def test_accepting_is_one_click(plain: Page, store: Database) -> None:
    _quarantine(store)
    plain.goto(f"{UI}/scraping")

    plain.get_by_role("button", name="Accept").click()

    expect(plain.locator(".run > .head h1")).to_have_text("x")
    with store.read() as db:
        assert db.scalar(select(Run.state).where(Run.id == 5)) == "finished"
