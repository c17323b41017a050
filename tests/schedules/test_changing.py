"""Schedules are edited, paused and resumed, and never have two runs going at once."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from pipeline.crawl import request_scrape
from pipeline.database.base import utc_now
from pipeline.database.engine import Database
from pipeline.errors import Conflict, InvalidInput
from pipeline.runs.models import Run
from pipeline.runs.service import cancel_run
from pipeline.schedules import (
    add_schedule,
    edit_schedule,
    find_blocking_run,
    find_next_times,
    is_any_due,
    pause_schedule,
    request_due_runs,
    require_schedule,
    resume_schedule,
    run_now,
)

SITE = {"url": "https://example.com/"}
OTHER = {"url": "https://example.org/"}


def _add(database: Database, **given: object) -> int:
    values = {"rule": "every 2 hours", **given}
    with database.write() as db:
        return add_schedule(db, "website", SITE, **values).id  # type: ignore[arg-type]


def _make_due(database: Database, schedule_id: int) -> None:
    with database.write() as db:
        require_schedule(db, schedule_id).next_due_at = utc_now() - timedelta(seconds=5)


def _end(database: Database, run_id: int, state: str = "finished") -> None:
    with database.write() as db:
        db.execute(update(Run).where(Run.id == run_id).values(state=state))


@pytest.mark.parametrize("state", ["requested", "running", "paused", "quarantined"])
def test_what_is_due_waits_for_the_run_before_and_then_runs_once(
    database: Database, state: str
) -> None:
    schedule_id = _add(database)
    _make_due(database, schedule_id)
    (first,) = database.transact(request_due_runs)
    _end(database, first.id, state)
    for _ in range(3):
        _make_due(database, schedule_id)
        assert database.transact(request_due_runs) == []
    with database.read() as db:
        assert not is_any_due(db)
        blocking = find_blocking_run(db, require_schedule(db, schedule_id))
        assert blocking is not None
        assert blocking.id == first.id

    _end(database, first.id)

    with database.read() as db:
        assert is_any_due(db)
    assert len(database.transact(request_due_runs)) == 1
    assert database.transact(request_due_runs) == []


def test_two_schedules_of_one_source_never_run_it_at_once(database: Database) -> None:
    for _ in range(2):
        _make_due(database, _add(database))

    beats = [threading.Thread(target=database.transact, args=(request_due_runs,)) for _ in range(4)]
    for beat in beats:
        beat.start()
    for beat in beats:
        beat.join()

    with database.read() as db:
        assert len(db.scalars(select(Run)).all()) == 1


def test_a_run_with_other_settings_keeps_nobody_waiting(database: Database) -> None:
    with database.write() as db:
        request_scrape(db, "website", OTHER)
    _make_due(database, _add(database))

    assert len(database.transact(request_due_runs)) == 1


def test_run_now_runs_at_once_and_leaves_the_next_due_time(database: Database) -> None:
    schedule_id = _add(database)
    with database.write() as db:
        due = require_schedule(db, schedule_id).next_due_at
        run = run_now(db, schedule_id)
        with pytest.raises(Conflict, match=f"Run {run.id} has not ended: it is requested"):
            run_now(db, schedule_id)
    with database.write() as db:
        assert require_schedule(db, schedule_id).last_run_id == run.id
        assert require_schedule(db, schedule_id).next_due_at == due
        cancel_run(db, run.id)
        assert run_now(db, schedule_id).id > run.id


def test_many_who_ask_for_a_run_now_get_one(database: Database) -> None:
    schedule_id = _add(database)
    refused = []

    def ask() -> None:
        try:
            database.transact(lambda db: run_now(db, schedule_id))
        except Conflict:
            refused.append(True)

    askers = [threading.Thread(target=ask) for _ in range(5)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()

    assert len(refused) == 4


def test_a_paused_schedule_rests_and_what_was_due_meanwhile_does_not_run(
    database: Database,
) -> None:
    schedule_id = _add(database)
    with database.write() as db:
        pause_schedule(db, schedule_id)
        with pytest.raises(Conflict, match="paused already"):
            pause_schedule(db, schedule_id)
    _make_due(database, schedule_id)
    assert database.transact(request_due_runs) == []

    with database.write() as db:
        resume_schedule(db, schedule_id)
        with pytest.raises(Conflict, match="not paused"):
            resume_schedule(db, schedule_id)
        assert require_schedule(db, schedule_id).next_due_at > utc_now()

    assert database.transact(request_due_runs) == []


def test_an_edited_schedule_follows_its_new_rule(database: Database) -> None:
    schedule_id = _add(database)
    with database.write() as db:
        edited = edit_schedule(
            db, schedule_id, rule="daily at 7", timezone="Asia/Tokyo", params=OTHER
        )

    assert (edited.cron, edited.every_seconds, edited.words) == ("0 7 * * *", None, "daily at 7")
    assert (edited.timezone, edited.params) == ("Asia/Tokyo", OTHER)
    assert edited.next_due_at.hour == 22
    with database.write() as db:
        same = edit_schedule(db, schedule_id, jitter_seconds=60)
        assert (same.words, same.timezone, same.jitter_seconds) == ("daily at 7", "Asia/Tokyo", 60)


def test_an_edit_that_means_nothing_changes_nothing(database: Database) -> None:
    schedule_id = _add(database)
    edits: list[dict[str, object]] = [
        {"rule": "whenever"},
        {"timezone": "Mars/Olympus"},
        {"params": {"color": "red"}},
        {"jitter_seconds": -1},
        {"jitter_seconds": 100_000},
    ]
    for edit in edits:
        with pytest.raises(InvalidInput), database.write() as db:
            edit_schedule(db, schedule_id, **edit)  # type: ignore[arg-type]

    with database.read() as db:
        schedule = require_schedule(db, schedule_id)
        assert (schedule.words, schedule.params) == ("every 2 hours", SITE)


def test_the_next_times_are_those_at_which_the_runs_will_begin(database: Database) -> None:
    schedule_id = _add(database, rule="daily at 7", jitter_seconds=3_600)

    seen = []
    for _ in range(3):
        with database.read() as db:
            schedule = require_schedule(db, schedule_id)
            seen.append(find_next_times(schedule))
        with database.write() as db:
            for run in request_due_runs(db, seen[-1][0] + timedelta(seconds=1)):
                run.state = "finished"

    assert all(len(times) == 5 for times in seen)
    assert seen[1][:4] == seen[0][1:]
    assert seen[2][:4] == seen[1][1:]
    assert len({one.time() for one in seen[0]}) > 1
    assert all(7 <= one.hour <= 8 for times in seen for one in times)
