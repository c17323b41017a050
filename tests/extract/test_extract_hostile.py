"""No page can make the reading slow: time grows with the page, up to a bound."""

import time
from collections.abc import Callable

import pytest

from pipeline.extract.contacts import parse_page, read_page
from pipeline.extract.decoders import DECODERS
from pipeline.extract.email_scan import scan_emails
from pipeline.extract.phone_scan import find_runs, find_vanity, read_run

Make = Callable[[int], str]


def _of(unit: str, end: str = "", begin: str = "") -> Make:
    return lambda size: begin + unit * (size // len(unit)) + end


def _numbered(unit: str) -> Make:
    return lambda size: "".join(unit.format(n) for n in range(size // len(unit)))


PAGES: dict[str, Make] = {
    "signs": _of("@"),
    "signs and letters": _of("a@"),
    "dotted": _of("a.", "@"),
    "blanks around signs": _of("a @ b.com "),
    "addresses": _numbered("ann{:07}@firm.com "),
    "digits": _of("1"),
    "digits apart": _of("1 "),
    "brackets": _of("(+", "1"),
    "numbers": _numbered("206 555 {:04} "),
    "codes": _of("+44 (0)"),
    "free numbers": _of("1-800 "),
    "spelled numbers": _of("800-AAA "),
    "deep": _of("<div>", "ann@firm.com"),
    "deep lists": _of("<ul><li>", "ann@firm.com"),
    "deep tables": _of("<table><tr><td>ann@firm.com"),
    "one wide table": _of("<td>Ann Lee<td>ann@firm.com<td>206-555-0100", begin="<table><tr>"),
    "rows": _of("<tr><td>Ann Lee<td>ann@firm.com<td>206-555-0100", begin="<table>"),
    "headings": _of("<h2>Ann Lee</h2>", "ann@firm.com"),
    "headings and addresses": _numbered("<h2>Ann Lee</h2>a{}@firm.com"),
    "pieces": _of("<span>a</span>", "@firm.com"),
    "breaks": _of("Ann Lee<br>ann@firm.com<br>"),
    "links": _numbered('<a href="mailto:a{}@firm.com">x</a>'),
    "dials": _numbered('<a href="tel:+44207946{:04}">x</a>'),
    "one line": _of("Ann Lee, CEO | ", "ann@firm.com</p>", "<p>"),
    "title": _of(" - ", "</title><p>ann@firm.com", "<title>"),
    "copyrights": _of("<p>© 2026 ", "ann@firm.com"),
    "job words": _of("leitleit", "er ann@firm.com"),
    "names": _of("<p>Ann Lee</p>"),
    "unclosed": _of("<table><a><b>x"),
    "encoded": _of("&#64;"),
    "not closed": _of("<"),
}


@pytest.mark.parametrize("case", PAGES)
def test_no_page_takes_longer_than_fifty_milliseconds(case: str) -> None:
    page = PAGES[case](2_000_000)

    assert _best(lambda: read_page(parse_page(page), url="https://firm.com/")) < 0.05


@pytest.mark.parametrize("case", ["signs and letters", "blanks around signs", "rows", "encoded"])
def test_decoders_are_bounded_too(case: str) -> None:
    page = PAGES[case](2_000_000)
    every = tuple(DECODERS)

    assert _best(lambda: read_page(parse_page(page), url="https://a.com/", decoders=every)) < 0.1


SCANS: dict[str, Callable[[str], object]] = {
    "addresses": lambda text: [*scan_emails(text, limit=1 << 30)],
    "numbers": lambda text: [[*read_run(text, run, ["US", "GB"])] for run in find_runs(text)],
    "letters": lambda text: [*find_vanity(text)],
}


@pytest.mark.parametrize("scan", SCANS)
@pytest.mark.parametrize("case", [name for name, make in PAGES.items() if "<" not in make(200)])
def test_work_grows_no_faster_than_the_text(case: str, scan: str) -> None:
    small, large = (PAGES[case](size) for size in (4_000, 32_000))

    short, long = (_best(lambda text=text: SCANS[scan](text)) for text in (small, large))

    assert long < max(0.01, 3 * 8 * short)


def _best(work: Callable[[], object]) -> float:
    """Give the least CPU seconds of a few goes: the machine may be busy."""
    times = []
    for _ in range(5):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
        if times[-1] < 0.01:
            break
    return min(times)
