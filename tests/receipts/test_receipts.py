"""A receipt says what the data says, always the same, whatever happened on the way."""

import hashlib
from dataclasses import asdict

import pytest
from sqlalchemy import delete, func, select, update

from pipeline.database.engine import Database
from pipeline.errors import Conflict, RunNotFound
from pipeline.imports import ImportChoices
from pipeline.leads.models import Lead
from pipeline.planning import apply_plan
from pipeline.plans.service import plan_hash
from pipeline.receipts import issue_receipt, prove_outcomes
from pipeline.records import Outcome
from pipeline.runs.models import RowOutcome, Run
from pipeline.runs.service import cancel_run, require_run
from pipeline.settings import Settings
from pipeline.suppressions import add_suppression
from pipeline.work import work_on_run
from tests.imports import import_text, request_text
from tests.parts.crowd import crowd_file

ROWS = 400
CROWD = crowd_file(ROWS)


def test_totals_equal_what_queries_on_the_tables_say(
    database: Database, settings: Settings
) -> None:
    import_text(database, settings, crowd_file(150))
    with database.write() as db:
        add_suppression(db, "domain", "example7.com")
        known = db.scalar(select(func.count(Lead.id))) or 0
    receipt = issue_receipt(database, import_text(database, settings, CROWD).id)

    with database.read() as db:
        mine = RowOutcome.run_id == receipt.run
        counted = dict(
            db.execute(
                select(RowOutcome.outcome, func.count()).where(mine).group_by(RowOutcome.outcome)
            ).all()
        )
        leads = db.scalar(select(func.count(Lead.id))) or 0
        told = db.scalar(
            select(func.count(RowOutcome.lead_id.distinct())).where(
                mine, RowOutcome.outcome == Outcome.CREATED
            )
        )
    assert {name: asdict(receipt)[name] for name in Outcome} == {
        name: counted.get(name, 0) for name in Outcome
    }
    assert min(receipt.created, receipt.duplicate, receipt.rejected, receipt.suppressed) > 0
    assert receipt.created == leads - known == told
    assert (receipt.read, receipt.rows, receipt.balanced) == (ROWS, ROWS, True)


def test_the_hashes_can_be_checked_by_anyone(database: Database, settings: Settings) -> None:
    receipt = issue_receipt(database, import_text(database, settings, CROWD).id)

    with database.read() as db:
        rows = db.execute(
            select(RowOutcome.row, RowOutcome.outcome)
            .where(RowOutcome.run_id == receipt.run)
            .order_by(RowOutcome.row)
        )
        text = "".join(f"{row},{outcome}\n" for row, outcome in rows)
    assert text.startswith("1,created\n")
    assert receipt.outcome_sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert (receipt.sha256, receipt.bytes) == (hashlib.sha256(CROWD).hexdigest(), len(CROWD))


def test_the_outcome_hash_hangs_on_no_id_and_no_batch(
    sqlite_url: str, postgres_url: str, settings: Settings
) -> None:
    hashes = set()
    for url, batch_rows in ((sqlite_url, 7), (postgres_url, 1_000)):
        database = Database(url)
        import_text(database, settings, "name,email\n" + "Zoe Last,zoe@example.org\n" * batch_rows)
        sized = settings.model_copy(update={"batch_rows": batch_rows})
        hashes.add(issue_receipt(database, import_text(database, sized, CROWD).id).outcome_sha256)
        database.close()
    assert len(hashes) == 1


def test_the_outcomes_are_read_through_once(database: Database, settings: Settings) -> None:
    run = import_text(database, settings, CROWD)

    first = issue_receipt(database, run.id)
    with database.write() as db:
        db.execute(delete(RowOutcome))

    assert issue_receipt(database, run.id) == first


def test_all_outcomes_are_read_however_many_pages_they_are(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = import_text(database, settings, CROWD)
    whole = prove_outcomes(database, run.id)

    monkeypatch.setattr("pipeline.receipts._PAGE", 33)

    assert prove_outcomes(database, run.id) == whole
    assert sum(whole.counts.values()) == ROWS


def test_rows_that_say_otherwise_are_told(database: Database, settings: Settings) -> None:
    run = import_text(database, settings, CROWD)
    with database.write() as db:
        db.execute(update(RowOutcome).where(RowOutcome.row == 1).values(outcome="unchanged"))

    assert not issue_receipt(database, run.id).balanced


def test_a_cancelled_import_has_a_receipt_of_what_it_read(
    database: Database, settings: Settings
) -> None:
    sized = settings.model_copy(update={"batch_rows": 100})
    run_id = request_text(database, sized, CROWD)
    with pytest.raises(Conflict, match="has ended"):
        issue_receipt(database, run_id)
    work_on_run(database, sized, run_id, stop=lambda: _has_read(database, run_id))
    with database.write() as db:
        cancel_run(db, run_id)

    receipt = issue_receipt(database, run_id)

    assert (receipt.state, receipt.balanced) == ("cancelled", True)
    assert 0 < receipt.read < ROWS == receipt.rows


def test_a_receipt_says_how_the_file_was_read(database: Database, settings: Settings) -> None:
    text = "name;mail\nZoë;zoe@example.com\n".encode("cp1252")
    run = import_text(database, settings, text, source="Fair", region="DE")

    reading = issue_receipt(database, run.id).reading

    assert (reading["encoding"], reading["encoding_guessed"]) == ("cp1252", True)
    assert (reading["dialect"]["delimiter"], reading["mapping"]["kinds"]) == (
        ";",
        ["name", "email"],
    )
    assert (reading["source"], reading["region"]) == ("Fair", "DE")
    assert not {"text_path", "proof"} & set(reading)


def test_a_plan_and_what_is_done_by_it_have_the_same_hash(
    database: Database, settings: Settings
) -> None:
    import_text(database, settings, crowd_file(150))
    plan = import_text(database, settings, CROWD, choices=ImportChoices(plan=True))
    with database.write() as db:
        plan_run = require_run(db, plan.id)
        applied = apply_plan(db, plan_run, plan_hash(db, plan.id), settings).id
    while work_on_run(database, settings, applied):
        pass

    planned, done = issue_receipt(database, plan.id), issue_receipt(database, applied)

    assert (planned.plan, done.plan) == (True, False)
    assert done.outcome_sha256 == planned.outcome_sha256
    assert {name: asdict(done)[name] for name in ("sha256", "read", *Outcome)} == {
        name: asdict(planned)[name] for name in ("sha256", "read", *Outcome)
    }


def test_only_imports_have_receipts(database: Database) -> None:
    with database.write() as db:
        db.add(Run(kind="scrape", source="website", operation_id=1, requested_by="test"))
    for run_id in (1, 2):
        with pytest.raises(RunNotFound):
            issue_receipt(database, run_id)


def _has_read(database: Database, run_id: int) -> bool:
    with database.read() as db:
        run = db.get(Run, run_id)
        return run is not None and run.read > 0
