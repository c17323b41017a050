"""Weights learn from reviewers' answers, and from nothing else."""

import random
import time
from collections.abc import Sequence

import pytest

from pipeline.dedupe.compare import Comparison, Reason
from pipeline.dedupe.guards import BUSINESS_AND_PERSON
from pipeline.dedupe.learning import Answer, refit, reweigh, usefulness
from pipeline.dedupe.weights import DEFAULTS, Weights

_CODES = [f"kind_{place}" for place in range(24)]


def _pair(rng: random.Random, *, is_same: bool, misleading: frozenset[str]) -> Comparison:
    """Make a pair whose evidence speaks the truth, but for that of misleading kinds."""
    reasons = [Reason("prior", -12.0, -12.0)]
    for code in rng.sample(_CODES, 9):
        truthful = rng.random() < (0.5 if code in misleading else 0.8)
        base = rng.uniform(1, 6) * (1 if is_same == truthful else -0.4)
        reasons.append(Reason(code, base, base))
    return Comparison(sum(one.bits for one in reasons), reasons)


def _answers(
    number: int, *, seed: int = 1, misleading: frozenset[str] = frozenset(_CODES[:8])
) -> list[Answer]:
    rng = random.Random(seed)
    kinds = [place % 2 == 0 for place in range(number)]
    return [Answer(_pair(rng, is_same=same, misleading=misleading), same) for same in kinds]


def _errors(answers: Sequence[Answer], weights: Weights) -> int:
    return sum((reweigh(one.comparison, weights) >= 0) != one.is_same for one in answers)


@pytest.mark.parametrize(("number", "left"), [(50, 0.97), (100, 0.8), (200, 0.7)])
def test_answers_teach_what_evidence_misleads(number: int, left: float) -> None:
    learnt = refit(_answers(number))
    assert learnt.taken
    assert learnt.weights.version == 1
    unseen = _answers(1_000, seed=2)
    assert _errors(unseen, learnt.weights) < left * _errors(unseen, DEFAULTS)


def test_evidence_that_misleads_counts_less_than_evidence_that_does_not() -> None:
    factors = refit(_answers(400)).weights.factors
    misleading = [factors[code] for code in _CODES[:8]]
    truthful = [factors[code] for code in _CODES[8:]]
    assert sum(misleading) / len(misleading) < sum(truthful) / len(truthful) - 0.2


@pytest.mark.parametrize("seed", range(8))
def test_shuffled_answers_are_not_taken(seed: int) -> None:
    answers = _answers(100, seed=seed)
    said = [one.is_same for one in answers]
    random.Random(seed).shuffle(said)
    shuffled = [Answer(one.comparison, same) for one, same in zip(answers, said, strict=True)]
    learnt = refit(shuffled)
    assert not learnt.taken
    assert learnt.weights is DEFAULTS


def test_present_weights_stay_where_new_ones_would_not_do_better() -> None:
    answers = _answers(400)
    first = refit(answers)
    again = refit(answers[:60], first.weights)
    assert not again.taken
    assert again.weights is first.weights
    assert again.report["why"] == "no_better"


@pytest.mark.parametrize("answers", [_answers(10), [], _answers(200)[::2], _answers(200)[1::2]])
def test_few_answers_or_answers_of_one_kind_teach_nothing(answers: list[Answer]) -> None:
    learnt = refit(answers)
    assert not learnt.taken
    assert learnt.report["why"] == "too_few_answers"


def test_a_few_wrong_answers_do_little_harm() -> None:
    answers = _answers(100)
    wrong = [
        Answer(one.comparison, one.is_same != (place % 25 == 0))
        for place, one in enumerate(answers)
    ]
    unseen = _answers(1_000, seed=2)
    assert _errors(unseen, refit(wrong).weights) < 0.95 * _errors(unseen, DEFAULTS)


def test_the_order_of_answers_does_not_matter() -> None:
    answers = _answers(120)
    learnt = refit(answers)
    random.Random(5).shuffle(answers)
    assert refit(answers) == learnt


def test_two_hundred_answers_are_learnt_in_less_than_a_second() -> None:
    answers = _answers(200)
    spent = []
    for _ in range(3):
        began = time.process_time()
        refit(answers)
        spent.append(time.process_time() - began)
    assert min(spent) < 1


def test_reasons_weighed_anew_add_up_to_what_comparing_anew_would_give() -> None:
    pair = Comparison(7.0, [Reason("prior", -3.0, -3.0), Reason("email", 10.0, 10.0)])
    assert reweigh(pair, DEFAULTS) == 7.0
    assert reweigh(pair, Weights(1, 0.5, {"email": 0.8})) == 5.5


def test_the_most_doubtful_pairs_are_the_most_useful() -> None:
    useful = [usefulness(Comparison(bits, [])) for bits in (-20.0, -3.0, 0.0, 2.0, 30.0)]
    assert useful[2] == max(useful)
    assert useful[0] < useful[1] < useful[2] > useful[3] > useful[4]
    assert usefulness(Comparison(30.0, [], ["name_only"])) > useful[4]


def test_pairs_that_no_evidence_could_join_teach_nothing_and_are_not_asked() -> None:
    never = Comparison(1.0, [], [BUSINESS_AND_PERSON])
    assert usefulness(never) == 0
    answers = _answers(100)
    assert refit([*answers, *(Answer(never, is_same=False) for _ in range(50))]) == refit(answers)
