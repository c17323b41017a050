"""An undo as a run: the table is as before, edits are kept and listed, all in short batches."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from pipeline.database.engine import Database
from pipeline.errors import AlreadyUndone, Conflict
from pipeline.leads.models import Lead
from pipeline.leads.service import delete_lead, update_lead_status
from pipeline.operations.ledger import require_operation
from pipeline.operations.models import Change, KeptLead
from pipeline.runs.ledger import claim_next_batch
from pipeline.runs.models import Batch, Run
from pipeline.runs.service import cancel_run, is_balanced, pause_run, require_run, resume_run
from pipeline.settings import Settings
from pipeline.undo.service import take_back
from pipeline.work import work_on_batch, work_on_run
from tests.undo.states import (
    KNOWN,
    fill_table,
    full_ledger,
    import_mixture,
    read_state,
    request_undo,
    slim_ledger,
    undo_by_run,
)

CREATED = KNOWN
UPDATED = KNOWN * 3 // 4


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Settings of batches so small that some thousand rows are many of them."""
    return settings.model_copy(update={"batch_rows": 300})


@pytest.mark.parametrize("ledger", [slim_ledger, full_ledger])
def test_an_import_is_taken_back_brought_back_and_taken_back_again(
    database: Database, settings: Settings, ledger: Callable[[Session, int], None]
) -> None:
    fill_table(database, settings)
    before = read_state(database)
    run = import_mixture(database, settings)
    after = read_state(database)
    assert (run.created, run.updated) == (CREATED, UPDATED)
    assert run.duplicate
    assert run.unchanged
    assert run.rejected
    with database.write() as db:
        ledger(db, run.operation_id)

    undo = undo_by_run(database, settings, run.operation_id)

    assert (undo.removed, undo.restored, undo.kept) == (CREATED, UPDATED, [])
    assert read_state(database) == before
    redo = undo_by_run(database, settings, undo.operation_id)
    assert (redo.recreated, redo.restored, redo.kept) == (CREATED, UPDATED, [])
    assert read_state(database) == after
    again = undo_by_run(database, settings, run.operation_id)
    assert (again.removed, again.restored, again.kept) == (CREATED, UPDATED, [])
    assert read_state(database) == before


def test_what_came_back_has_a_version_that_it_never_had(
    database: Database, settings: Settings
) -> None:
    run = import_mixture(database, settings)
    with database.write() as db:
        lead = db.scalars(select(Lead).limit(1)).one()
        status = lead.status
        update_lead_status(db, lead.id, "qualified")
        update_lead_status(db, lead.id, status)
    versions = _versions(database)

    undo = undo_by_run(database, settings, run.operation_id)
    undo_by_run(database, settings, undo.operation_id)

    assert all(version > versions[lead_id] for lead_id, version in _versions(database).items())


def test_edits_made_since_are_kept_and_listed(database: Database, settings: Settings) -> None:
    fill_table(database, settings)
    run = import_mixture(database, settings)
    with database.write() as db:
        slim_ledger(db, run.operation_id)
        changed = db.scalars(
            select(Change.lead_id)
            .where(Change.operation_id == run.operation_id)
            .order_by(Change.lead_id)
        ).unique()
        ids = sorted(set(changed))
        old, new, back, gone = ids[1], ids[-1], ids[-2], ids[-3]
        update_lead_status(db, old, "qualified")
        update_lead_status(db, new, "qualified")
        status = db.get_one(Lead, back).status
        update_lead_status(db, back, "disqualified")
        update_lead_status(db, back, status)
        delete_lead(db, gone)

    undo = undo_by_run(database, settings, run.operation_id)

    assert undo.kept == [
        (old, "changed since: status"),
        (gone, "deleted since"),
        (new, "changed since: status"),
    ]
    with database.read() as db:
        assert db.get_one(Lead, old).title is None
        assert db.get_one(Lead, new).status == "qualified"
        assert db.get(Lead, back) is None
        assert db.scalar(select(func.count()).select_from(KeptLead)) == 3


def test_an_edit_in_the_middle_of_the_undo_is_kept(database: Database, settings: Settings) -> None:
    run = import_mixture(database, settings)
    with database.read() as db:
        last = db.scalar(select(func.max(Lead.id))) or 0
    undo_run = request_undo(database, run.operation_id)
    _work_on_one_batch(database, settings, undo_run.id)
    with database.write() as db:
        update_lead_status(db, last, "qualified")

    while work_on_run(database, settings, undo_run.id):
        pass

    with database.read() as db:
        assert [(lead.id, lead.status) for lead in db.scalars(select(Lead))] == [
            (last, "qualified")
        ]
        assert [one.lead_id for one in db.scalars(select(KeptLead))] == [last]


def test_an_undo_balances_and_tells_how_far_it_is(database: Database, settings: Settings) -> None:
    fill_table(database, settings)
    run = import_mixture(database, settings)

    undo_run = request_undo(database, run.operation_id)
    assert (undo_run.rows_total, undo_run.state) == (CREATED + UPDATED, "requested")
    _work_on_one_batch(database, settings, undo_run.id)

    with database.read() as db:
        halfway = require_run(db, undo_run.id)
        assert halfway.state == "running"
        assert 0 < halfway.read <= settings.batch_rows
        assert is_balanced(halfway)
    while work_on_run(database, settings, undo_run.id):
        pass
    with database.read() as db:
        ended = require_run(db, undo_run.id)
        assert (ended.state, ended.read) == ("finished", CREATED + UPDATED)
        assert is_balanced(ended)
        largest = db.scalar(select(func.max(Batch.read)).where(Batch.run_id == ended.id))
        assert largest == settings.batch_rows


def test_workers_that_die_again_and_again_leave_the_table_as_before(
    database: Database, settings: Settings
) -> None:
    fill_table(database, settings)
    before = read_state(database)
    run = import_mixture(database, settings)
    undo_run = request_undo(database, run.operation_id)

    for _ in range(4):
        with database.write() as db:
            dead = claim_next_batch(db, undo_run.id, 0)
            assert dead is not None
        late = threading.Thread(target=work_on_batch, args=(database, settings, dead))
        _work_on_one_batch(database, settings, undo_run.id)
        # The dead one comes back after another has done its work: the fence throws it out.
        late.start()
        late.join()
    while work_on_run(database, settings, undo_run.id):
        pass

    with database.read() as db:
        assert require_run(db, undo_run.id).state == "finished"
    assert read_state(database) == before


def test_while_an_undo_is_under_way_no_second_one_begins(
    database: Database, settings: Settings
) -> None:
    run = import_mixture(database, settings)
    undo_run = request_undo(database, run.operation_id)

    for operation in (run.operation_id, undo_run.operation_id):
        with pytest.raises(Conflict), database.write() as db:
            take_back(db, operation)
    while work_on_run(database, settings, undo_run.id):
        pass
    with pytest.raises(AlreadyUndone), database.write() as db:
        take_back(db, run.operation_id)


def test_an_undo_that_was_cancelled_can_be_gone_on_with_or_taken_back(
    database: Database, settings: Settings
) -> None:
    fill_table(database, settings)
    before = read_state(database)
    run = import_mixture(database, settings)
    after = read_state(database)
    stopped = request_undo(database, run.operation_id)
    _work_on_one_batch(database, settings, stopped.id)
    with database.write() as db:
        half = cancel_run(db, stopped.id).read
    assert read_state(database) not in (before, after)

    rest = undo_by_run(database, settings, run.operation_id)

    assert rest.removed + rest.restored == CREATED + UPDATED - half
    assert rest.kept == []
    assert read_state(database) == before
    undo_by_run(database, settings, rest.operation_id)
    undo_by_run(database, settings, stopped.operation_id)
    assert read_state(database) == after
    with database.read() as db:
        assert require_operation(db, run.operation_id).undone_by is None


def test_an_undo_can_be_paused_in_the_middle(database: Database, settings: Settings) -> None:
    run = import_mixture(database, settings)
    undo_run = request_undo(database, run.operation_id)
    _work_on_one_batch(database, settings, undo_run.id)
    with database.write() as db:
        read = pause_run(db, undo_run.id).read

    assert not work_on_run(database, settings, undo_run.id)
    with database.write() as db:
        assert require_run(db, undo_run.id).read == read
        with pytest.raises(Conflict):
            take_back(db, undo_run.operation_id)
        resume_run(db, undo_run.id)
    while work_on_run(database, settings, undo_run.id):
        pass

    with database.read() as db:
        assert require_run(db, undo_run.id).state == "finished"
        assert db.scalar(select(func.count()).select_from(Lead)) == 0


def test_an_import_that_changed_little_is_taken_back_in_short_transactions(
    database: Database, settings: Settings
) -> None:
    people = 1_200
    fill_table(database, settings, people)
    before = read_state(database)
    run = fill_table(database, settings, people)
    assert run.unchanged == people
    settings = settings.model_copy(update={"batch_rows": 50})

    report = undo_by_run(database, settings, run.operation_id)

    assert (report.removed, report.restored, report.kept) == (0, 0, [])
    assert read_state(database) == before
    with database.read() as db:
        undo_run = db.scalars(select(Run).where(Run.kind == "undo")).one()
        batches = db.scalar(select(func.count()).where(Batch.run_id == undo_run.id)) or 0
        assert batches >= people // (5 * 50)


def _work_on_one_batch(database: Database, settings: Settings, run_id: int) -> None:
    with database.write() as db:
        claim = claim_next_batch(db, run_id, 30)
        assert claim is not None
        db.execute(
            update(Run).where(Run.id == run_id, Run.state == "requested").values(state="running")
        )
    work_on_batch(database, settings, claim)


def _versions(database: Database) -> dict[int, int]:
    with database.read() as db:
        return {lead.id: lead.version for lead in db.scalars(select(Lead))}
