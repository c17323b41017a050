"""The calendar: changes of the clocks, intervals without drift, lateness that overtakes none."""

from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise

import pytest

from pipeline.errors import InvalidInput
from pipeline.schedules import preview_times, read_rule
from pipeline.schedules.times import lateness, next_times

ZONE = "Europe/Berlin"
SPRING = datetime(2026, 3, 28, 23, tzinfo=UTC)
"""Midnight before 02:00 to 03:00 is skipped in Berlin."""
AUTUMN = datetime(2026, 10, 24, 22, tzinfo=UTC)
"""Midnight before 02:00 to 03:00 comes twice in Berlin."""


def _within_a_day(rule: str, after: datetime) -> list[str]:
    moments = islice(next_times(read_rule(rule), ZONE, after), 200)
    return [f"{one:%H:%M}" for one in moments if one - after < timedelta(hours=23)]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("daily at 2:30", ["01:00"]),
        ("daily at 2 and 3", ["01:00"]),
        ("*/30 2 * * *", ["01:00"]),
        ("every 2 hours between 0 and 4", ["01:00", "02:00"]),
        ("daily at 4", ["02:00"]),
    ],
)
def test_a_local_time_that_is_skipped_comes_once_right_after(
    rule: str, expected: list[str]
) -> None:
    assert _within_a_day(rule, SPRING) == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("daily at 2:30", ["00:30"]),
        ("*/30 2 * * *", ["00:00", "00:30"]),
        ("0 */2 * * *", ["00:00", *(f"{hour:02}:00" for hour in range(3, 21, 2))]),
        ("daily at 3", ["02:00"]),
    ],
)
def test_a_local_time_that_comes_twice_is_due_once(rule: str, expected: list[str]) -> None:
    assert _within_a_day(rule, AUTUMN)[: len(expected)] == expected
    assert len(set(_within_a_day(rule, AUTUMN))) == len(_within_a_day(rule, AUTUMN))


def test_within_the_second_passage_of_an_hour_the_first_is_not_due_again() -> None:
    second_passage = AUTUMN + timedelta(hours=3, minutes=10)

    due = next(next_times(read_rule("daily at 2:30"), ZONE, second_passage))

    assert due == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("after", [SPRING, AUTUMN])
def test_what_is_due_each_hour_follows_the_real_time(after: datetime) -> None:
    moments = list(islice(next_times(read_rule("every hour at :15"), ZONE, after), 8))

    assert {later - earlier for earlier, later in pairwise(moments)} == {timedelta(hours=1)}


def test_several_expressions_are_due_whenever_one_of_them_is() -> None:
    rule = read_rule("every day at 6:30 and 18:45")

    times = preview_times(rule, "UTC", datetime(2026, 1, 1, tzinfo=UTC))

    assert [f"{one:%d %H:%M}" for one in times] == [
        *("01 06:30", "01 18:45", "02 06:30", "02 18:45", "03 06:30")
    ]


def test_an_interval_does_not_drift_with_runs_that_begin_late() -> None:
    made = datetime(2026, 1, 1, tzinfo=UTC)
    seen_late = made + timedelta(hours=5, minutes=2)

    due = next(next_times(read_rule("every hour"), "UTC", seen_late, anchor=made))

    assert due == made + timedelta(hours=6)


def test_lateness_is_spread_but_the_same_for_one_schedule_and_moment() -> None:
    due, following = SPRING, SPRING + timedelta(days=1)
    found = [lateness(number, due, following, 600).total_seconds() for number in range(2_000)]

    assert found == [lateness(n, due, following, 600).total_seconds() for n in range(2_000)]
    assert (min(found), max(found)) == (0, 600)
    assert 280 < sum(found) / len(found) < 320


def test_lateness_never_overtakes_the_next_run() -> None:
    following = SPRING + timedelta(minutes=2)

    assert max(lateness(n, SPRING, following, 3_600) for n in range(500)) == timedelta(minutes=1)


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../etc/passwd", "Europe"])
def test_a_time_zone_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput, match="time zone"):
        preview_times(read_rule("daily at 7"), name, SPRING)
