"""Our matching of a file, as a person has it: ``leads dedupe``, its questions and its answers."""

import csv
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.dedupe.decide import Band, band_of
from pipeline.dedupe_file.service import Choices, Found, dedupe_table
from pipeline.dedupe_file.table import open_table
from tests.benchmarks.contest import ROOT
from tests.benchmarks.labelled_sets import LabelledSet
from tests.parts import ENVIRON, dying_with_us

LEADS = Path(sys.executable).with_name("leads")
ROUNDS = 3
"""A reviewer's budget is spent in so many parts: what the first have taught, the next ask by."""


@dataclass(frozen=True, slots=True)
class Deduped:
    """What ``leads dedupe`` gave: the cluster of each record by id, how long it took."""

    clusters: Sequence[str]
    seconds: float


class Reviewer:
    """Somebody who knows the truth, and answers the questions that ``leads dedupe`` asks.

    ``folder`` holds the set as ``records.csv``.
    """

    def __init__(self, one: LabelledSet, folder: Path) -> None:
        self.answered: dict[tuple[int, int], bool] = {}
        self._set, self._folder = one, folder
        self._file = folder / "records.csv"
        self._answers = folder / "answers.csv"

    def review(self, budget: int) -> Deduped:
        """Answer so many questions in a few rounds, and give what comes of it."""
        for rounds_left in range(ROUNDS, 0, -1):
            asked = (budget - len(self.answered)) // rounds_left
            questions = self._folder / "questions.csv"
            dedupe(self._set, self._file, self.answers, "--pairs", questions, "--limit", asked)
            self._answer(questions)
        return dedupe(self._set, self._file, self.answers)

    @property
    def answers(self) -> Path | None:
        """The file of the answers, once there are any."""
        return self._answers if self.answered else None

    def _answer(self, questions: Path) -> None:
        truth = self._set.truth
        with questions.open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                left, right = int(row["id_a"]), int(row["id_b"])
                self.answered[left, right] = truth[left] == truth[right]
        with self._answers.open("w", newline="") as target:
            writer = csv.writer(target)
            writer.writerow(("id_a", "id_b", "match"))
            writer.writerows((*pair, int(same)) for pair, same in self.answered.items())


def dedupe(one: LabelledSet, file: Path, answers: Path | None = None, *options: object) -> Deduped:
    """Run the command, with the columns given, and read what it wrote."""
    target = file.with_name("deduped.csv")
    command: list[object] = [LEADS, "dedupe", file, "--json", "--id", "id", "-o", target]
    command += ["--map", _mapping(one), *options]
    command += ["--answers", answers] if answers else []
    done = subprocess.run(
        list(map(str, command)),
        cwd=ROOT,
        env=ENVIRON,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=dying_with_us(),
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    with target.open(encoding="utf-8-sig", newline="") as lines:
        clusters = {int(row["id"]): row["cluster"] for row in csv.DictReader(lines)}
    seconds = json.loads(done.stdout)["seconds"]
    return Deduped([clusters[number] for number in range(len(one.records))], seconds)


def find_merged(one: LabelledSet, file: Path, answers: Path | None = None) -> list[tuple[int, int]]:
    """Give the pairs that are sure enough to be merged without a person, by the records' ids."""
    with open_table(file) as table:
        choices = Choices(columns=[_mapping(one)], id_column="id", answers=answers)
        found = dedupe_table(table, choices, lambda *_: None)
    return _merge_band(found)


def _merge_band(found: Found) -> list[tuple[int, int]]:
    ids = [int(text) for text in found.ids.ids]
    return [
        (ids[pair.left], ids[pair.right])
        for pair in found.pairs
        if band_of(pair.comparison) is Band.MERGE
    ]


def _mapping(one: LabelledSet) -> str:
    return ",".join(f"{field}={field}" for field in one.fields)
