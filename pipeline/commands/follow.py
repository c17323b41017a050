"""Following a run to its end: the engine works on it where one is up, else this process does."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import current_thread, main_thread
from typing import Any

from pipeline.commands.engine_note import get_engine
from pipeline.commands.progress import open_progress
from pipeline.database.engine import Database
from pipeline.runs.ledger import WORKING_STATES
from pipeline.runs.models import Run
from pipeline.runs.service import require_run
from pipeline.settings import Settings
from pipeline.work import spare_collector, work_on_run

POLL_SECONDS = 0.1
SLICE_SECONDS = 0.2


@dataclass(slots=True)
class Interrupt:
    """Whether the person at the terminal wants to leave."""

    asked: bool = False


def follow_run(database: Database, settings: Settings, run_id: int) -> Run:
    """Wait until a run has ended or is paused, or Ctrl-C; give it as it stands then.

    An engine that stops meanwhile is no harm: from then on this process works on the run. The
    first Ctrl-C lets the batch at hand be finished, the second does not.
    """
    spare_collector()
    with open_progress() as show, _heeding_interrupts() as interrupt:
        while True:
            run = _read(database, run_id)
            show(run)
            if run.state not in WORKING_STATES or interrupt.asked:
                return run
            try:
                _wait_or_work(database, settings, run_id, lambda: interrupt.asked)
            except KeyboardInterrupt:
                interrupt.asked = True


def _wait_or_work(
    database: Database, settings: Settings, run_id: int, stop: Callable[[], bool]
) -> None:
    if get_engine(settings.data_dir) is not None or not work_on_run(
        database, settings, run_id, seconds=SLICE_SECONDS, stop=stop
    ):
        time.sleep(POLL_SECONDS)


def _read(database: Database, run_id: int) -> Run:
    with database.read() as db:
        return require_run(db, run_id)


@contextmanager
def _heeding_interrupts() -> Iterator[Interrupt]:
    """Let the first Ctrl-C be a wish that is noted, and only a second one interrupt."""
    interrupt = Interrupt()
    if current_thread() is not main_thread():
        yield interrupt
        return
    usual = signal.getsignal(signal.SIGINT)

    def note(*_: Any) -> None:
        interrupt.asked = True
        signal.signal(signal.SIGINT, usual)

    signal.signal(signal.SIGINT, note)
    try:
        yield interrupt
    finally:
        signal.signal(signal.SIGINT, usual)
