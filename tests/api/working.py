"""Doing the workers' part in a test: all that is requested, until nothing is left."""

from pipeline.database.engine import Database
from pipeline.settings import Settings
from pipeline.work import work_on_run


def finish_run(database: Database, settings: Settings, run_id: int) -> None:
    """Work on a run until it has ended."""
    while work_on_run(database, settings, run_id):
        pass
