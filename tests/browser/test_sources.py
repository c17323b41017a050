"""Sources in a browser: declared, tried out and run without writing code, scripts or none."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from pipeline.database.engine import Database
from pipeline.fetch.loop import fetch_loop
from pipeline.settings import Settings
from tests.browser.conftest import UI
from tests.parts.sites import Site, open_site

LIST = f"{UI}/sources"
FIRMS = "".join(
    f"<li class='firm'><h3>{name}</h3><b class='tel'>{phone}</b></li>"
    for name, phone in (("Tern & Sons", "01632 960101"), ("Widgeon Works", ""))
)
PAGES = {
    "/firms?page=1": f"<title>Firms</title><ul>{FIRMS}</ul>",
    "/firms?page=2": "<title>Firms</title><ul><li class='firm'><h3>Knot Yard</h3></li></ul>",
    "/firms?page=3": "<title>Firms</title><p>No more.</p>",
}


@pytest.fixture
def site() -> Iterator[Site]:
    with open_site(PAGES) as opened:
        yield opened


@pytest.fixture
def settings(settings: Settings, site: Site) -> Iterator[Settings]:
    """Settings that let the site be fetched, at once."""
    allowed = {"fetch_allow": site.url.removeprefix("http://"), "fetch_delay_seconds": 0.0}
    changed = settings.model_copy(update=allowed)
    yield changed
    fetch_loop(changed).close()
    fetch_loop.cache_clear()


@pytest.fixture
def plain(browser: Browser, address: str) -> Iterator[Page]:
    """A page in a browser that runs no scripts."""
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def fill(page: Page, site: Site) -> None:
    page.goto(LIST)
    page.get_by_role("link", name="Declare a source").click()
    page.get_by_label("Title").fill("Harbour firms")
    page.get_by_label("Slug").fill("harbour_firms")
    page.get_by_label("Start", exact=True).fill(f"{site.url}/firms?page={{page}}")
    page.get_by_label("Item", exact=True).fill("li.firm")
    rules = page.get_by_label("Fields optional", exact=True)
    rules.fill("company = h3\nphone = .tel\nemail = a.mail@href")


@pytest.mark.usefixtures("worker")
def test_a_source_is_declared_and_its_test_shows_values_and_gaps(page: Page, site: Site) -> None:
    fill(page, site)
    page.get_by_role("button", name="Test with five pages").click()
    trial = page.locator("#trial")
    expect(trial.get_by_role("heading", name="What the test found")).to_be_visible(timeout=20_000)
    expect(trial).to_contain_text("3 records found")
    expect(trial.locator(".found thead")).to_contain_text("phone in 1 of 3")
    expect(trial.locator(".found th.bad")).to_contain_text("email never found")
    expect(trial.locator(".found td.blank").first).to_contain_text("missing")
    page.get_by_label("Records expected of a run").get_by_label("At least").fill("2")
    page.get_by_label("Records expected of a run").get_by_label("At most").fill("40")
    page.get_by_role("button", name="Save").click()
    row = page.get_by_role("row", name="Harbour firms")
    expect(row).to_contain_text("2 to 40 records")
    row.get_by_role("button", name="Run Harbour firms now").click()
    expect(page.locator(".run > .head .badge")).to_have_text("Finished", timeout=20_000)


@pytest.mark.usefixtures("worker")
def test_without_scripts_a_source_is_tried_mended_and_deleted(plain: Page, site: Site) -> None:
    fill(plain, site)
    plain.get_by_label("Item", exact=True).fill("li[")
    plain.get_by_role("button", name="Save").click()
    expect(plain.locator(".notice.bad")).to_contain_text("CSS")
    plain.get_by_label("Item", exact=True).fill("li.firm")
    plain.get_by_role("button", name="Test with five pages").click()
    plain.get_by_role("link", name="on a page of its own").click()
    expect(plain.get_by_role("heading", name="What the test found")).to_be_visible(timeout=20_000)
    plain.get_by_role("link", name="Edit what it was told").click()
    expect(plain.get_by_label("Item", exact=True)).to_have_value("li.firm")
    plain.get_by_label("Title").fill("Harbour firms")
    plain.get_by_label("Slug").fill("harbour_firms")
    plain.get_by_role("button", name="Save").click()
    plain.get_by_role("link", name="Harbour firms", exact=True).click()
    plain.get_by_label("Title").fill("Firms of the harbour")
    plain.get_by_role("button", name="Save").click()
    plain.get_by_role("button", name="Delete Firms of the harbour").click()
    expect(plain.get_by_role("row", name="Firms of the harbour")).to_have_count(0)


def test_a_source_comes_from_a_file(page: Page) -> None:
    body = b'slug = "firms"\ntitle = "Firms"\nkind = "website"\n[params]\nurl = "https://a.example"'
    page.goto(LIST)
    file = {"name": "firms.toml", "mimeType": "application/toml", "buffer": body}
    page.get_by_label("Import a source").set_input_files(files=[file])
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_role("link", name="Firms", exact=True)).to_be_visible()
    page.get_by_label("Import a source").set_input_files(files=[file])
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.locator(".notice.bad")).to_contain_text("firms")


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_are_accessible_and_fit_a_phone(
    browser: Browser, address: str, site: Site, store: Database, theme: str
) -> None:
    context = browser.new_context(base_url=address, bypass_csp=True, color_scheme=theme)  # type: ignore[arg-type]
    page = context.new_page()
    try:
        fill(page, site)
        page.get_by_role("button", name="Test with five pages").click()
        page.get_by_role("heading", name="What the test found").wait_for(timeout=20_000)
        found = Axe().run(page).response["violations"]
        page.get_by_role("button", name="Save").click()
        found += Axe().run(page).response["violations"]
        page.get_by_role("link", name="Harbour firms", exact=True).click()
        found += Axe().run(page).response["violations"]
        assert [f"{one['id']} {one['nodes'][0]['html'][:200]}" for one in found] == []
        page.set_viewport_size({"width": 390, "height": 800})
        for route in (LIST, f"{LIST}/harbour_firms", f"{LIST}/trial/1"):
            page.goto(route)
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, route
    finally:
        context.close()
