"""The tasks. Each is one call into the pipeline, and none carries data, only a run's id."""

from collections.abc import Callable

from celery import Celery

from pipeline.bodies.store import remove_old_bodies
from pipeline.database.engine import Database
from pipeline.imports import remove_stale_uploads
from pipeline.runs.frontier import find_crawls_at_work
from pipeline.settings import Settings
from pipeline.work import work_on_run
from workers.pokes import poke_open_runs
from workers.shutdown import is_shutting_down

BEAT_MARK = "beat.tick"
"""The file in the data folder whose age tells when beat last looked for work."""
SLICE_SECONDS = 30.0
"""How long one task works on a run before another run may have its turn."""


def add_tasks(celery: Celery, settings: Settings, database: Callable[[], Database]) -> None:
    """Give an application its tasks: ``work`` for the workers, ``tick`` and ``tidy`` for beat."""

    @celery.task(name="work", shared=False)
    def work(run_id: int) -> None:
        work_on_run(database(), settings, run_id, seconds=SLICE_SECONDS, stop=is_shutting_down)

    @celery.task(name="tick", shared=False)
    def tick() -> None:
        poke_open_runs(celery, database(), settings)
        (settings.data_dir / BEAT_MARK).touch()

    @celery.task(name="tidy", shared=False)
    def tidy() -> None:
        with database().read() as db:
            remove_stale_uploads(db, settings)
            remove_old_bodies(settings, find_crawls_at_work(db))
