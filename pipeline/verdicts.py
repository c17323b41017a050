"""A person's verdict on a quarantined run: its records land after all, or are thrown away."""

from sqlalchemy.orm import Session

from pipeline.crawl.landing import drop, release
from pipeline.runs.models import Run
from pipeline.watching.alarms import ACCEPTED, DISCARDED, decide_alarms


def accept_run(db: Session, run_id: int) -> Run:
    """Let a quarantined run's records land. What it found counts as usual from now on.

    Raises:
        RunNotFound: there is none.
        Conflict: it is not in quarantine.
    """
    run = release(db, run_id)
    decide_alarms(db, run_id, ACCEPTED)
    return run


def discard_run(db: Session, run_id: int) -> Run:
    """Throw a quarantined run's records away; none of them has become, or changed, a lead.

    Raises:
        RunNotFound: there is none.
        Conflict: it is not in quarantine.
    """
    run = drop(db, run_id)
    decide_alarms(db, run_id, DISCARDED)
    return run
