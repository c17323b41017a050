"""Every page in a real browser: accessible, quiet, light on the wire, usable on a phone."""

import gzip
from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from pipeline.access import Role, add_key
from pipeline.database.engine import Database
from pipeline.imports import ImportChoices, open_spool, request_import
from pipeline.settings import Settings
from pipeline.work import work_on_run
from tests.browser.conftest import LIST, UI, AddLead
from tests.matches.matching import ask_of_pair

ROUTES = (
    LIST,
    f"{LIST}?status=disqualified&q=zzz",
    f"{UI}/leads/1",
    f"{UI}/leads/new",
    f"{UI}/duplicates",
    f"{UI}/duplicates?lead=1",
    f"{UI}/duplicates/1",
    f"{UI}/imports",
    f"{UI}/imports/1",
    f"{UI}/imports/2",
    f"{UI}/imports/3",
    f"{UI}/imports/3?outcome=updated",
    f"{UI}/runs",
    f"{UI}/activity",
    f"{UI}/help",
    f"{UI}/nothing",
    "/login",
)
FILE = b"Name,Email,Phone\nAda,ada@example.com,+44 20 7946 0958\nBen,not an address,\n"
OTHER = (
    "Name;E-Mail;Telefon;Firma\nAda Köhler;ada@example.com;;Ö\nBen;x@gmial;030 1234567;\n".encode(
        "cp1252"
    )
)
HOSTILE_NAME = '"><img src=x onerror=alert(1)>'
HOSTILE = "\"><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}'`"


def import_file(
    store: Database, settings: Settings, content: bytes, name: str, *, plan: bool = False
) -> int:
    with open_spool(settings) as spool:
        spool.write(content)
        spooled = spool.finish()
    with store.write("cli") as db:
        choices = ImportChoices(plan=plan)
        return request_import(db, spooled, file_name=name, settings=settings, choices=choices).id


def find_violations(page: Page, route: str, theme: Literal["light", "dark"]) -> list[str]:
    page.emulate_media(color_scheme=theme)
    page.goto(route)
    found = Axe().run(page).response["violations"]
    return [f"{one['id']} {one['nodes'][0]['html'][:200]}" for one in found]


@pytest.fixture
def furnished(store: Database, settings: Settings, add_lead: AddLead) -> None:
    """An engine with something on every page: leads, a finished and a waiting import, a plan."""
    with store.write("cli") as db:
        ask_of_pair(db, "Ann Lee")
    for number, status in enumerate(("new", "contacted", "qualified", "disqualified")):
        add_lead(f"Lead {number}", status=status, email=f"lead{number}@example.com")
    work_on_run(store, settings, import_file(store, settings, FILE, "fair.csv"))
    import_file(store, settings, FILE, "waiting.csv")
    work_on_run(store, settings, import_file(store, settings, OTHER, "plan.csv", plan=True))


@pytest.fixture
def axe_page(browser: Browser, address: str) -> Iterator[Page]:
    """A page into which axe may be put, which the policy forbids to all else."""
    context = browser.new_context(base_url=address, bypass_csp=True)
    yield context.new_page()
    context.close()


def test_axe_finds_nothing_on_any_page_in_either_theme(axe_page: Page, furnished: None) -> None:
    found = [
        f"{theme} {route}: {one}"
        for theme in ("light", "dark")
        for route in ROUTES
        for one in find_violations(axe_page, route, theme)
    ]
    assert found == []


def test_axe_finds_nothing_on_a_phone(axe_page: Page, furnished: None) -> None:
    axe_page.set_viewport_size({"width": 390, "height": 844})
    found = [find_violations(axe_page, route, "light") for route in (LIST, *ROUTES[2:11])]
    assert found == [[]] * 10


def test_axe_finds_nothing_in_the_dialogs(axe_page: Page, furnished: None) -> None:
    found = []
    for key in ("c", "?", "Enter"):
        axe_page.goto(LIST)
        axe_page.keyboard.press("j")
        axe_page.keyboard.press(key)
        axe_page.get_by_role("dialog").get_by_role("heading").first.wait_for()
        found += [one["id"] for one in Axe().run(axe_page).response["violations"]]
    assert found == []


def test_no_page_is_wider_than_a_phone_and_targets_are_large_enough(
    page: Page, furnished: None
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    small = """() => [...document.querySelectorAll('button, .button, input, select, nav a')]
        .map(one => [one, one.getBoundingClientRect()])
        .filter(([, box]) => box.width && box.height > 1 && box.height < 43.5)
        .map(([one]) => one.outerHTML.slice(0, 120))"""
    for route in ROUTES:
        page.goto(route)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert (route, width) == (route, 390)
        assert (route, page.evaluate(small)) == (route, [])


def test_the_chosen_theme_is_there_with_the_first_byte(page: Page) -> None:
    page.goto(LIST)
    page.get_by_role("button", name="Switch between light and dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.wait_for_timeout(100)
    assert 'data-theme="dark"' in page.request.get(LIST).text()
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 22, 26)"


def test_the_list_is_light_on_the_wire_and_its_parts_are_kept_by_the_browser(
    page: Page, add_lead: AddLead
) -> None:
    for number in range(50):
        add_lead(f"Lead {number}", email=f"lead{number}@example.com")
    page.goto(LIST)
    sizes = """['navigation', 'resource'].flatMap(type => performance.getEntriesByType(type))
        .reduce((sum, one) => sum + one.transferSize, 0)"""
    assert page.evaluate(sizes) < 60 * 1024
    page.goto(f"{LIST}?sort=name")
    assert page.evaluate(sizes) < 20 * 1024
    script = page.locator("script[src$='core.js']").get_attribute("src")
    assert script is not None
    answer = page.request.get(script)
    assert "immutable" in answer.headers["cache-control"]
    assert len(gzip.compress(answer.body())) > 500


def test_stored_hostile_text_is_shown_as_text_everywhere(
    page: Page, store: Database, settings: Settings
) -> None:
    quoted = HOSTILE.replace('"', '""')
    header = f'Name,Email,Phone,Company,Title,Website,Lead Source,"{quoted}"'
    row = f'"{quoted}",a@example.com,"{quoted}","{quoted}","{quoted}",javascript:alert(3),'
    bad = f'"{quoted}","{quoted}",,,,,,'
    content = f'{header}\n{row}"{quoted}","{quoted}"\n{bad}\n'.encode()
    run = import_file(store, settings, content, f"{HOSTILE_NAME}.csv")
    work_on_run(store, settings, run)
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    routes = [LIST, f"{UI}/leads/1", f"{UI}/imports", f"{UI}/imports/{run}", f"{UI}/runs"]
    for route in [*routes, f"{UI}/imports/{run}?outcome=rejected", f"{UI}/activity"]:
        page.goto(route)
        expect(page.locator("main")).to_contain_text("onerror=alert(1)", ignore_case=True)
        assert page.locator("main img, main script").count() == 0
        assert page.locator("a[href^='javascript:']").count() == 0
    page.goto(LIST)
    page.keyboard.press("j")
    page.keyboard.press("2")
    expect(page.locator("#toasts")).to_contain_text("<script>alert(2)", ignore_case=True)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("onerror=alert(1)", ignore_case=True)
    page.goto(f"{LIST}?q=%3Cscript%3Ealert(4)%3C/script%3E&source=%22%3E%3Cimg%20src=x%3E")
    expect(page.locator("main")).to_contain_text("<script>alert(4)</script>")
    assert dialogs == []


def test_a_viewer_sees_everything_and_no_control_that_writes(
    page: Page, store: Database, furnished: None
) -> None:
    with store.write() as db:
        key = add_key(db, "Vera", Role.VIEWER)
    page.goto("/login")
    page.get_by_label("API key").fill(key)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**{LIST}")
    expect(page.locator("#rows tr")).to_have_count(7)
    for route in ROUTES[:-3]:
        page.goto(route)
        assert page.locator("main form[method=post], main button:not(#pill)").count() == 0, route
        assert page.locator("#create-opener").count() == 0
    page.goto(LIST)
    page.keyboard.press("j")
    page.keyboard.press("3")
    page.keyboard.press("c")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("API key")).to_be_visible()
