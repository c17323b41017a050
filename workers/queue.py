"""The Celery application. A message is only a poke: what is to be done stands in the database."""

import functools
from collections.abc import Callable

from celery import Celery
from celery.signals import worker_process_init

from pipeline.database.engine import Database
from pipeline.settings import Settings
from pipeline.work import spare_collector
from workers.broker import broker_url
from workers.schedule import beat_settings
from workers.tasks import add_tasks

SOFT_LIMIT_SECONDS = 150
HARD_LIMIT_SECONDS = 180
# A message that is not acknowledged for so long is delivered again: no task may live longer.
VISIBILITY_SECONDS = 300


def create_celery(settings: Settings, database: Callable[[], Database] | None = None) -> Celery:
    """Make the application with both tasks.

    ``database`` opens the database; by default once a process, at first use, so after the fork.
    """
    celery = Celery("leads", broker=broker_url(settings), set_as_current=False)
    celery.conf.update(
        accept_content=["json"],
        task_serializer="json",
        task_default_queue="leads",
        task_ignore_result=True,
        task_store_errors_even_if_ignored=False,
        task_soft_time_limit=SOFT_LIMIT_SECONDS,
        task_time_limit=HARD_LIMIT_SECONDS,
        **_DELIVERY,
        **_WORKER,
        **beat_settings(settings),
        worker_concurrency=settings.workers,
    )
    add_tasks(celery, settings, database or functools.cache(lambda: Database(settings.database)))
    return celery


@worker_process_init.connect
def _prepare_child(**_: object) -> None:
    spare_collector()


_DELIVERY = {
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    # A poke that fails to be sent is sent by the next tick.
    "task_publish_retry": False,
    "broker_connection_retry_on_startup": True,
    "broker_connection_max_retries": None,
    "broker_transport_options": {
        "visibility_timeout": VISIBILITY_SECONDS,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "health_check_interval": 10,
        "socket_connect_timeout": 5,
        "socket_keepalive": True,
        "global_keyprefix": "leads:",
    },
}
_WORKER = {
    "worker_pool": "prefork",
    "worker_prefetch_multiplier": 1,
    "worker_max_tasks_per_child": 500,
    "worker_max_memory_per_child": 500_000,
    "worker_send_task_events": False,
    # True ends the whole worker when the broker goes away.
    "worker_cancel_long_running_tasks_on_connection_loss": False,
    "worker_log_format": "%(asctime)s %(levelname)s %(message)s",
    "worker_task_log_format": "%(asctime)s %(levelname)s %(task_name)s %(message)s",
}
