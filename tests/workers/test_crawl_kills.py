"""Kills in the middle of a crawl: no page is lost, none fetched in vain, no lead comes twice."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from tests.crawl_torture import DELAY, Peace, torture, undisturbed
from tests.parts.tangle import Host, make_tangle
from tests.torture import hard

KILLS = 2


@pytest.fixture(scope="module")
def hosts() -> Sequence[Host]:
    return make_tangle(5, 6, DELAY * 2)


@pytest.fixture(scope="module")
def peace(hosts: Sequence[Host], tmp_path_factory: pytest.TempPathFactory) -> Peace:
    return undisturbed(hard(tmp_path_factory.mktemp("calm") / "data"), hosts)


def test_a_crawl_under_fire_becomes_what_it_becomes_in_peace(
    database_url: str, tmp_path: Path, hosts: Sequence[Host], peace: Peace
) -> None:
    torture(hard(tmp_path / "data", database_url), hosts, peace, Random(20), KILLS)
