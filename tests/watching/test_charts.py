"""The control limits: hardly a false alarm in normal runs, and no large change unseen."""

import math
import random
from collections.abc import Sequence

import pytest

from pipeline.watching.charts import ALPHA, count_limits, fill_limits, t_quantile
from pipeline.watching.history import ALL, Counts
from pipeline.watching.limits import Measure, find_outliers

RATES = {"name": 1.0, "email": 0.95, "phone": 0.9, "title": 0.6, "website": 0.3, "address": 0.05}
SIMULATED = 1_000


class World:
    """Makes runs of a source whose counts and fill rates vary by chance, and beyond it."""

    def __init__(self, seed: int, records: int, *, count_sd: float, fill_sd: float) -> None:
        self._random = random.Random(seed)
        self._records = records
        self._count_sd, self._fill_sd = count_sd, fill_sd

    def run(self, *, share: float = 1.0, **changed: float) -> Counts:
        """Give what a run found; rates may be changed, and ``share`` of the records be there."""
        gauss = self._random.gauss
        mean = self._records * share * math.exp(gauss(0, self._count_sd))
        found = {ALL: max(0, round(mean + gauss(0, math.sqrt(mean) / 2)))}
        for name, rate in {**RATES, **changed}.items():
            angle = math.asin(math.sqrt(rate)) + gauss(0, self._fill_sd)
            moved = math.sin(min(max(angle, 0), math.pi / 2)) ** 2
            found[name] = sum(self._random.random() < moved for _ in range(found[ALL]))
        return found

    def runs(self, number: int) -> Sequence[Counts]:
        """Give what some normal runs found."""
        return [self.run() for _ in range(number)]


@pytest.mark.parametrize("runs", [4, 8, 20])
@pytest.mark.parametrize(
    ("records", "count_sd", "fill_sd"),
    [(200, 0.0, 0.0), (200, 0.05, 0.03), (200, 0.1, 0.06), (30, 0.1, 0.05), (5, 0.2, 0.05)],
)
def test_hardly_a_normal_run_raises_an_alarm(
    runs: int, records: int, count_sd: float, fill_sd: float
) -> None:
    world = World(7 * runs + records, records, count_sd=count_sd, fill_sd=fill_sd)
    simulated = SIMULATED if records < 200 or runs < 20 else SIMULATED // 2

    alarms = sum(
        bool(find_outliers(world.run(), Measure(history=world.runs(runs))))
        for _ in range(simulated)
    )

    assert alarms <= simulated / 100


@pytest.mark.parametrize("runs", [4, 8, 20])
def test_a_field_that_falls_from_nine_tenths_to_three_is_seen(runs: int) -> None:
    world = World(11, 200, count_sd=0.05, fill_sd=0.03)

    seen = sum("phone" in _fields(world.run(phone=0.3), world.runs(runs)) for _ in range(200))

    assert seen >= 190


@pytest.mark.parametrize("runs", [4, 8, 20])
def test_a_count_that_falls_from_200_to_90_is_seen(runs: int) -> None:
    world = World(12, 200, count_sd=0.05, fill_sd=0.03)

    seen = sum(ALL in _fields(world.run(share=0.45), world.runs(runs)) for _ in range(200))

    assert seen >= 190


def test_a_field_that_rises_is_as_strange_as_one_that_falls() -> None:
    world = World(13, 200, count_sd=0.05, fill_sd=0.03)

    assert _fields(world.run(website=0.9), world.runs(10)) == {"website"}


def test_a_source_that_varies_much_is_allowed_to() -> None:
    calm = World(14, 200, count_sd=0.02, fill_sd=0.01).runs(20)
    lively = World(14, 200, count_sd=0.3, fill_sd=0.2).runs(20)

    limits = [
        fill_limits([(one["phone"], one[ALL]) for one in runs], 200, alpha=ALPHA)
        for runs in (calm, lively)
    ]

    assert limits[0].low > 0.75
    assert limits[1].low < 0.6


def test_small_runs_raise_no_alarm_by_chance() -> None:
    history: list[Counts] = [{ALL: 5, "phone": 5}] * 10

    assert find_outliers({ALL: 4, "phone": 3}, Measure(history=history)) == []
    assert find_outliers({ALL: 2, "phone": 2}, Measure(history=history)) == []


def test_a_source_that_grows_slowly_raises_no_alarm() -> None:
    history: list[Counts] = [{ALL: round(200 * 1.03**run)} for run in range(20)]

    assert find_outliers({ALL: round(200 * 1.03**20)}, Measure(history=history)) == []


def test_a_field_never_seen_before_or_always_empty_raises_no_alarm() -> None:
    history: list[Counts] = [{ALL: 100, "title": 0}] * 6

    assert find_outliers({ALL: 100, "phone": 80, "title": 60}, Measure(history=history)) == []


def test_a_run_without_records_is_an_alarm_of_its_count_alone() -> None:
    history: list[Counts] = [{ALL: 100, "phone": 90}] * 6

    (outlier,) = find_outliers({ALL: 0}, Measure(history=history))

    assert (outlier.field, outlier.value) == (ALL, 0)
    assert 60 < outlier.limits.low < 80
    assert round(outlier.limits.usual) == 100


def test_an_expectation_needs_no_history() -> None:
    (outlier,) = find_outliers({ALL: 3, "phone": 3}, Measure(expects=(50, 500)))

    assert (outlier.field, outlier.limits.low, outlier.limits.high) == (ALL, 50, 500)
    assert find_outliers({ALL: 50}, Measure(expects=(50, 500))) == []


def test_what_was_accepted_is_usual_from_then_on() -> None:
    history: list[Counts] = [*[{ALL: 200, "phone": 180}] * 8, {ALL: 90, "phone": 27}]
    changed = {ALL: 1, "phone": 1}

    assert _fields({ALL: 90, "phone": 27}, history[:-1]) == {ALL, "phone"}
    assert find_outliers({ALL: 92, "phone": 29}, Measure(None, history, changed)) == []
    assert {
        one.field
        for one in find_outliers({ALL: 200, "phone": 180}, Measure(None, history, changed))
    } == {ALL, "phone"}


def test_limits_are_never_narrower_than_what_anybody_would_care_for() -> None:
    rate = fill_limits([(50_000, 100_000)] * 20, 100_000, alpha=ALPHA)
    count = count_limits([100_000] * 20, alpha=ALPHA)

    assert rate.low <= 0.45
    assert rate.high >= 0.55
    assert count.low <= 80_001
    assert count.high >= 124_999


@pytest.mark.parametrize(
    ("degrees", "alpha", "quantile"),
    [(3, 0.001, 12.924), (7, 0.001, 5.408), (19, 0.001, 3.883), (4, 0.05, 2.776), (30, 0.2, 1.310)],
)
def test_the_quantiles_are_those_of_the_published_tables(
    degrees: int, alpha: float, quantile: float
) -> None:
    assert t_quantile(degrees, alpha) == pytest.approx(quantile, rel=1e-3)


def _fields(found: Counts, history: Sequence[Counts]) -> set[str]:
    return {one.field for one in find_outliers(found, Measure(history=history))}
