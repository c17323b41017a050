"""Workers on one run: order, failures, rows that kill, batches that change hands."""

import os
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

import pipeline.work
from pipeline.database.engine import Database
from pipeline.imports import open_spool, remove_stale_uploads
from pipeline.leads.values import snapshot
from pipeline.runs.ledger import claim_next_batch
from pipeline.runs.models import Batch
from pipeline.runs.service import find_issues, find_outcomes, require_run
from pipeline.settings import Settings
from pipeline.steps import Commit, Work
from pipeline.work import work_on_batch, work_on_run
from tests.imports import counts, find_leads, import_text, request_text

PEOPLE = "name,email,phone,title\n" + "".join(
    # Each person comes three times over the file, with another title: order decides which stands.
    f"Person {n % 100},p{n % 100}@acme-tools.com,+1 202 456 {n % 100:04d},Title {n}\n"
    for n in range(300)
)


def leads_of(database: Database) -> list[dict[str, Any]]:
    with database.read() as db:
        return [snapshot(lead) | {"created_at": ""} for lead in find_leads(db)]


def small(settings: Settings, **more: Any) -> Settings:
    return settings.model_copy(update={"batch_rows": 20, "lease_seconds": 0.4, **more})


def test_many_workers_make_the_same_table_as_one(database: Database, settings: Settings) -> None:
    settings = small(settings, lease_seconds=30.0)
    run_id = request_text(database, settings, PEOPLE)
    workers = [
        threading.Thread(target=work_on_run, args=(database, settings, run_id)) for _ in range(4)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    while work_on_run(database, settings, run_id):
        pass

    with database.read() as db:
        run = require_run(db, run_id)
        assert (run.state, counts(run)) == ("finished", {"created": 100, "duplicate": 200})
    titles = [lead["title"] for lead in leads_of(database)]
    assert titles == [f"Title {n}" for n in range(100)]


def test_a_worker_that_died_leaves_its_batch_to_the_next(
    database: Database, settings: Settings
) -> None:
    settings = small(settings)
    run_id = request_text(database, settings, PEOPLE)
    with database.write() as db:
        prepare = claim_next_batch(db, run_id, 30)
    assert prepare is not None
    work_on_batch(database, settings, prepare)
    with database.write() as db:
        # This claim is never worked on, as if its process had been killed.
        claim_next_batch(db, run_id, settings.lease_seconds)

    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        work_on_run(database, settings, run_id)
        with database.read() as db:
            if require_run(db, run_id).state == "finished":
                break

    with database.read() as db:
        assert counts(require_run(db, run_id)) == {"created": 100, "duplicate": 200}


def test_a_row_that_kills_its_worker_is_cornered_and_all_others_are_imported(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = small(settings, max_attempts=2)
    original = pipeline.work.STEPS["rows"]

    def deadly(work: Work) -> Commit:
        if work.claim.row_lo <= 45 < work.claim.row_lo + work.claim.rows:
            # As a killed process would: the claim stays until its lease has run out.
            with database.write() as db:
                db.execute(
                    update(Batch).where(Batch.id == work.claim.batch_id).values(lease_until=0)
                )
            raise KeyboardInterrupt
        return original(work)

    monkeypatch.setattr(pipeline.work, "STEPS", {**pipeline.work.STEPS, "rows": deadly})
    run_id = request_text(database, settings, PEOPLE)
    for _ in range(200):
        try:
            if not work_on_run(database, settings, run_id):
                break
        except KeyboardInterrupt:
            continue

    with database.read() as db:
        run = require_run(db, run_id)
        assert run.state == "finished"
        assert counts(run) == {"created": 100, "duplicate": 199, "rejected": 1}
        (bad,) = find_outcomes(db, run_id, outcome="rejected")
        assert bad.row == 45
        codes = [issue.code for issue in find_issues(db, run_id) if issue.row == 45]
        assert codes[0] == "poison_row"


def test_a_failing_batch_is_tried_again_and_its_error_names_no_person(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = pipeline.work.STEPS["rows"]
    failures = iter([ValueError("ann@acme-tools.com is to blame")])

    def flaky(work: Work) -> Commit:
        for error in failures:
            raise error
        return original(work)

    monkeypatch.setattr(pipeline.work, "STEPS", {**pipeline.work.STEPS, "rows": flaky})
    run_id = request_text(database, settings, "name,email\nAnn,ann@acme-tools.com\n")
    work_on_run(database, settings, run_id)
    with database.read() as db:
        (error,) = [batch.error for batch in db.query(Batch) if batch.error]
        assert error.startswith("ValueError at test_work.py:")
    time.sleep(1.2)
    work_on_run(database, settings, run_id)

    with database.read() as db:
        assert counts(require_run(db, run_id)) == {"created": 1}


@pytest.mark.parametrize("content", [b"", b"\n\n", b"name,email\n", b"name,email\r\n\r\n"])
def test_a_file_without_rows_ends_with_nothing_read(
    database: Database, settings: Settings, content: bytes
) -> None:
    run = import_text(database, settings, content)

    assert (run.state, run.read, counts(run)) in [("finished", 0, {}), ("failed", 0, {})]
    assert run.state == "finished" or run.error


def test_a_file_that_is_no_table_fails_with_the_reason(
    database: Database, settings: Settings
) -> None:
    run = import_text(database, settings, b"%PDF-1.7\n\x00\x01\x02\xff\xfe binary")

    assert run.state == "failed"
    assert "PDF" in (run.error or "")


def test_uploads_that_were_cut_off_are_cleared_away(database: Database, settings: Settings) -> None:
    run = import_text(database, settings, "name,email\nAnn,ann@acme-tools.com\n")
    with open_spool(settings) as spool:
        spool.write(b"half")
    assert not list(settings.spool.glob("*.part"))
    lost = settings.spool / "0123.part"
    orphan = settings.spool / "4567.file"
    for path in (lost, orphan):
        path.write_bytes(b"half")
    for path in settings.spool.glob("*"):
        _age(path)

    with database.read() as db:
        assert remove_stale_uploads(db, settings) == 2

    kept = {path.name.partition(".")[0] for path in settings.spool.glob("*")}
    assert kept == {str(run.file_path).partition(".")[0]}


def _age(path: Path) -> None:

    old = time.time() - 7_200
    os.utime(path, (old, old))
