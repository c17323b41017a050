"""Whatever spoils a file in one place, the rest of its table is read, and most of that place."""

from collections import Counter
from collections.abc import Hashable, Iterable
from pathlib import Path

import pytest

from pipeline.readers.dialect import Dialect
from pipeline.readers.files import prepare_file
from pipeline.readers.preview import iterate_rows
from tests.readers.polluted import Polluted, Table, polluted_files

FILES = list(polluted_files())


def _read(folder: Path, file: Polluted) -> tuple[Dialect, Table]:
    (folder / "given.csv").write_bytes(file.text.encode())
    _, split = prepare_file(folder / "given.csv", folder / "copy", 20)
    return split.dialect, list(iterate_rows(folder / "copy", split))


def _shares(meant: Iterable[Hashable], found: Iterable[Hashable]) -> tuple[float, float]:
    """Give recall and precision."""
    wanted, got = Counter(meant), Counter(found)
    common = (wanted & got).total()
    return (
        common / wanted.total() if wanted else 1.0,
        common / got.total() if got else float(not wanted),
    )


def _scores(meant: Table, found: Table) -> list[float]:
    """Score the header, the records and the cells, each by recall and precision."""
    header = _shares(meant[0], found[0] if found else [])
    records = _shares(map(tuple, meant[1:]), map(tuple, found[1:]))
    cells = _shares((c for row in meant for c in row), (c for row in found for c in row))
    return [*header, *records, *cells]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Polluted, Dialect, Table]]:
    """Read every polluted file."""
    folder = tmp_path_factory.mktemp("polluted")
    return [(file, *_read(folder, file)) for file in FILES]


def test_nearly_every_delimiter_is_told(results: list[tuple[Polluted, Dialect, Table]]) -> None:
    wrong = [file.name for file, found, _ in results if found.delimiter != file.delimiter]
    assert len(wrong) <= 0.01 * len(results), wrong


def test_headers_records_and_cells_are_read(
    results: list[tuple[Polluted, Dialect, Table]],
) -> None:
    scores = [_scores(file.table, table) for file, _, table in results]
    means = [sum(column) / len(scores) for column in zip(*scores, strict=True)]
    assert min(means) >= 0.98, means
    bad = [
        file.name
        for (file, _, _), score in zip(results, scores, strict=True)
        if min(score[2:]) < 0.95
    ]
    assert len(bad) <= 0.01 * len(results), bad


def test_what_is_whole_is_read_exactly(results: list[tuple[Polluted, Dialect, Table]]) -> None:
    damage = ("a stray quote", "a delimiter too", "semicolons in row")
    wrong = [
        file.name
        for file, _, table in results
        if not any(word in file.name for word in damage) and table != file.table
    ]
    assert len(wrong) <= 1, wrong


def test_every_damaged_data_row_is_reported(tmp_path: Path) -> None:
    for file in FILES:
        if "stray quote" in file.name and "row 0" not in file.name:
            (tmp_path / "given.csv").write_bytes(file.text.encode())
            _, split = prepare_file(tmp_path / "given.csv", tmp_path / "copy", 20)
            assert split.broken == 1, file.name
