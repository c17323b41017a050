"""Working on a run: claim a batch, prepare it, write it behind the fence, take the next."""

import gc
import logging
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy.orm import Session

from pipeline.crawl.fetching import let_hosts_go, prepare_pages
from pipeline.crawl.landing import prepare_landing
from pipeline.database.engine import Database
from pipeline.errors import Fenced, InvalidInput, LeadEngineError
from pipeline.imports import prepare_batch, prepare_import
from pipeline.quarantine import give_up_on
from pipeline.resolve.batches import (
    follow_with_resolution,
    prepare_index,
    prepare_resolution,
)
from pipeline.runs.ledger import (
    UNORDERED,
    Claim,
    claim_next_batch,
    fail_batch,
    find_blocking_batch,
    finish_batch,
    release_batch,
    renew_lease,
)
from pipeline.runs.models import Run
from pipeline.runs.service import fail_run, finish_run_if_done, mark_started, require_run
from pipeline.settings import Settings
from pipeline.steps import Commit, Work
from pipeline.undo.jobs import prepare_undo

log = logging.getLogger(__name__)

STEPS: Mapping[str, Callable[[Work], Commit]] = {
    "prepare": prepare_import,
    "rows": prepare_batch,
    "pages": prepare_pages,
    "land": prepare_landing,
    "index": prepare_index,
    "resolve": prepare_resolution,
    "undo": prepare_undo,
}
_FIRST_PAUSE = 0.002
_LONGEST_PAUSE = 0.1


def work_on_run(
    database: Database,
    settings: Settings,
    run_id: int,
    *,
    seconds: float = 60.0,
    stop: Callable[[], bool] = lambda: False,
) -> bool:
    """Work on a run's batches, one after another, for about ``seconds`` or until ``stop``.

    Gives False once no batch is left to claim; other workers may still be busy then.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not stop():
        claim = database.transact(lambda db: _claim(db, run_id, settings))
        if claim is None:
            return False
        work_on_batch(database, settings, claim)
    return True


def work_on_batch(database: Database, settings: Settings, claim: Claim) -> None:
    """Work on one claimed batch. Whatever happens, the batch is done, given back, or another's."""
    with Lease(database, claim, settings.lease_seconds) as lease:
        try:
            with database.read() as db:
                run = require_run(db, claim.run_id)
            commit = _prepare(Work(database, settings, run, claim, lease.is_lost))
            if _await_turn(database, claim, lease):
                database.transact(lambda db: _write(db, run, claim, commit, settings.matching))
        except Fenced:
            log.info("Batch %d was taken over; this attempt is void.", claim.batch_id)
            if claim.kind in UNORDERED:
                database.transact(lambda db: let_hosts_go(db, run, claim, settings))
        except InvalidInput as error:
            reason = str(error)
            database.transact(lambda db: fail_run(db, claim.run_id, reason))
        except Exception as error:  # noqa: BLE001 - the ledger decides what a failure means
            reason = describe(error)
            log.error("Batch %d failed: %s", claim.batch_id, reason)  # noqa: TRY400 - a traceback could show a person's values
            database.transact(lambda db: fail_batch(db, claim, reason))


def spare_collector() -> None:
    """Let the garbage collector of this process rarely look at what lives long.

    A batch makes hundreds of thousands of small objects and no cycles; looking through all of
    them again and again costs a quarter of the time (measured: 10.0k against 13.3k rows a second;
    of matching a tenth, at a fifth of this threshold).
    """
    gc.freeze()
    gc.set_threshold(500_000, 50, 100)


class Lease:
    """Keeps a claim alive in a thread while its worker is busy."""

    def __init__(self, database: Database, claim: Claim, seconds: float) -> None:
        self._database = database
        self._claim = claim
        self._seconds = seconds
        self._done = threading.Event()
        self._lost = threading.Event()
        self._thread = threading.Thread(target=self._renew, daemon=True)

    def is_lost(self) -> bool:
        """Whether the batch is another's by now, so that going on is in vain."""
        return self._lost.is_set()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._done.set()
        self._thread.join()

    def _renew(self) -> None:
        while not self._done.wait(self._seconds / 3):
            try:
                held = self._database.transact(
                    lambda db: renew_lease(db, self._claim, self._seconds)
                )
            except Exception as error:  # noqa: BLE001 - the next beat tries again
                log.warning("Batch %d: no heartbeat: %s", self._claim.batch_id, describe(error))
                continue
            if not held:
                self._lost.set()
                return


def describe(error: BaseException) -> str:
    """Name an error and its place without its text, which may hold a person's values."""
    if isinstance(error, LeadEngineError):
        return f"{type(error).__name__}: {error}"
    trace = error.__traceback__
    place = "?"
    while trace is not None:
        code = trace.tb_frame.f_code
        place = f"{Path(code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__} at {place}"


def _claim(db: Session, run_id: int, settings: Settings) -> Claim | None:
    claim = claim_next_batch(db, run_id, settings.lease_seconds)
    if claim is not None:
        mark_started(db, run_id)
    return claim


def _prepare(work: Work) -> Commit:
    if work.claim.attempt > work.settings.max_attempts:
        return give_up_on(work)
    return STEPS[work.claim.kind](work)


def _await_turn(database: Database, claim: Claim, lease: Lease) -> bool:
    """Wait until all earlier batches of the run are written; False if there is better to do."""
    if claim.kind in UNORDERED:
        return True
    pause = _FIRST_PAUSE
    while not lease.is_lost():
        with database.read() as db:
            blocking = find_blocking_batch(db, claim)
        if blocking is None:
            return True
        if blocking[1]:
            # An earlier batch lost its worker: this one goes back, and the earlier one is next.
            database.transact(lambda db: release_batch(db, claim))
            return False
        time.sleep(pause)
        pause = min(pause * 1.5, _LONGEST_PAUSE)
    return False


def _write(db: Session, run: Run, claim: Claim, commit: Commit, matching: str) -> None:
    counts = commit(db, run)
    finish_batch(db, claim, counts)
    follow_with_resolution(db, claim.run_id, matching)
    finish_run_if_done(db, claim.run_id)
