"""The buttons of a run's page: pause, resume, cancel, and an undo that is a run itself."""

import pytest
from playwright.sync_api import Page, expect

from pipeline.database.engine import Database
from pipeline.settings import Settings
from pipeline.work import work_on_run
from tests.browser.conftest import UI
from tests.imports import import_text, request_text

MANY = 1_100


@pytest.fixture
def content() -> str:
    """A file too large to be taken back at once."""
    return "name,email\n" + "".join(f"Person {n},p{n}@example.com\n" for n in range(MANY))


def test_an_import_is_paused_resumed_and_cancelled(
    page: Page, store: Database, settings: Settings, content: str
) -> None:
    run = request_text(store, settings, content)
    badge = page.locator(".run > .head .badge")
    page.goto(f"{UI}/imports/{run}")

    page.get_by_role("button", name="Pause").click()
    expect(badge).to_have_text("Paused")
    assert not work_on_run(store, settings, run)
    page.reload()
    expect(badge).to_have_text("Paused")
    page.get_by_role("button", name="Resume").click()
    expect(badge).to_have_text("Requested")
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Cancel").click()
    expect(badge).to_have_text("Cancelled")


def test_a_large_undo_is_followed_on_its_page_and_brought_back(
    page: Page, store: Database, settings: Settings, content: str
) -> None:
    run = import_text(store, settings, content)
    badge = page.locator(".run > .head .badge")
    page.goto(f"{UI}/imports/{run.id}")

    page.get_by_role("button", name="Undo import").click()
    page.wait_for_url(f"**{UI}/runs/{run.id + 1}")
    expect(page.locator(".progress")).to_contain_text(f"0 of {MANY:,} leads")
    while work_on_run(store, settings, run.id + 1):
        pass

    expect(badge).to_have_text("Finished")
    expect(page.locator(".balance .removed dd")).to_have_text(f"{MANY:,}")
    page.get_by_role("button", name="Bring it back").click()
    page.wait_for_url(f"**{UI}/runs/{run.id + 2}")
