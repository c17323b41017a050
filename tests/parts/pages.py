"""A browser page that watches itself: no script error, no CSP violation, no foreign host."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

_BAD_STATUS = 400
# A refused request shows in the console too; those that matter are judged by _judge_response.
_HTTP_NOISE = "Failed to load resource"
_REPORT_VIOLATIONS = """
addEventListener('securitypolicyviolation', event =>
    console.error(`CSP ${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`));
"""


@contextmanager
def open_watched_page(browser: Browser, address: str) -> Iterator[Page]:
    """Open a page on ``address`` in a context of its own; fail at the end if it misbehaved."""
    faults: list[str] = []
    host = urlsplit(address).netloc
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 800})
    context.add_init_script(_REPORT_VIOLATIONS)

    def judge_console(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(_HTTP_NOISE):
            faults.append(f"console: {message.text}")

    def judge_request(request: Request) -> None:
        target = urlsplit(request.url)
        if target.scheme not in {"data", "blob"} and target.netloc != host:
            faults.append(f"foreign host: {request.url}")

    def judge_response(response: Response) -> None:
        is_part = response.request.resource_type in {"script", "stylesheet", "image", "font"}
        if is_part and response.status >= _BAD_STATUS:
            faults.append(f"{response.status}: {response.url}")

    context.on("console", judge_console)
    context.on("weberror", lambda error: faults.append(f"script: {error.error}"))
    context.on("request", judge_request)
    context.on("response", judge_response)
    try:
        page = context.new_page()
        page.set_default_timeout(10_000)
        yield page
    finally:
        context.close()
    if faults:
        raise AssertionError("\n".join(faults))
