"""Labelled sets to measure matching on: those of a folder, else leads that are made up."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from pipeline.dedupe.features import MATCH_FIELDS, Values
from tests.benchmarks.quality import MAPPINGS, read_set
from tests.made_leads import make_leads

SEEDS = (11, 12, 13)


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Records by field, and for each whom it speaks of."""

    name: str
    records: Sequence[Values]
    truth: Sequence[str]

    def in_order(self, seed: int) -> Sequence[int]:
        """Give the numbers of the records in an order of that seed; 0 is the set's own."""
        numbers = list(range(len(self.records)))
        if seed:
            Random(seed).shuffle(numbers)
        return numbers

    def write(self, file: Path, numbers: Iterable[int]) -> None:
        """Write some of the records, in this order, with those columns that any record fills.

        The columns are called like their fields; the ids are the records' numbers, from 0.
        """
        fields = self.fields
        with file.open("w", encoding="utf-8", newline="") as target:
            writer = csv.writer(target)
            writer.writerow(("id", *fields))
            for number in numbers:
                record = self.records[number]
                writer.writerow((number, *(record.get(name, "") for name in fields)))

    @property
    def fields(self) -> Sequence[str]:
        """The fields that any record has."""
        return [name for name in MATCH_FIELDS if any(one.get(name) for one in self.records)]


def find_sets(folder: Path | None, made: int, names: Sequence[str] = ()) -> Iterator[LabelledSet]:
    """Give the sets of a folder by name, or where there is none, made ones of so many leads."""
    if folder is None:
        yield from (_make(seed, made) for seed in SEEDS)
        return
    for name in names or [name for name in MAPPINGS if (folder / name).is_dir()]:
        yield LabelledSet(name, *read_set(folder, name))


def _make(seed: int, count: int) -> LabelledSet:
    leads = list(make_leads(count, seed))
    return LabelledSet(
        f"made, seed {seed}", [one.values for one in leads], [one.cluster for one in leads]
    )
