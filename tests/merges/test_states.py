"""Leads to which random things are done: a model and the ledger agree with what is stored."""

import pytest

from pipeline.database.engine import Database
from pipeline.settings import Settings
from tests.merges.world import World

STEPS = 90


@pytest.mark.parametrize("seed", [1, 9])
def test_whatever_is_done_nothing_is_lost_and_all_can_be_had_back(
    database: Database, settings: Settings, seed: int
) -> None:
    quiet = settings.model_copy(update={"matching": "off"})
    world = World(database, quiet, seed)

    done = [world.step() for _ in range(STEPS)]

    assert {"create", "import_file", "merge", "split", "undo", "delete"} <= set(done)
    world.split_all()
