"""A running engine for the tests of the processes."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.database.engine import Database
from pipeline.settings import Settings
from tests.parts.stack import Stack, open_stack


@pytest.fixture
def quick_settings(tmp_path: Path) -> Settings:
    return quick(tmp_path / "data")


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with open_stack(quick(tmp_path_factory.mktemp("engine") / "data")) as running:
        yield running


@pytest.fixture
def store(stack: Stack) -> Iterator[Database]:
    with closing(Database(stack.settings.database)) as database:
        yield database


def quick(data_dir: Path) -> Settings:
    """Give settings under which a test need not wait long for ticks and leases."""
    return Settings(
        data_dir=data_dir,
        port=0,
        batch_rows=250,
        tick_seconds=0.1,
        lease_seconds=1,
        max_attempts=100,
    )
