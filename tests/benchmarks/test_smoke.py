"""The benchmarks keep working: each section is played once, on a handful of records."""

from pathlib import Path

from tests.benchmarks.crawls import open_crawls
from tests.benchmarks.imports import open_postgres_imports, open_sqlite_imports
from tests.benchmarks.lists import open_lists
from tests.benchmarks.peers import import_by_executemany
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


def test_the_imports_are_measured_on_sqlite(tmp_path: Path) -> None:
    with open_sqlite_imports(tmp_path, 40) as section:
        assert _all_positive(measure(section, 1))
    import_by_executemany(tmp_path / "people.csv", tmp_path / "other.db")


def test_the_imports_are_measured_on_postgresql(tmp_path: Path) -> None:
    with open_postgres_imports(tmp_path, 40) as section:
        assert _all_positive(measure(section, 1))


def test_both_crawlers_do_the_same_work(tmp_path: Path) -> None:
    with open_crawls(tmp_path, 5) as section:
        assert _all_positive(measure(section, 1))


def test_the_lists_are_measured_over_real_servers(tmp_path: Path) -> None:
    with open_lists(tmp_path, 60, 2) as section:
        assert _all_positive(measure(section, 1))


def _all_positive(results: list[Result]) -> bool:
    return bool(results) and all(result.ratio > 0 for result in results)
