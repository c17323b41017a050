"""The documentation page, in a real browser."""

from playwright.sync_api import Page, expect


def test_the_documentation_works_under_the_policy_and_without_foreign_hosts(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/docs")

    expect(page.get_by_role("heading", name="Lead engine")).to_be_visible()
    page.get_by_text("/api/leads", exact=True).first.click()
    expect(
        page.get_by_text("Give leads in order of id").or_(page.get_by_text("as given")).first
    ).to_be_visible()
