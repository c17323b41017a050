"""A plan as the engine leaves it, written down by hand: six rows, one of each kind of trouble."""

from sqlalchemy.orm import Session

from pipeline.plans.models import PlannedChange, PlannedLead
from pipeline.runs.models import RowIssue, RowOutcome, Run
from pipeline.runs.service import request_run

OUTCOMES = ("created", "updated", "duplicate", "rejected", "rejected", "unchanged")
AFTER = {"phone": "+49301234567", "company": "Müller", "origins": {"phone": "s:1"}}


def add_plan(db: Session, *, company: str = "Müller", **values: object) -> Run:
    """Write down a plan of six rows as the engine does."""
    params = {"plan": True, "region": "US", "source": "Fair"}
    run = request_run(db, "import", "file", first_batch="prepare", params=params)
    run.state = "finished"
    for row, outcome in enumerate(OUTCOMES, start=1):
        lead_id = {1: -1, 2: 7, 3: -1, 6: 8}.get(row)
        db.add(RowOutcome(run_id=run.id, row=row, outcome=outcome, lead_id=lead_id))
    before = {"phone": None, "company": "Muller", "origins": {"phone": None}}
    after = {**AFTER, "company": company}
    db.add(PlannedChange(run_id=run.id, row=2, lead_id=7, before=before, after=after))
    ann = {"name": "Ann", "email": "ann@example.com", "phone": None, "custom": {}, "origins": {}}
    db.add(PlannedLead(run_id=run.id, lead_id=-1, values=ann))
    for row in (4, 5):
        add_issue(db, run, row, severity="error", code="no_contact", field="email, phone")
        add_issue(db, run, row, code="bad_email", field="email", value="bob@gmial")
    for row, phone in ((1, "030 1234567"), (2, "030 7654321"), (2, "030 1234567"), (3, "12")):
        add_issue(db, run, row, code="unverified_phone", field="phone", value=phone)
    db.flush()
    return run


def add_issue(db: Session, run: Run, row: int, **values: str) -> None:
    warning = {"severity": "warning", "value": "", "expected": "something else"}
    db.add(RowIssue(run_id=run.id, row=row, **{**warning, **values}))
