"""A paused run stands still, whoever works or restarts, until it is resumed or cancelled."""

import time

import pytest

from pipeline.database.engine import Database
from pipeline.errors import Conflict
from pipeline.runs.ledger import Claim, claim_next_batch, find_open_runs
from pipeline.runs.models import Run
from pipeline.runs.pace import eta_seconds, rows_per_second
from pipeline.runs.service import cancel_run, pause_run, require_run, resume_run
from pipeline.runs.watch import RunWatch
from pipeline.settings import Settings
from pipeline.work import work_on_batch, work_on_run
from tests.imports import counts, find_leads, request_text
from tests.undo.states import undo_at_once

PEOPLE = "name,email\n" + "".join(f"Person {n},p{n}@acme-tools.com\n" for n in range(100))


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Settings under which a file of a hundred rows is five batches."""
    return settings.model_copy(update={"batch_rows": 20})


def test_no_batch_of_a_paused_run_is_begun(database: Database, settings: Settings) -> None:
    run_id = _begin(database, settings)
    with database.write() as db:
        pause_run(db, run_id)

    assert not work_on_run(database, settings, run_id)
    with database.write() as db:
        assert find_open_runs(db) == []
        run = require_run(db, run_id)
        assert (run.state, run.read) == ("paused", 20)
        resume_run(db, run_id)
    while work_on_run(database, settings, run_id):
        pass

    with database.read() as db:
        run = require_run(db, run_id)
        assert (run.state, counts(run)) == ("finished", {"created": 100})


def test_a_batch_in_work_is_written_while_the_run_pauses(
    database: Database, settings: Settings
) -> None:
    run_id = _begin(database, settings)
    claim = _claim(database, run_id)
    with database.write() as db:
        pause_run(db, run_id)

    work_on_batch(database, settings, claim)

    with database.read() as db:
        run = require_run(db, run_id)
        assert (run.state, run.read) == ("paused", 40)


def test_a_run_whose_last_batch_was_in_work_finishes(
    database: Database, settings: Settings
) -> None:
    settings = settings.model_copy(update={"matching": "off"})
    run_id = _begin(database, settings)
    for _ in range(3):
        work_on_batch(database, settings, _claim(database, run_id))
    last = _claim(database, run_id)
    with database.write() as db:
        pause_run(db, run_id)

    work_on_batch(database, settings, last)

    with database.read() as db:
        run = require_run(db, run_id)
        assert (run.state, run.read, run.paused_at) == ("finished", 100, None)


def test_a_run_that_nobody_has_begun_can_be_paused(database: Database, settings: Settings) -> None:
    run_id = request_text(database, settings, PEOPLE)
    with database.write() as db:
        pause_run(db, run_id)
        assert resume_run(db, run_id).state == "requested"


def test_cancelled_while_paused_it_keeps_what_it_wrote_which_can_be_undone(
    database: Database, settings: Settings
) -> None:
    run_id = _begin(database, settings)
    with database.write() as db:
        pause_run(db, run_id)
        with pytest.raises(Conflict, match="still going on"):
            undo_at_once(db, require_run(db, run_id).operation_id)
        run = cancel_run(db, run_id)
        assert (run.state, run.paused_at, run.read) == ("cancelled", None, 20)

    with database.write() as db:
        assert len(find_leads(db)) == 20
        assert undo_at_once(db, run.operation_id).removed == 20
        assert find_leads(db) == []


def test_only_what_goes_on_can_be_paused_and_only_what_is_paused_resumed(
    database: Database, settings: Settings
) -> None:
    run_id = _begin(database, settings)
    with database.write() as db:
        with pytest.raises(Conflict, match="not paused"):
            resume_run(db, run_id)
        pause_run(db, run_id)
        with pytest.raises(Conflict, match="cannot be paused"):
            pause_run(db, run_id)
        cancel_run(db, run_id)
        with pytest.raises(Conflict):
            pause_run(db, run_id)
        with pytest.raises(Conflict):
            resume_run(db, run_id)


def test_a_pause_does_not_count_as_slowness(database: Database, settings: Settings) -> None:
    run_id = _begin(database, settings)
    with database.write() as db:
        run = pause_run(db, run_id)
    rate = rows_per_second(run)
    time.sleep(0.3)

    assert (rows_per_second(run), eta_seconds(run)) == (rate, None)
    with database.write() as db:
        resumed = resume_run(db, run_id)
        assert resumed.paused_seconds >= 0.3
        assert (rows_per_second(resumed) or 0) > 20 / (20 / (rate or 1) + 0.3)


def test_those_who_watch_are_told_of_the_pause_and_of_what_follows(
    database: Database, settings: Settings
) -> None:
    run_id = _begin(database, settings)
    with database.read() as db:
        watch = RunWatch(db)
    seen: list[str] = []
    for act in (pause_run, resume_run, pause_run, cancel_run):
        with database.write() as db:
            act(db, run_id)
        with database.read() as db:
            seen += [run.state for run in watch.poll(db)]

    assert seen == ["paused", "running", "paused", "cancelled"]


def _begin(database: Database, settings: Settings) -> int:
    """Import the first twenty rows, the real way."""
    run_id = request_text(database, settings, PEOPLE)
    while _read(database, run_id).read < 20:
        work_on_run(database, settings, run_id, seconds=0.000_001)
    return run_id


def _claim(database: Database, run_id: int) -> Claim:
    with database.write() as db:
        claim = claim_next_batch(db, run_id, 30)
    assert claim is not None
    return claim


def _read(database: Database, run_id: int) -> Run:
    with database.read() as db:
        return require_run(db, run_id)
