"""What the queue may and may not do with a task."""

from collections.abc import Iterator

import pytest
from celery import Celery
from celery.app.utils import find_app
from kombu.exceptions import ContentDisallowed
from kombu.serialization import loads

from pipeline.settings import Settings
from workers.queue import create_celery


@pytest.fixture
def celery(settings: Settings) -> Iterator[Celery]:
    with create_celery(settings) as app:
        yield app


def test_a_task_that_loses_its_worker_is_delivered_again(celery: Celery) -> None:
    assert celery.conf.task_acks_late
    assert celery.conf.task_reject_on_worker_lost


def test_no_task_lives_until_it_is_delivered_a_second_time(celery: Celery) -> None:
    visible_after = celery.conf.broker_transport_options["visibility_timeout"]
    assert celery.conf.task_soft_time_limit < celery.conf.task_time_limit < visible_after


def test_a_worker_takes_no_more_than_it_works_on(celery: Celery) -> None:
    assert celery.conf.worker_prefetch_multiplier == 1


def test_results_are_kept_nowhere(celery: Celery) -> None:
    assert celery.conf.task_ignore_result
    assert celery.conf.result_backend is None


def test_a_message_that_could_run_code_is_refused(celery: Celery) -> None:
    with pytest.raises(ContentDisallowed):
        loads(b"", "application/x-python-serialize", "binary", accept=celery.conf.accept_content)


def test_the_only_tasks_are_ours(celery: Celery) -> None:
    assert {name for name in celery.tasks if not name.startswith("celery.")} == {
        "tick",
        "tidy",
        "work",
    }


def test_celerys_own_command_line_finds_the_application() -> None:
    found = find_app("workers.app")

    assert {"work", "tick", "tidy"} <= set(found.tasks)
