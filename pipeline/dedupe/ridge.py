"""Logistic regression held to given coefficients: small, exact, without any library."""

from collections.abc import Mapping, Sequence
from math import exp, log
from typing import Final, NamedTuple

LN2: Final = log(2)
WRONG_ANSWERS: Final = 0.01
"""So many of the answers are taken to be slips; one that contradicts all evidence moves little."""

_STEPS: Final = 30
_SMALL_STEP: Final = 1e-4
_FARTHEST: Final = 2.0


class Example(NamedTuple):
    """Evidence by column, in bits; ``offset`` are the bits that are not to be weighed."""

    columns: Mapping[int, float]
    offset: float
    is_same: bool
    weight: float = 1.0


def fit(examples: Sequence[Example], stiffness: Sequence[float]) -> list[float]:
    """Give how far each column's coefficient moves away from what it is held to.

    An example's bits are ``offset + sum(coefficient * column)``; its columns' present bits are part
    of the offset; its ``weight`` says how much it counts. ``stiffness`` is the inverse variance of
    each coefficient's prior (ridge). Newton's method, with the labels' noise averaged out as in
    expectation maximisation (Bootkrajang and Kabán, Label-Noise Robust Logistic Regression, 2012).
    """
    size = len(stiffness)
    moved = [0.0] * size
    for _ in range(_STEPS):
        slope = [-hold * at for hold, at in zip(stiffness, moved, strict=True)]
        bend = [[0.0] * size for _ in range(size)]
        for place, hold in enumerate(stiffness):
            bend[place][place] = hold
        for example in examples:
            _add(example, moved, slope, bend)
        step = _solve(bend, slope)
        largest = max(map(abs, step), default=0.0)
        shrink = min(1.0, _FARTHEST / largest) if largest else 1.0
        moved = [at + shrink * by for at, by in zip(moved, step, strict=True)]
        if largest < _SMALL_STEP:
            break
    return moved


def bits_of(example: Example, moved: Sequence[float]) -> float:
    """Give an example's bits once its columns' coefficients have moved."""
    return example.offset + sum(moved[place] * bits for place, bits in example.columns.items())


def chance(bits: float) -> float:
    """Give the probability that bits stand for."""
    if bits >= 0:
        return 1.0 / (1.0 + exp(-LN2 * bits))
    odds = exp(LN2 * max(bits, -1000.0))
    return odds / (1.0 + odds)


def loss(bits: float, *, is_same: bool) -> float:
    """Give the log loss, in nats, of bits beside an answer that is a slip now and then."""
    right = chance(bits if is_same else -bits)
    return -log((1 - WRONG_ANSWERS) * right + WRONG_ANSWERS * (1 - right))


def _add(
    example: Example, moved: Sequence[float], slope: list[float], bend: list[list[float]]
) -> None:
    """Add an example's gradient and curvature."""
    same = chance(bits_of(example, moved))
    said = same if example.is_same else 1 - same
    right = (1 - WRONG_ANSWERS) * said / ((1 - WRONG_ANSWERS) * said + WRONG_ANSWERS * (1 - said))
    wanted = right if example.is_same else 1 - right
    pull = LN2 * (wanted - same) * example.weight
    curve = LN2 * LN2 * same * (1 - same) * example.weight
    columns = list(example.columns.items())
    for place, bits in columns:
        slope[place] += pull * bits
        row, weight = bend[place], curve * bits
        for other, theirs in columns:
            row[other] += weight * theirs


def _solve(matrix: list[list[float]], right: Sequence[float]) -> list[float]:
    """Solve a symmetric positive definite system by Cholesky's decomposition."""
    size = len(right)
    lower = [[0.0] * size for _ in range(size)]
    found = [0.0] * size
    for row in range(size):
        at = lower[row]
        for column in range(row + 1):
            other = lower[column]
            rest = matrix[row][column] - sum(at[k] * other[k] for k in range(column))
            at[column] = rest**0.5 if row == column else rest / other[column]
        found[row] = (right[row] - sum(at[k] * found[k] for k in range(row))) / at[row]
    for row in reversed(range(size)):
        behind = sum(lower[k][row] * found[k] for k in range(row + 1, size))
        found[row] = (found[row] - behind) / lower[row][row]
    return found
