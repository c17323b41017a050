"""Random steps in worlds of leads, on both databases: ``python -m tests.states --steps 10000``.

Each world begins empty; after every step all that must hold is checked, at the end all is split.
"""

import argparse
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

from pipeline.database.engine import Database
from pipeline.database.migrate import migrate
from pipeline.settings import Settings
from tests.merges.world import World
from tests.parts.postgres import open_postgres

STEPS = 10_000
IN_A_WORLD = 200


def main() -> None:
    """Take the steps and tell how many of each kind were taken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=STEPS, help="on each database")
    parser.add_argument("--seed", type=int, default=1, help="the first world's")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="leads-states-") as name, open_postgres() as server:
        folder = Path(name)
        template = folder / "template.db"
        _migrate(f"sqlite:///{template}")
        _migrate(server.create("template_of_states"))

        @contextmanager
        def sqlite(seed: int) -> Iterator[str]:
            path = folder / f"{seed}.db"
            shutil.copy(template, path)
            yield f"sqlite:///{path}"
            path.unlink()

        @contextmanager
        def postgresql(seed: int) -> Iterator[str]:
            yield server.create(f"states_{seed}", template="template_of_states")
            server.drop(f"states_{seed}")

        for open_url in (sqlite, postgresql):
            _take_steps(open_url, folder, arguments.steps, arguments.seed)


def _take_steps(
    open_url: Callable[[int], AbstractContextManager[str]], folder: Path, steps: int, seed: int
) -> None:
    taken: Counter[str] = Counter()
    began = time.monotonic()
    while sum(taken.values()) < steps:
        with open_url(seed) as url, closing(Database(url)) as database:
            settings = Settings(data_dir=folder, database_url=url, matching="off")
            world = World(database, settings, seed)
            try:
                for _ in range(min(IN_A_WORLD, steps - sum(taken.values()))):
                    taken[world.step()] += 1
                world.split_all()
            except AssertionError:
                print(
                    f"{open_url.__name__}, world {seed}, step {world.steps} ({world.doing}) failed"
                )
                raise
        seed += 1
    told = ", ".join(f"{count:,} {name}" for name, count in taken.most_common())
    print(
        f"{open_url.__name__}: {sum(taken.values()):,} steps hold ({told}), "
        f"{time.monotonic() - began:.0f} s"
    )


def _migrate(url: str) -> None:
    with closing(Database(url)) as database:
        migrate(database)


if __name__ == "__main__":
    main()
