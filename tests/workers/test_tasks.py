"""The tasks, called in this process, with a real broker and both databases."""

import base64
import json
import os
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from celery import Celery
from redis import Redis

from pipeline.database.base import utc_now
from pipeline.database.engine import Database
from pipeline.imports import STALE_SECONDS
from pipeline.runs.ledger import claim_next_batch
from pipeline.runs.service import find_runs, require_run
from pipeline.schedules import add_schedule
from pipeline.settings import Settings
from pipeline.work import work_on_batch
from tests.imports import request_text
from tests.parts.valkey import connect, open_valkey
from workers.queue import create_celery

PEOPLE = "name,email\n" + "".join(f"Ada {n},ada{n}@example.com\n" for n in range(30))
QUEUE = "leads:leads"


@pytest.fixture
def celery(settings: Settings, database: Database) -> Iterator[Celery]:
    settings = settings.model_copy(update={"batch_rows": 5})
    with open_valkey(settings), create_celery(settings, lambda: database) as app:
        yield app
        app.pool.force_close_all()


@pytest.fixture
def queue(celery: Celery, settings: Settings) -> Iterator[Redis]:
    with connect(settings) as client:
        yield client


def test_work_imports_a_file_to_its_end(
    celery: Celery, database: Database, settings: Settings
) -> None:
    run_id = request_text(database, settings, PEOPLE)
    celery.tasks["work"](run_id)
    with database.read() as db:
        run = require_run(db, run_id)
        assert (run.state, run.created) == ("finished", 30)


def test_work_on_a_run_that_is_gone_does_nothing(celery: Celery) -> None:
    celery.tasks["work"](4711)


def test_a_tick_pokes_a_run_that_waits_and_tells_only_its_id(
    celery: Celery, database: Database, settings: Settings, queue: Redis
) -> None:
    run_id = request_text(database, settings, PEOPLE)
    celery.tasks["tick"]()
    (message,) = queue.lrange(QUEUE, 0, -1)
    arguments, options, _ = json.loads(base64.b64decode(json.loads(message)["body"]))
    assert (arguments, options) == ([run_id], {})


def test_ticks_do_not_flood_a_queue_that_nobody_empties(
    celery: Celery, database: Database, settings: Settings, queue: Redis
) -> None:
    for _ in range(3):
        request_text(database, settings, PEOPLE)
    for _ in range(20):
        celery.tasks["tick"]()
    assert queue.llen(QUEUE) == 3


def test_a_run_with_many_batches_gets_as_many_pokes_as_there_are_workers(
    celery: Celery, database: Database, settings: Settings, queue: Redis
) -> None:
    run_id = request_text(database, settings, PEOPLE)
    cut_into_batches = database.transact(lambda db: claim_next_batch(db, run_id, 30))
    assert cut_into_batches is not None
    work_on_batch(database, settings.model_copy(update={"batch_rows": 5}), cut_into_batches)
    celery.tasks["tick"]()
    assert queue.llen(QUEUE) == settings.workers


def test_a_finished_run_is_left_alone(
    celery: Celery, database: Database, settings: Settings, queue: Redis
) -> None:
    celery.tasks["work"](request_text(database, settings, PEOPLE))
    celery.tasks["tick"]()
    assert queue.llen(QUEUE) == 0


def test_an_emptied_broker_loses_nothing(
    celery: Celery, database: Database, settings: Settings, queue: Redis
) -> None:
    request_text(database, settings, PEOPLE)
    celery.tasks["tick"]()
    queue.flushall()
    celery.tasks["tick"]()
    assert queue.llen(QUEUE) == 1


def test_a_schedule_that_is_due_becomes_one_run_however_many_ticks_see_it(
    celery: Celery, database: Database, queue: Redis
) -> None:
    with database.write() as db:
        schedule = add_schedule(db, "website", {"url": "http://127.0.0.1:9/"}, every_seconds=3_600)
        schedule.next_due_at = utc_now() - timedelta(hours=5)
    celery.tasks["tick"]()
    celery.tasks["tick"]()
    with database.read() as db:
        (run,) = find_runs(db)
        assert (run.kind, run.source, run.state) == ("scrape", "website", "requested")
    assert queue.llen(QUEUE) == 1


def test_a_tick_tells_that_it_was_there(celery: Celery, settings: Settings) -> None:
    celery.tasks["tick"]()
    assert (settings.data_dir / "beat.tick").exists()


def test_an_upload_that_was_cut_off_is_gone_after_an_hour(
    celery: Celery, settings: Settings
) -> None:
    settings.spool.mkdir()
    old, fresh = settings.spool / "old.part", settings.spool / "fresh.part"
    for part in (old, fresh):
        part.touch()
    os.utime(old, (0, time.time() - STALE_SECONDS - 1))
    celery.tasks["tidy"]()
    assert not old.exists()
    assert fresh.exists()
