"""Poking the workers: the ledger says which runs wait, a message makes a worker look at one."""

import logging

from celery import Celery

from pipeline.database.engine import Database
from pipeline.runs.ledger import find_open_runs
from pipeline.schedules import is_any_due, request_due_runs
from pipeline.settings import Settings

log = logging.getLogger(__name__)


def poke_open_runs(celery: Celery, database: Database, settings: Settings) -> int:
    """Request what is due, then poke every run that waits for a worker; give how often.

    Nothing is poked while earlier pokes wait, so the queue stays as short as the list of open runs
    even when no worker is there.
    """
    with database.read() as db:
        due = is_any_due(db)
    if due:
        database.transact(request_due_runs)
    with celery.producer_or_acquire() as producer:
        if producer.channel.queue_declare(celery.conf.task_default_queue).message_count > 0:
            return 0
        with database.read() as db:
            waiting = find_open_runs(db)
        pokes = [
            run_id for run_id, batches in waiting for _ in range(min(batches, settings.workers))
        ]
        for run_id in pokes:
            celery.tasks["work"].apply_async((run_id,), producer=producer)
    return len(pokes)
