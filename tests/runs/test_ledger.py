"""Claim, lease and fence: who works on a batch, and whose work counts."""

import time

import pytest

from pipeline.database.engine import Database
from pipeline.errors import Conflict, Fenced
from pipeline.records import Outcome
from pipeline.runs.ledger import (
    claim_next_batch,
    fail_batch,
    find_blocking_batch,
    find_open_runs,
    finish_batch,
    release_batch,
    renew_lease,
)
from pipeline.runs.models import Batch
from pipeline.runs.service import (
    SEQ_STEP,
    cancel_run,
    finish_run_if_done,
    mark_started,
    request_run,
    require_run,
)


@pytest.fixture
def run_id(database: Database) -> int:
    with database.write() as db:
        run = request_run(db, "import", "file", first_batch="rows", params={})
        db.add(Batch(run_id=run.id, seq=SEQ_STEP, kind="rows"))
        return run.id


def test_a_batch_is_claimed_once_and_in_order(database: Database, run_id: int) -> None:
    with database.write() as db:
        first = claim_next_batch(db, run_id, 60)
        second = claim_next_batch(db, run_id, 60)
        third = claim_next_batch(db, run_id, 60)

    assert first is not None
    assert second is not None
    assert (first.seq, second.seq, third) == (0, SEQ_STEP, None)


def test_a_lease_that_ran_out_lets_another_worker_take_the_batch(
    database: Database, run_id: int
) -> None:
    with database.write() as db:
        lost = claim_next_batch(db, run_id, 0.05)
    time.sleep(0.1)

    with database.write() as db:
        taken = claim_next_batch(db, run_id, 60)
        assert lost is not None
        assert taken is not None
        assert (taken.batch_id, taken.attempt) == (lost.batch_id, 2)
        assert not renew_lease(db, lost, 60)
        assert renew_lease(db, taken, 60)


def test_the_late_worker_fails_at_the_fence_and_writes_nothing(
    database: Database, run_id: int
) -> None:
    with database.write() as db:
        late = claim_next_batch(db, run_id, -1)
    with database.write() as db:
        owner = claim_next_batch(db, run_id, 60)
    assert late is not None
    assert owner is not None

    with pytest.raises(Fenced), database.write() as db:
        finish_batch(db, late, {Outcome.CREATED: 7})
    with database.write() as db:
        finish_batch(db, owner, {Outcome.CREATED: 3})

    with database.read() as db:
        run = require_run(db, run_id)
        assert (run.read, run.created) == (3, 3)
    with pytest.raises(Fenced), database.write() as db:
        finish_batch(db, owner, {Outcome.CREATED: 3})


def test_a_released_batch_counts_no_attempt_and_a_failed_one_waits(
    database: Database, run_id: int
) -> None:
    with database.write() as db:
        claim = claim_next_batch(db, run_id, 60)
        assert claim is not None
        assert release_batch(db, claim)
        again = claim_next_batch(db, run_id, 60)
        assert again is not None
        assert (again.batch_id, again.attempt) == (claim.batch_id, 1)
        assert fail_batch(db, again, "KeyError")
        other = claim_next_batch(db, run_id, 60)
        assert other is not None
        assert other.seq == SEQ_STEP
        assert find_blocking_batch(db, other) == (again.batch_id, False)


def test_open_runs_are_those_with_batches_to_claim(database: Database, run_id: int) -> None:
    with database.write() as db:
        assert find_open_runs(db) == [(run_id, 2)]
        claim_next_batch(db, run_id, 60)
        assert find_open_runs(db) == [(run_id, 1)]
        cancel_run(db, run_id)
        assert find_open_runs(db) == []
        with pytest.raises(Conflict):
            cancel_run(db, run_id)


def test_a_cancelled_runs_worker_fails_at_the_fence(database: Database, run_id: int) -> None:
    with database.write() as db:
        claim = claim_next_batch(db, run_id, 60)
        cancel_run(db, run_id)
    assert claim is not None

    with pytest.raises(Fenced), database.write() as db:
        finish_batch(db, claim, {Outcome.CREATED: 1})


def test_a_run_that_does_not_balance_is_inconsistent_loudly(
    database: Database, run_id: int, caplog: pytest.LogCaptureFixture
) -> None:
    with database.write() as db:
        mark_started(db, run_id)
        for _ in range(2):
            claim = claim_next_batch(db, run_id, 60)
            assert claim is not None
            # One row is counted that has no outcome in the table.
            finish_batch(db, claim, {Outcome.CREATED: claim.seq and 1})
        finish_run_if_done(db, run_id)

    with database.read() as db:
        run = require_run(db, run_id)
        assert run.state == "inconsistent"
        assert "0 have an outcome" in (run.error or "")
    assert "inconsistent" in caplog.text


def test_the_same_request_key_gives_the_same_run(database: Database) -> None:
    with database.write() as db:
        first = request_run(db, "import", "file", first_batch="prepare", request_key="k1")
        again = request_run(db, "import", "file", first_batch="prepare", request_key="k1")
        assert first.id == again.id
