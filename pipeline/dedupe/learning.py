"""What reviewers' answers teach: weights refitted in a moment, and taken up only if they do better.

Each kind of evidence keeps its own factor, held to that of the shipped defaults by a ridge; a
common factor for all of them and a bias are held less tightly. So few answers move what they
clearly speak of, and nothing else.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, log2, sqrt
from typing import Final, NamedTuple

from pipeline.dedupe.compare import Comparison
from pipeline.dedupe.decide import LINK_BITS, MERGE_BITS
from pipeline.dedupe.guards import HARD
from pipeline.dedupe.ridge import Example, bits_of, chance, fit, loss
from pipeline.dedupe.weights import DEFAULTS, Weights

LEAST_ANSWERS: Final = 20
"""Fewer answers teach nothing yet."""
LEAST_OF_A_KIND: Final = 5
"""So many answers must say same, and so many distinct."""

Report = Mapping[str, str | int | float]

_FOLDS: Final = 5
_LEAST_WEIGHT: Final = 0.25
_SLIPS: Final = 0.02
_SPREADS: Final = 1.0
_UNWEIGHED: Final = frozenset({"prior"})
_FACTOR_SPREAD: Final = 0.35
_COMMON_SPREAD: Final = 0.1
_BIAS_SPREAD: Final = 1.0
_FACTORS: Final = (0.0, 4.0)
_BIAS, _COMMON, _FIRST = 0, 1, 2
_CERTAIN: Final = 2.0
_MOST: Final = 1_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said of a pair."""

    comparison: Comparison
    is_same: bool


class Figures(NamedTuple):
    """How weights do on the answers: mean log loss, wrong links, pairs merged that are not one."""

    loss: float
    errors: int
    false_merges: int


@dataclass(frozen=True, slots=True)
class Refit:
    """The weights to go on with: new ones if ``taken``, else the present ones.

    ``report`` says why, and gives the figures of the present and the new weights, the latter each
    on answers that they had not seen.
    """

    weights: Weights
    taken: bool
    report: Report


def refit(answers: Sequence[Answer], current: Weights = DEFAULTS) -> Refit:
    """Learn weights from answers, in whatever order they come; under a second for 200 of them.

    New weights are taken up only if, cross-validated, they foretell the answers better than the
    present ones, than the shipped defaults, and clearly better than the mere share of positive
    answers would (answers at random teach nothing). With few answers, or answers of one kind only,
    the present weights stay.
    """
    answers = [answer for answer in answers if _is_open(answer.comparison)]
    kinds = Counter(answer.is_same for answer in answers)
    said: Report = {"answers": len(answers), "same": kinds[True], "distinct": kinds[False]}
    if len(answers) < LEAST_ANSWERS or min(kinds[True], kinds[False]) < LEAST_OF_A_KIND:
        return Refit(current, taken=False, report={"why": "too_few_answers", **said})
    lesson = _Lesson(answers)
    present = lesson.figures(lesson.bits_with(current))
    unseen = lesson.cross_validate()
    learnt = lesson.figures(unseen)
    why = lesson.verdict(unseen, current)
    report: Report = {"why": why, **said, **_named("present", present), **_named("learnt", learnt)}
    if why != "better":
        return Refit(current, taken=False, report=report)
    return Refit(lesson.weights(current.version + 1), taken=True, report=report)


def reweigh(comparison: Comparison, weights: Weights) -> float:
    """Give the bits of a comparison under other weights."""
    factors = weights.factors
    parts = (one.base * factors.get(one.code, 1.0) for one in comparison.reasons)
    return fsum(parts) + weights.bias


def usefulness(comparison: Comparison) -> int:
    """Give how much an answer would teach and set right, from 0 to 1000.

    A pair is the more useful the nearer its odds are to even: that is where rules err most, and
    what a regression learns most from. A pair that only a guard keeps from being merged counts as
    one that is as doubtful as the guard is.
    """
    if not _is_open(comparison):
        return 0
    bits = comparison.bits
    if comparison.guards:
        bits = min(bits, _CERTAIN)
    even = chance(bits)
    return round(_MOST * 4 * even * (1 - even))


class _Lesson:
    """The answers as examples, in an order that hangs on nothing but their content."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        ordered = sorted(answers, key=_by_content)
        codes = {one.code for answer in ordered for one in answer.comparison.reasons}
        self.codes = sorted(codes - _UNWEIGHED)
        self._places = {code: place for place, code in enumerate(self.codes, _FIRST)}
        self._comparisons = [answer.comparison for answer in ordered]
        self._examples = _evened([self._example(answer) for answer in ordered])
        self._stiffness = [_BIAS_SPREAD**-2, _COMMON_SPREAD**-2]
        self._stiffness += [_FACTOR_SPREAD**-2] * len(self.codes)

    def _example(self, answer: Answer) -> Example:
        columns: dict[int, float] = defaultdict(float)
        columns[_BIAS] = 1.0
        offset = DEFAULTS.bias
        for one in answer.comparison.reasons:
            default = one.base * DEFAULTS.factors.get(one.code, 1.0)
            offset += default
            if one.code not in _UNWEIGHED:
                columns[_COMMON] += default
                columns[self._places[one.code]] += one.base
        return Example(dict(columns), offset, answer.is_same)

    def bits_with(self, weights: Weights) -> list[float]:
        """Give every answer's bits under some weights."""
        return [reweigh(comparison, weights) for comparison in self._comparisons]

    def cross_validate(self) -> list[float]:
        """Give every answer's bits under weights learnt from the other folds."""
        folds = self._folds()
        bits = [0.0] * len(folds)
        for fold in range(_FOLDS):
            others = [one for one, at in zip(self._examples, folds, strict=True) if at != fold]
            moved = fit(others, self._stiffness)
            for place, at in enumerate(folds):
                if at == fold:
                    bits[place] = bits_of(self._examples[place], moved)
        return bits

    def figures(self, bits: Sequence[float]) -> Figures:
        """Count what goes wrong with these bits."""
        losses = self._losses(bits)
        errors = sum(
            (at >= LINK_BITS) != one.is_same for one, at in zip(self._examples, bits, strict=True)
        )
        false_merges = sum(
            at >= MERGE_BITS and not pair.guards and not one.is_same
            for one, at, pair in zip(self._examples, bits, self._comparisons, strict=True)
        )
        return Figures(fsum(losses) / len(losses), errors, false_merges)

    def verdict(self, unseen: Sequence[float], current: Weights) -> str:
        """Say ``better``, or what keeps the learnt weights from being taken up."""
        learnt, losses = self.figures(unseen), self._losses(unseen)
        share = sum(one.is_same for one in self._examples) / len(self._examples)
        if not _clearly_less(losses, self._losses_of_share(share)):
            return "no_pattern"
        slips = _SLIPS * len(losses)
        for weights in (current, DEFAULTS):
            bits = self.bits_with(weights)
            present = self.figures(bits)
            if learnt.loss >= present.loss or learnt.errors > present.errors + slips:
                return "no_better"
            if learnt.false_merges > present.false_merges + slips:
                return "merges_falsely"
        return "better"

    def weights(self, version: int) -> Weights:
        """Give the weights learnt from all answers."""
        moved = fit(self._examples, self._stiffness)
        low, high = _FACTORS
        factors = {
            code: round(min(max(_default(code) * (1 + moved[_COMMON]) + by, low), high), 6)
            for code, by in zip(self.codes, moved[_FIRST:], strict=True)
        }
        bias = round(DEFAULTS.bias + moved[_BIAS], 6)
        return Weights(version, bias, {**DEFAULTS.factors, **factors})

    def _folds(self) -> list[int]:
        """Deal the answers of each kind evenly into folds."""
        dealt: Counter[bool] = Counter()
        folds = []
        for one in self._examples:
            folds.append(dealt[one.is_same] % _FOLDS)
            dealt[one.is_same] += 1
        return folds

    def _losses(self, bits: Sequence[float]) -> list[float]:
        return [loss(at, is_same=one.is_same) for one, at in zip(self._examples, bits, strict=True)]

    def _losses_of_share(self, share: float) -> list[float]:
        bits = log2(share / (1 - share))
        return self._losses([bits] * len(self._examples))


def _evened(examples: Sequence[Example]) -> list[Example]:
    """Let answers of a kind count less where far more of them came than the defaults foretell.

    Whoever asks for as many distinct pairs as same ones has them chosen by their outcome.
    """
    same = fsum(chance(one.offset) for one in examples)
    foretold = {True: same, False: len(examples) - same}
    met = Counter(one.is_same for one in examples)
    weights = {kind: min(1.0, max(_LEAST_WEIGHT, sqrt(foretold[kind] / met[kind]))) for kind in met}
    return [one._replace(weight=weights[one.is_same]) for one in examples]


def _is_open(comparison: Comparison) -> bool:
    """Whether evidence decides about a pair, and no rule that outranks all evidence."""
    return HARD.isdisjoint(comparison.guards)


def _by_content(answer: Answer) -> tuple[str, bool]:
    reasons = ((one.code, one.base, one.left, one.right) for one in answer.comparison.reasons)
    return repr(sorted(reasons)), answer.is_same


def _clearly_less(losses: Sequence[float], others: Sequence[float]) -> bool:
    """Whether one loss is below another by a standard error of their paired difference."""
    gains = [theirs - ours for ours, theirs in zip(losses, others, strict=True)]
    mean = fsum(gains) / len(gains)
    spread = sqrt(fsum((gain - mean) ** 2 for gain in gains) / (len(gains) - 1))
    return mean > _SPREADS * spread / sqrt(len(gains))


def _default(code: str) -> float:
    return DEFAULTS.factors.get(code, 1.0)


def _named(name: str, figures: Figures) -> dict[str, float]:
    return {f"{name}_{field}": round(value, 6) for field, value in figures._asdict().items()}
