"""The marathon, run short: in peace and under kills the same leads, the same receipt."""

from pathlib import Path
from random import Random

from pipeline.records import Outcome
from tests.benchmarks.people import write_people
from tests.marathon import FLAWED, compare

ROWS = 20_000
KILLS = 3


def test_a_large_import_under_kills_comes_to_what_it_comes_to_in_peace(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    write_people(file, ROWS, flawed=FLAWED)

    calm, hunted = compare(file, ROWS, KILLS, Random(3))

    assert calm.receipt == hunted.receipt
    assert min(
        calm.receipt[name] for name in (Outcome.CREATED, Outcome.DUPLICATE, Outcome.REJECTED)
    )
