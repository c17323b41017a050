"""Kills in the middle of a large undo, and of undoing that: the table is as it was."""

import http.client
import json
from contextlib import closing
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

from pipeline.database.engine import Database
from pipeline.runs.service import require_run
from tests.imports import import_text
from tests.parts.crowd import crowd_file
from tests.parts.stack import Stack, open_stack
from tests.parts.waiting import wait_until
from tests.torture import draw_faults, hard, wait_for_rows
from tests.undo.states import read_state

ROWS = 6_000
KILLS = 3


def test_an_undo_under_fire_gives_the_table_back_as_it_was(
    database_url: str, tmp_path: Path
) -> None:
    settings = hard(tmp_path / "data", database_url)
    settings.data_dir.mkdir(exist_ok=True)
    with closing(Database(settings.database)) as database:
        # The first half of the people, some of whom have another title by now.
        known = crowd_file(ROWS // 2).replace(b"CEO", b"Founder")
        import_text(database, settings, known)
        before = read_state(database)
        run = import_text(database, settings, crowd_file(ROWS))
        after = read_state(database)
        assert min(run.created, run.updated) > ROWS // 20

        with open_stack(settings) as stack:
            undo = _undo_under_fire(stack, database, run.operation_id, Random(1))
            assert read_state(database) == before
            _undo_under_fire(stack, database, undo, Random(2))
            assert read_state(database) == after
            assert stack.stop() == 0
            assert stack.survivors() == []


def _undo_under_fire(stack: Stack, database: Database, operation: int, random: Random) -> int:
    run_id = wait_until(lambda: _request(stack, operation)) or 0
    with database.read() as db:
        total = require_run(db, run_id).rows_total or 0
    for number, fault in enumerate(draw_faults(random, KILLS), start=1):
        wait_for_rows(database, run_id, total * number // (KILLS + 1))
        fault(stack, random)
    wait_for_rows(database, run_id, total)
    wait_until(lambda: _state(database, run_id) != "running")
    assert _state(database, run_id) == "finished"
    with database.read() as db:
        return require_run(db, run_id).operation_id


def _request(stack: Stack, operation: int) -> int | None:
    connection = http.client.HTTPConnection(urlsplit(stack.address).netloc, timeout=30)
    with closing(connection):
        try:
            connection.request("POST", f"/api/operations/{operation}/undo")
            answer = connection.getresponse()
            body = json.load(answer)
        except (OSError, http.client.HTTPException):
            return None
    assert answer.status == 202, body
    assert answer.headers["Location"] == f"/api/runs/{body['id']}"
    return int(body["id"])


def _state(database: Database, run_id: int) -> str:
    with database.read() as db:
        return require_run(db, run_id).state
