"""Schedules: the right moment in the right time zone, and one run however many beats tick."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from pipeline.database.base import utc_now
from pipeline.database.engine import Database
from pipeline.errors import InvalidInput, NotFound, SourceNotFound
from pipeline.runs.crawl_models import FrontierPage
from pipeline.runs.models import Run, Schedule
from pipeline.schedules import (
    add_schedule,
    find_schedules,
    next_due,
    request_due_runs,
    require_schedule,
)

SITE = {"url": "https://example.com/"}


@pytest.mark.parametrize(
    ("cron", "timezone", "after", "due"),
    [
        ("0 6 * * *", "UTC", "2026-03-01T05:59:00", "2026-03-01T06:00:00"),
        ("0 6 * * *", "UTC", "2026-03-01T06:00:00", "2026-03-02T06:00:00"),
        ("0 6 * * *", "Europe/Berlin", "2026-01-10T12:00:00", "2026-01-11T05:00:00"),
        ("0 6 * * *", "Europe/Berlin", "2026-07-10T12:00:00", "2026-07-11T04:00:00"),
        ("0 6 * * 1-5", "America/New_York", "2026-11-20T20:00:00", "2026-11-23T11:00:00"),
        ("*/15 * * * *", "Asia/Kolkata", "2026-01-10T00:01:00", "2026-01-10T00:15:00"),
    ],
)
def test_a_cron_time_is_meant_in_its_time_zone(
    cron: str, timezone: str, after: str, due: str
) -> None:
    schedule = Schedule(source="website", cron=cron, timezone=timezone)

    found = next_due(schedule, datetime.fromisoformat(after).replace(tzinfo=UTC))

    assert found == datetime.fromisoformat(due).replace(tzinfo=UTC)


@pytest.mark.parametrize("day", ["2026-03-28", "2026-10-24"])
def test_a_daily_time_stays_daily_when_the_clocks_change(day: str) -> None:
    schedule = Schedule(source="website", cron="30 2 * * *", timezone="Europe/Berlin")
    moment = datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)
    days = []
    for _ in range(3):
        moment = next_due(schedule, moment)
        days.append(moment.date())

    assert len(set(days)) == 3
    assert days[2] - days[0] == timedelta(days=2)


def test_every_n_seconds_counts_from_the_last_look() -> None:
    schedule = Schedule(source="website", every_seconds=90, timezone="UTC")
    now = utc_now()

    assert next_due(schedule, now) == now + timedelta(seconds=90)


@pytest.mark.parametrize(
    ("when", "message"),
    [
        ({}, "either"),
        ({"cron": "* * * * *", "every_seconds": 5}, "either"),
        ({"cron": "every day"}, "cron"),
        ({"cron": "61 * * * *"}, "cron"),
        ({"cron": "0 0 30 2 *"}, "cron"),
        ({"every_seconds": 0}, "every_seconds"),
        ({"cron": "* * * * *", "timezone": "Mars/Olympus"}, "time zone"),
    ],
)
def test_a_time_that_means_nothing_is_refused(
    database: Database, when: dict[str, object], message: str
) -> None:
    with database.write() as db, pytest.raises(InvalidInput, match=message):
        add_schedule(db, "website", SITE, **when)  # type: ignore[arg-type]


def _make_due(database: Database, *, missed: timedelta) -> int:
    with database.write() as db:
        schedule = add_schedule(db, "website", SITE, every_seconds=60)
        schedule.next_due_at = utc_now() - missed
        return schedule.id


def test_many_beats_make_one_run_of_one_due_time(database: Database) -> None:
    _make_due(database, missed=timedelta(seconds=5))
    beats = [threading.Thread(target=database.transact, args=(request_due_runs,)) for _ in range(6)]
    for beat in beats:
        beat.start()
    for beat in beats:
        beat.join()

    with database.read() as db:
        (run,) = db.scalars(select(Run)).all()
        assert (run.kind, run.source, run.state) == ("scrape", "website", "requested")
        assert len(db.scalars(select(FrontierPage)).all()) >= 1
        (schedule,) = find_schedules(db)
        assert schedule.last_run_id == run.id
        assert schedule.next_due_at > utc_now()


def test_many_missed_times_make_one_run(database: Database) -> None:
    _make_due(database, missed=timedelta(days=3))

    for _ in range(3):
        database.transact(request_due_runs)

    with database.read() as db:
        assert len(db.scalars(select(Run)).all()) == 1


def test_a_schedule_that_is_off_or_not_due_makes_no_run(database: Database) -> None:
    schedule_id = _make_due(database, missed=timedelta(seconds=5))
    with database.write() as db:
        require_schedule(db, schedule_id).enabled = False
        add_schedule(db, "website", SITE, every_seconds=3_600)

    assert database.transact(request_due_runs) == []


def test_what_is_not_there_cannot_be_scheduled_or_found(database: Database) -> None:
    with database.write() as db:
        with pytest.raises(NotFound):
            require_schedule(db, 99)
        with pytest.raises(SourceNotFound):
            add_schedule(db, "no_such_source", {}, every_seconds=60)


def test_a_schedule_whose_source_is_gone_stops_no_other(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    broken = _make_due(database, missed=timedelta(seconds=9))
    _make_due(database, missed=timedelta(seconds=5))
    with database.write() as db:
        require_schedule(db, broken).source = "no_such_source"

    (run,) = database.transact(request_due_runs)

    assert run.source == "website"
    assert f"Schedule {broken} made no run" in caplog.text
    assert database.transact(request_due_runs) == []
