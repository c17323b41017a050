"""Ten kills in the middle of an import, on each database: nothing is lost, nothing doubled."""

from pathlib import Path
from random import Random

import pytest

from tests.parts.crowd import crowd_file
from tests.torture import ROWS, Expected, hard, torture, undisturbed

KILLS = 6


@pytest.fixture(scope="module")
def content() -> bytes:
    return crowd_file(ROWS)


@pytest.fixture(scope="module")
def expected(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> Expected:
    return undisturbed(hard(tmp_path_factory.mktemp("calm")), content)


def test_an_import_under_fire_becomes_what_it_becomes_in_peace(
    database_url: str, tmp_path: Path, content: bytes, expected: Expected
) -> None:
    torture(hard(tmp_path / "data", database_url), content, expected, Random(20), KILLS)
