"""The benchmarks keep working: each section is played once, on a handful of records."""

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.benchmarks import imports, page_reading, sheets
from tests.benchmarks.contest import enter
from tests.benchmarks.crawls import CONTACTS, WAYS, open_broad, open_crawl
from tests.benchmarks.directory_pages import LINKS, render_page
from tests.benchmarks.limits import import_by_executemany
from tests.benchmarks.lists import open_lists
from tests.benchmarks.page_reading import open_pages
from tests.benchmarks.people import COLUMNS, write_people
from tests.benchmarks.sections import Result, Row, Section, format_table, measure


def test_the_file_is_the_same_each_time_and_every_tenth_row_a_duplicate(tmp_path: Path) -> None:
    write_people(tmp_path / "a.csv", 1_000)
    write_people(tmp_path / "b.csv", 1_000)

    lines = (tmp_path / "a.csv").read_text().splitlines()
    assert lines == (tmp_path / "b.csv").read_text().splitlines()
    assert lines[0].split(",") == list(COLUMNS)
    assert len(lines) == 1_001
    distinct = {line.split(",")[1].lower() for line in lines[1:]}
    assert 850 < len(distinct) < 950


def test_a_ratio_is_taken_within_each_round() -> None:
    pairs = [(2.0, 1.0), (40.0, 10.0), (9.0, 3.0)]
    rounds = iter([{"ours": ours, "peer": peer} for ours, peer in pairs])

    (result,) = measure(Section(lambda: next(rounds), [Row("x", "rows/s", "ours", "peer")]), 3)

    assert (result.ours, result.theirs) == (9, 3)
    assert (result.least, result.ratio, result.most) == (2, 3, 4)
    assert "2–4" in format_table([result])


def test_a_figure_may_stand_alone() -> None:
    (result,) = measure(Section(lambda: {"memory": 120.0}, [Row("peak", "MB", "memory")]), 2)

    assert format_table([result]).splitlines()[1].split() == ["peak", "MB", "120"]


@pytest.fixture(autouse=True)
def _without_peers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Leave out those that need packages of their own, which the tests do not install."""
    for module in (imports, page_reading, sheets):
        monkeypatch.setattr(module, "PEERS", tmp_path / "none")


def test_the_imports_are_measured_on_sqlite(tmp_path: Path) -> None:
    with imports.open_sqlite_imports(tmp_path, 40) as section:
        assert _all_positive(measure(section, 1))
    import_by_executemany(tmp_path / "people.csv", str(tmp_path / "other.db"))


def test_the_imports_are_measured_on_postgresql(tmp_path: Path) -> None:
    with imports.open_postgres_imports(tmp_path, 40) as section:
        assert _all_positive(measure(section, 1))


def test_reading_a_workbook_is_measured(tmp_path: Path) -> None:
    with sheets.open_sheets(tmp_path, 40) as section:
        assert _all_positive(measure(section, 1))


def test_a_contestant_that_fails_is_told() -> None:
    with pytest.raises(AssertionError, match="KeyError: 'by hand'"):
        enter("limits", "by hand", "people.csv", "none.db", 1)


def test_all_crawlers_do_the_same_work(tmp_path: Path) -> None:
    with open_crawl(tmp_path, 5, {CONTACTS: WAYS[CONTACTS]}) as section:
        assert _all_positive(measure(section, 1))


def test_many_hosts_are_crawled_at_once(tmp_path: Path) -> None:
    with open_broad(tmp_path, 3, 2) as section:
        assert _all_positive(measure(section, 1))


def test_the_directory_is_the_same_each_time_and_as_large_as_told() -> None:
    page = render_page(7, 2_000)
    html = LexborHTMLParser(page)

    assert page == render_page(7, 2_000)
    assert 25_000 < len(page) < 28_000
    assert 450 < len(html.css("*")) < 500
    links = [node.attributes["href"] or "" for node in html.css("a[href]")]
    assert sum(href.startswith(("/", "https:")) for href in links) == LINKS


def test_reading_pages_is_measured(tmp_path: Path) -> None:
    with open_pages(20) as section:
        assert _all_positive(measure(section, 1))


def test_the_lists_are_measured_over_real_servers(tmp_path: Path) -> None:
    with open_lists(tmp_path, 60, 2) as section:
        assert _all_positive(measure(section, 1))


def _all_positive(results: list[Result]) -> bool:
    return bool(results) and all(result.ratio > 0 for result in results)
