"""Control limits: between which bounds a number lies if a run is like the ones before it.

Each earlier run i gives a value y_i on a scale where its own sampling error s_i² is known: for a
fill rate the arcsine of its root (Anscombe 1948: s² = 1 / (4 n + 2)), for a count its logarithm (s²
= 1 / (2 count)). Runs of one source also differ beyond that, by τ², since sites live. τ² is what
the differences of successive runs show more than sampling does, halved (von Neumann 1941), which
neither a slow trend nor one change of level inflates. From four runs it is known badly, so it is
drawn towards what sources usually show, τ0, as if that had been seen in a few runs more; these add
to the degrees of freedom (a scaled inverse chi-squared prior: Gelman and others, Bayesian Data
Analysis, 2.6). A new run of sampling error s² then lies, but for one in ``1 / alpha`` runs, within

    mean(y) ± t(degrees of freedom, alpha) · sqrt((τ² + s²) + (τ² + mean(s_i²)) / k)

which is the prediction interval of Higgins, Thompson and Spiegelhalter (2009) for k runs, and
Laney's p'-chart (2002) with an additive part in place of his factor. Bounds that are nearer to the
mean than anybody would care for are moved away from it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import NormalDist, fmean

ALPHA = 0.0025
"""How often a run that is like the others may raise any alarm at all."""

LEVEL_RUNS = 8
"""The level is that of so many runs at most, the newest: a source may grow or shrink slowly."""

_PRIOR_RUNS = 6
_FILL_SPREAD = 0.03
_COUNT_SPREAD = 0.07
"""What τ0 is, worth so many runs; found by the simulations of ``tests/watching/test_charts.py``."""

_STEP_WORTH = 2 / 3
"""What a pair of successive runs tells of a variance, against a run around a known mean."""

_TURNOVER = 0.5
"""Most records of two runs are the same ones, so that a count varies less than a Poisson one."""

_LEAST_FILL_CHANGE = 0.05
_LEAST_COUNT_CHANGE = math.log(1.25)


@dataclass(frozen=True, slots=True)
class Limits:
    """What is usual, and the least and the most that is still like it."""

    usual: float
    low: float
    high: float

    def hold(self, value: float) -> bool:
        """Whether a value lies within the limits."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class _Point:
    """A run's value on the scale of its chart, and the variance of its sampling error."""

    y: float
    variance: float


def fill_limits(
    history: Sequence[tuple[int, int]], total: int, *, alpha: float, since: int | None = None
) -> Limits:
    """Give the limits of a field's fill rate in a run of ``total`` records.

    ``history`` holds each earlier run's records with the field and records in all, the oldest
    first. If a person has accepted a change, ``since`` so many runs, the level is that of these.
    """
    points = [_Point(_arcsine(have, all_), 1 / (4 * all_ + 2)) for have, all_ in history]
    middle, reach = _predict(points, 1 / (4 * total + 2), _FILL_SPREAD, alpha, since)
    usual = _rate(middle)
    return Limits(
        usual,
        max(0.0, min(_rate(middle - reach), usual - _LEAST_FILL_CHANGE)),
        min(1.0, max(_rate(middle + reach), usual + _LEAST_FILL_CHANGE)),
    )


def count_limits(history: Sequence[int], *, alpha: float, since: int | None = None) -> Limits:
    """Give the limits of the number of records, of those of the earlier runs, the oldest first.

    If a person has accepted a change, ``since`` so many runs, the level is that of these.
    """
    points = [_Point(math.log(count + 0.5), _TURNOVER / (count + 0.5)) for count in history]
    expected = math.exp(points[-1].y)
    middle, reach = _predict(points, _TURNOVER / expected, _COUNT_SPREAD, alpha, since)
    reach = max(reach, _LEAST_COUNT_CHANGE)
    usual, low, high = (math.exp(middle + step) - 0.5 for step in (0.0, -reach, reach))
    return Limits(max(0.0, usual), max(0.0, low), high)


def t_quantile(degrees: float, alpha: float) -> float:
    """Give the two-sided quantile of Student's t: beyond ± it lies ``alpha`` of the probability.

    Hill's expansion (Algorithm 396, Communications of the ACM 13, 1970), good to four digits from
    three degrees of freedom on.
    """
    a = 1 / (degrees - 0.5)
    b = 48 / (a * a)
    c = ((20_700 * a / b - 98) * a - 16) * a + 96.36
    d = ((94.5 / (b + c) - 3) / b + 1) * math.sqrt(a * math.pi / 2) * degrees
    x = d * alpha
    y = x ** (2 / degrees)
    if y <= 0.05 + a:
        tail = 1 / (((degrees + 6) / (degrees * y) - 0.089 * d - 0.822) * (degrees + 2) * 3)
        y = ((tail + 0.5 / (degrees + 4)) * y - 1) * (degrees + 1) / (degrees + 2) + 1 / y
        return math.sqrt(degrees * y)
    x = NormalDist().inv_cdf(alpha / 2)
    y = x * x
    if degrees < 5:  # noqa: PLR2004 - as published
        c += 0.3 * (degrees - 4.5) * (x + 0.6)
    c += (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b
    y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x
    return math.sqrt(degrees * math.expm1(a * y * y))


def _predict(
    points: Sequence[_Point], variance: float, usual_spread: float, alpha: float, since: int | None
) -> tuple[float, float]:
    """Give the middle of a chart, and how far from it a new run may lie."""
    since = len(points) if since is None else since
    level = points[-min(since, LEVEL_RUNS) :]
    own, seen = _spread(points[:-since], points[-since:])
    degrees = _PRIOR_RUNS + _STEP_WORTH * seen
    spread = max(own, (_PRIOR_RUNS * usual_spread**2 + _STEP_WORTH * seen * own) / degrees)
    of_middle = (spread + fmean(point.variance for point in level)) / len(level)
    reach = t_quantile(degrees, alpha) * math.sqrt(spread + variance + of_middle)
    return fmean(point.y for point in level), reach


def _spread(*stretches: Sequence[_Point]) -> tuple[float, int]:
    """Give by how much successive runs differ more than by chance, and how many pairs say so."""
    steps = [
        ((later.y - earlier.y) ** 2 - later.variance - earlier.variance) / 2
        for stretch in stretches
        for earlier, later in pairwise(stretch)
    ]
    return (max(0.0, fmean(steps)) if steps else 0.0), len(steps)


def _arcsine(have: int, total: int) -> float:
    return math.asin(math.sqrt(min((have + 0.375) / (total + 0.75), 1.0)))


def _rate(y: float) -> float:
    return math.sin(min(max(y, 0.0), math.pi / 2)) ** 2
