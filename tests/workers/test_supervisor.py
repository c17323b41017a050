"""The whole engine as processes: it works, heals itself, and ends when and as it should."""

import signal
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from pipeline.database.engine import Database
from pipeline.runs.ledger import OPEN_STATES
from pipeline.runs.models import Batch, Run
from pipeline.runs.service import require_run
from pipeline.settings import Settings
from tests.imports import request_text
from tests.parts.stack import Stack, kill, open_stack, start_supervisor
from tests.parts.waiting import wait_until

ROWS = 6_000
PEOPLE = "name,email\n" + "".join(f"Ada {n},ada{n}@example.com\n" for n in range(ROWS))


def test_an_import_that_is_only_written_down_is_soon_done(stack: Stack, store: Database) -> None:
    run_id = request_text(store, stack.settings, PEOPLE)
    run = wait_until(ended(store, run_id))
    assert (run.state, run.created) == ("finished", ROWS)


def test_a_second_engine_on_the_folder_is_refused_and_told_of_the_first(stack: Stack) -> None:
    status, said = refused(stack.settings)
    assert status == 2
    assert f"process {stack.supervisor.pid} at {stack.address}, since " in said


def test_a_taken_port_is_named_and_nothing_is_started(stack: Stack, tmp_path: Path) -> None:
    port = int(stack.address.rpartition(":")[2])
    status, said = refused(Settings(data_dir=tmp_path, port=port))
    assert status == 2
    assert f"port {port}" in said
    assert not (tmp_path / "logs").exists()


def test_no_stranger_is_let_in_while_there_is_no_key(tmp_path: Path) -> None:
    status, said = refused(Settings(data_dir=tmp_path, host="0.0.0.0", port=0))
    assert status == 2
    assert "leads keys add" in said


def test_a_killed_api_is_back_at_its_address_and_no_caller_is_turned_away(stack: Stack) -> None:
    before = stack.process("api")
    assert kill(before)
    with urllib.request.urlopen(f"{stack.address}/health", timeout=30) as answer:
        assert answer.status == 200
    assert stack.process("api") != before


def test_a_killed_worker_leaves_its_work_to_the_next(stack: Stack, store: Database) -> None:
    run_id = request_text(store, stack.settings, PEOPLE)
    wait_until(begun(store, run_id))
    assert kill(stack.process("worker"))
    run = wait_until(ended(store, run_id))
    assert (run.state, run.read, run.unchanged) == ("finished", ROWS, ROWS)


def test_a_worker_outlives_the_broker_that_dies_under_its_late_acknowledged_task(
    stack: Stack, store: Database
) -> None:
    worker = wait_until(lambda: stack.process("worker"))
    run_id = request_text(store, stack.settings, PEOPLE)
    wait_until(begun(store, run_id))
    assert kill(stack.process("broker"))
    assert wait_until(ended(store, run_id)).state == "finished"
    # It not only finishes what it holds: it takes new work from the new broker.
    another = request_text(store, stack.settings, PEOPLE)
    assert wait_until(ended(store, another)).state == "finished"
    assert stack.process("worker") == worker
    assert worker.is_running()


def test_an_engine_that_is_asked_to_end_gives_its_work_back_and_leaves_nothing_behind(
    quick_settings: Settings,
) -> None:
    with open_stack(quick_settings) as stack:
        database = Database(stack.settings.database)
        run_id = request_text(database, stack.settings, PEOPLE)
        wait_until(begun(database, run_id))
        started = time.monotonic()
        assert stack.stop() == 0
        assert time.monotonic() - started < 10
        assert stack.survivors() == []
        assert not (stack.settings.data_dir / "engine.json").exists()
        with database.read() as db:
            states = {state for (state,) in db.execute(select(Batch.state).distinct())}
        database.close()
    assert states <= {"ready", "done"}


def test_a_killed_engine_leaves_no_orphans_and_the_next_one_goes_on(
    quick_settings: Settings,
) -> None:
    with open_stack(quick_settings) as stack:
        database = Database(stack.settings.database)
        run_id = request_text(database, stack.settings, PEOPLE)
        wait_until(begun(database, run_id))
        stack.supervisor.send_signal(signal.SIGKILL)
        wait_until(lambda: not stack.survivors(), seconds=5)
    with open_stack(quick_settings):
        assert wait_until(ended(database, run_id)).state == "finished"
    database.close()


def begun(database: Database, run_id: int) -> Callable[[], bool]:
    return lambda: find(database, run_id).read > 0


def ended(database: Database, run_id: int) -> Callable[[], Run | None]:
    def look() -> Run | None:
        run = find(database, run_id)
        return run if run.state not in OPEN_STATES else None

    return look


def find(database: Database, run_id: int) -> Run:
    with database.read() as db:
        return require_run(db, run_id)


def refused(settings: Settings) -> tuple[int, str]:
    with start_supervisor(settings) as supervisor:
        _, said = supervisor.communicate(timeout=30)
    return supervisor.returncode, said
