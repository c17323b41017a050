"""What answers are worth: quality after 100 of them, and with a reviewer who works the queue.

``python -m tests.benchmarks.learning [FOLDER] [SET ...]``; the folder may be given by
``LEADS_EVAL_DATA`` instead. The truth answers; it never sees anything else of the pairs.
"""

import os
import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.dedupe.decide import REVIEW_BITS, Band, band_of
from pipeline.dedupe.features import Features
from pipeline.dedupe.frequencies import CountedTerms
from pipeline.dedupe.learning import Answer, Refit, refit, usefulness
from pipeline.dedupe.matcher import (
    Pair,
    count_terms,
    describe_all,
    find_clusters,
    find_matches,
)
from pipeline.dedupe.weights import DEFAULTS, Weights
from tests.benchmarks.quality import MAPPINGS, Score, read_set, score_clusters, score_pairs

ANSWERS = 100
PAIRS_A_HUNDRED = 6
ROUNDS = 3


class Reviewed(NamedTuple):
    """A set's quality after some answers: clusters, merge band, and whether weights were taken."""

    name: str
    way: str
    answers: int
    clustered: Score
    merged: Score
    taken: str
    seconds: float


class Review:
    """One set, matched again and again as its answers come in."""

    def __init__(self, name: str, folder: Path) -> None:
        records, self.truth = read_set(folder, name)
        self.name = name
        self.features: list[Features] = describe_all(records)
        self.frequencies: CountedTerms = count_terms(self.features)
        self.first = self.match(DEFAULTS)

    def match(self, weights: Weights) -> list[Pair]:
        """Score all candidate pairs under some weights."""
        return find_matches(self.features, weights, self.frequencies)

    def is_same(self, pair: Pair) -> bool:
        """Give the truth of a pair."""
        return self.truth[pair.left] == self.truth[pair.right]

    def outcome(self, way: str, asked: Sequence[Pair], learnt: Refit, seconds: float) -> Reviewed:
        """Measure what the answers have made of the set: as weights, and as judgements."""
        weights = learnt.weights
        pairs = self.match(weights) if weights is not DEFAULTS else self.first
        judged = {(pair.left, pair.right): self.is_same(pair) for pair in asked}
        merged = ((p.left, p.right) for p in pairs if band_of(p.comparison) is Band.MERGE)
        clusters = find_clusters(
            self.features, pairs, judged, weights=weights, frequencies=self.frequencies
        )
        return Reviewed(
            self.name,
            way,
            len(asked),
            score_clusters(clusters, self.truth),
            score_pairs(merged, self.truth),
            str(learnt.report.get("why")),
            seconds,
        )

    def learn(self, asked: Sequence[Pair], current: Weights = DEFAULTS) -> tuple[Refit, float]:
        """Refit from the true answers; gives the CPU seconds it took as well."""
        answers = [Answer(pair.comparison, self.is_same(pair)) for pair in asked]
        began = time.process_time()
        return refit(answers, current), time.process_time() - began


def most_useful(review: Review, number: int = ANSWERS) -> Sequence[Pair]:
    """Choose the pairs whose answers are worth most."""
    return sorted(review.first, key=_by_usefulness)[:number]


def half_positive(review: Review, number: int = ANSWERS) -> Sequence[Pair]:
    """Choose pairs by chance, half of them true."""
    rng = random.Random(number)
    pairs = rng.sample(review.first, len(review.first))
    same = [pair for pair in pairs if review.is_same(pair)][: number // 2]
    return same + [pair for pair in pairs if not review.is_same(pair)][: number - len(same)]


def after_answers(review: Review, way: str, choose: Callable[[Review], Sequence[Pair]]) -> Reviewed:
    """Ask once, learn, match again."""
    asked = choose(review)
    learnt, seconds = review.learn(asked)
    return review.outcome(way, asked, learnt, seconds)


def with_reviewer(review: Review) -> Reviewed:
    """Work the queue in rounds: each asks the most useful pairs that nobody has answered yet."""
    budget = len(review.truth) * PAIRS_A_HUNDRED // 100
    asked: dict[tuple[int, int], Pair] = {}
    pairs, spent = review.first, 0.0
    learnt = Refit(DEFAULTS, taken=False, report={"why": "too_few_answers"})
    for turn in range(1, ROUNDS + 1):
        waiting = (pair for pair in pairs if pair[:2] not in asked)
        queue = sorted(
            (pair for pair in waiting if pair.comparison.bits >= REVIEW_BITS), key=_by_usefulness
        )
        more = queue[: budget * turn // ROUNDS - len(asked)]
        asked.update({pair[:2]: pair for pair in more})
        learnt, seconds = review.learn(list(asked.values()), learnt.weights)
        spent = max(spent, seconds)
        pairs = review.match(learnt.weights)
    return review.outcome("reviewer", list(asked.values()), learnt, spent)


def measure(name: str, folder: Path) -> list[Reviewed]:
    """Measure one set in every way."""
    review = Review(name, folder)
    none = Refit(DEFAULTS, taken=False, report={"why": "-"})
    return [
        review.outcome("no answers", [], none, 0.0),
        after_answers(review, "useful", most_useful),
        after_answers(review, "by chance", half_positive),
        with_reviewer(review),
    ]


def main(arguments: Sequence[str]) -> None:
    """Print four lines a set."""
    folder = Path(arguments[0] if arguments else os.environ["LEADS_EVAL_DATA"])  # noqa: TID251 - run by hand
    names = arguments[1:] or [name for name in MAPPINGS if (folder / name).is_dir()]
    print(f"{'set':22} {'way':10} {'asked':>5} | clusters P R F1 | merge band P R | learnt")
    for name in names:
        for one in measure(name, folder):
            print(_line(one), flush=True)


def _by_usefulness(pair: Pair) -> tuple[int, int, int]:
    return -usefulness(pair.comparison), pair.left, pair.right


def _line(one: Reviewed) -> str:
    c, m = one.clustered, one.merged
    return (
        f"{one.name:22} {one.way:10} {one.answers:5} | {c.precision:.4f} {c.recall:.4f} {c.f1:.4f}"
        f" | {m.precision:.4f} {m.recall:.4f} | {one.taken} ({one.seconds:.2f} s)"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
