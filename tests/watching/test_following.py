"""A run that waited in quarantine is followed again once it goes on."""

from sqlalchemy import update

from pipeline.database.engine import Database
from pipeline.runs.models import Run
from pipeline.runs.service import request_run
from pipeline.runs.watch import RunWatch


def test_a_run_is_followed_into_quarantine_and_out_of_it(database: Database) -> None:
    with database.write() as db:
        run_id = request_run(db, "scrape", "website", first_batch="pages").id
        watch = RunWatch(db)
    seen = []
    for state in ("quarantined", "quarantined", "running", "finished", "finished"):
        with database.write() as db:
            db.execute(update(Run).where(Run.id == run_id).values(state=state))
        with database.read() as db:
            seen.append([run.state for run in watch.poll(db)])

    assert seen == [["quarantined"], [], ["running"], ["finished"], []]
