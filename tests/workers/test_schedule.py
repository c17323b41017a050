"""Beat looks for work itself, again and again, whatever a single look meets."""

from collections.abc import Iterator

import pytest
from celery import Celery

from pipeline.settings import Settings
from workers.queue import create_celery
from workers.schedule import OnTheSpot


@pytest.fixture
def celery(settings: Settings) -> Iterator[Celery]:
    with create_celery(settings) as app:
        yield app


def test_beat_ticks_as_often_as_the_settings_say(celery: Celery, settings: Settings) -> None:
    assert celery.conf.beat_schedule["tick"]["schedule"] == settings.tick_seconds


def test_a_due_task_runs_in_beats_own_process_and_is_not_queued(
    celery: Celery, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = watch(celery, monkeypatch, "tick", fails=False)
    scheduler = OnTheSpot(celery)
    # No broker is there: a message could not have been sent.
    scheduler.apply_entry(scheduler.schedule["tick"])
    assert ran == ["tick"]


def test_a_tick_that_fails_does_not_end_beat(
    celery: Celery, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = watch(celery, monkeypatch, "tick", fails=True)
    scheduler = OnTheSpot(celery)
    for _ in range(2):
        scheduler.apply_entry(scheduler.schedule["tick"])
    assert ran == ["tick", "tick"]


def watch(celery: Celery, monkeypatch: pytest.MonkeyPatch, name: str, *, fails: bool) -> list[str]:
    ran: list[str] = []

    def run() -> None:
        ran.append(name)
        if fails:
            raise ConnectionError

    monkeypatch.setattr(celery.tasks[name], "run", run)
    return ran
