"""How well matching does, beside Splink and recordlinkage on the same cleaned columns."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.contest import PEERS, enter
from tests.benchmarks.labelled_sets import LabelledSet
from tests.benchmarks.our_leads import can_be_leads, find_leads
from tests.benchmarks.our_matching import Deduped, Reviewer, dedupe, find_merged
from tests.benchmarks.quality import Score, score_clusters, score_pairs
from tests.benchmarks.scoring import Cut, best_cut, cut_at_the_middle, read_pairs

ANSWERS = 100
REVIEWED = 0.06
SHUFFLES = 5
_MODULES: Mapping[str, str] = {
    "Splink": "peers.splink_match",
    "recordlinkage": "peers.recordlinkage_match",
}


class Ours(NamedTuple):
    """How one run of ours did: its clusters, and its merge band alone."""

    clusters: Score
    merged: Score


class Theirs(NamedTuple):
    """How a peer did: without labels, at the best threshold that anyone could pick, and when."""

    plain: Cut
    best: Cut
    seconds: float


class Stored(NamedTuple):
    """The leads of a store, and how far those of several orders of arrival agree."""

    clusters: Score
    agreement: float


@dataclass(frozen=True, slots=True)
class Quality:
    """One set's figures. ``answered`` is with 100 answers, ``reviewed`` with 6 for 100 records.

    ``agreement`` is the least of any two orders of the rows; None where none was asked for.
    """

    name: str
    records: int
    plain: Ours
    answered: Ours
    reviewed: Ours
    agreement: float
    stored: Stored | None
    seconds: float
    peers: Mapping[str, Theirs | None]


def measure_quality(one: LabelledSet, folder: Path, *, shuffles: int = SHUFFLES) -> Quality:
    """Match one set in all ways; ``shuffles`` are the orders of rows tried beside its own."""
    folder.mkdir(parents=True)
    file = folder / "records.csv"
    one.write(file, one.in_order(0))
    plain = dedupe(one, file)
    return Quality(
        name=one.name,
        records=len(one.records),
        plain=_ours(one, file, plain),
        answered=_with_answers(one, file, folder / "answered", ANSWERS),
        reviewed=_with_answers(one, file, folder / "reviewed", int(REVIEWED * len(one.records))),
        agreement=_agreement([plain.clusters, *_reordered(one, folder, shuffles)]),
        stored=_store(one, folder, shuffles) if can_be_leads(one) else None,
        seconds=plain.seconds,
        peers=dict(_peers(one, file)),
    )


def agree(left: Sequence[object], right: Sequence[object]) -> float:
    """Give how far two clusterings agree: twice their common pairs to the pairs of both."""
    common, *both = (
        sum(size * (size - 1) for size in Counter(labels).values())
        for labels in (zip(left, right, strict=True), left, right)
    )
    return 2 * common / sum(both) if any(both) else 1.0


def _ours(one: LabelledSet, file: Path, done: Deduped, answers: Path | None = None) -> Ours:
    merged = find_merged(one, file, answers)
    return Ours(score_clusters(done.clusters, one.truth), score_pairs(merged, one.truth))


def _with_answers(one: LabelledSet, file: Path, folder: Path, budget: int) -> Ours:
    folder.mkdir()
    own = folder / file.name
    own.hardlink_to(file)
    reviewer = Reviewer(one, folder)
    done = reviewer.review(budget)
    return _ours(one, own, done, reviewer.answers)


def _reordered(one: LabelledSet, folder: Path, shuffles: int) -> Iterator[Sequence[str]]:
    file = folder / "shuffled.csv"
    for seed in range(1, shuffles + 1):
        one.write(file, one.in_order(seed))
        yield dedupe(one, file).clusters


def _store(one: LabelledSet, folder: Path, shuffles: int) -> Stored:
    orders = [find_leads(one, folder / f"store-{seed}", seed) for seed in range(shuffles + 1)]
    return Stored(score_clusters(orders[0], one.truth), _agreement(orders))


def _agreement(orders: Sequence[Sequence[str]]) -> float:
    return min((agree(*pair) for pair in combinations(orders, 2)), default=1.0)


def _peers(one: LabelledSet, file: Path) -> Iterator[tuple[str, Theirs | None]]:
    for name, module in _MODULES.items() if PEERS.exists() else ():
        target = file.with_name(f"{name}.csv")
        try:
            report = enter(module, file, target, cores=2, python=PEERS)
        except AssertionError:
            # A peer that fails on a set is told as such; the others go on.
            yield name, None
            continue
        pairs = read_pairs(target)
        plain, best = cut_at_the_middle(pairs, one.truth), best_cut(pairs, one.truth)
        yield name, Theirs(plain, best, report.seconds)
