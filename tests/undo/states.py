"""The state of the leads, whole, so that two of them can be compared; and a table to work on."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from pipeline.database.engine import Database
from pipeline.leads.models import Lead, LeadKey, Sighting
from pipeline.leads.values import snapshot
from pipeline.operations.models import Change
from pipeline.operations.reversals import UndoReport
from pipeline.runs.models import Run
from pipeline.runs.service import require_run
from pipeline.settings import Settings
from pipeline.undo.service import report_of, take_back
from pipeline.work import work_on_run
from tests.imports import import_text

HEADER = "name,email,phone,title,status\n"
KNOWN = 800
"""People who are known before the import."""

State = Mapping[str, Any]
_SEEN = [column for column in Sighting.__table__.columns if column.name != "withdrawn_by"]


def read_state(database: Database) -> State:
    """Give all leads with their origins, all exact keys, and all sightings that stand.

    Versions and times of change tell of the way, and what a sighting remembers is for an undo.
    """
    with database.read() as db:
        leads = {lead.id: snapshot(lead) for lead in db.scalars(select(Lead))}
        keys = {(key, lead_id) for key, lead_id in db.execute(select(LeadKey.key, LeadKey.lead_id))}
        shown = select(*_SEEN).where(Sighting.withdrawn_by.is_(None)).order_by(Sighting.id)
        memory = {"run_before", "seen_before"}
        sightings = [
            {name: value for name, value in row.items() if name not in memory}
            for row in db.execute(shown).mappings()
        ]
    return {"leads": leads, "keys": keys, "sightings": sightings}


def fill_table(database: Database, settings: Settings, people: int = KNOWN) -> Run:
    """Import the people who are known before."""
    return import_text(database, settings, HEADER + "".join(map(_row, range(people))))


def import_mixture(database: Database, settings: Settings) -> Run:
    """Import a file that creates, updates, merges, changes nothing and refuses, all in turn."""
    rows = []
    for n in range(KNOWN):
        rows.append(_row(n) if n % 4 == 0 else _row(n, title=f"Chair {n}", status="contacted"))
        rows.append(_row(KNOWN + n))
        if n % 3 == 0:
            # The same person once more: joins the lead that this file has made or changed.
            other = f",other{n}@acme-tools.com" if n % 2 else ",+1 202 999 0000"
            rows.append(f"Person {KNOWN + n},p{KNOWN + n}@acme-tools.com{other},Chair,\n")
        if n % 50 == 0:
            rows.append(f"Nobody {n},,,,\n")
    return import_text(database, settings, HEADER + "".join(rows))


def slim_ledger(db: Session, operation_id: int) -> None:
    """Let the creations of an operation say nothing of their values, as bulk creations may."""
    mine = Change.operation_id == operation_id, Change.action == "create"
    db.execute(update(Change).where(*mine).values(after=None))


def full_ledger(db: Session, operation_id: int) -> None:
    """Let the creations of an operation tell their values, which nobody may have changed since."""
    mine = Change.operation_id == operation_id, Change.action == "create"
    updated = select(Change.lead_id).where(Change.action == "update")
    for change in db.scalars(select(Change).where(*mine, Change.lead_id.not_in(updated))):
        lead = db.get(Lead, change.lead_id)
        change.after = snapshot(lead) if lead else None


def undo_at_once(db: Session, operation_id: int) -> UndoReport:
    """Take an operation back that is small enough to be taken back at once."""
    report = take_back(db, operation_id)
    assert isinstance(report, UndoReport)
    return report


def request_undo(database: Database, operation_id: int) -> Run:
    """Ask for an undo that is large enough to be a run."""
    with database.write("test") as db:
        run = take_back(db, operation_id)
        assert isinstance(run, Run)
        return run


def undo_by_run(database: Database, settings: Settings, operation_id: int) -> UndoReport:
    """Take a large operation back by a run, to its end."""
    run_id = request_undo(database, operation_id).id
    while work_on_run(database, settings, run_id):
        pass
    with database.read() as db:
        run = require_run(db, run_id)
        assert (run.state, run.error) == ("finished", None)
        return report_of(db, run)


def _row(n: int, title: str = "", status: str = "") -> str:
    phone = f"+1 202 45{n // 10_000 % 10} {n % 10_000:04d}"
    return f"Person {n},p{n}@acme-tools.com,{phone},{title},{status}\n"
