"""Sixteen writers that merge and split the same leads: nothing is lost, nobody deadlocks."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.database.dialects import serialize_writers
from pipeline.database.engine import Database
from pipeline.edits import change_status
from pipeline.errors import Conflict, LeadNotFound
from pipeline.leads.models import STATUSES
from pipeline.leads.schemas import LeadCreate
from pipeline.leads.service import create_lead
from pipeline.merges.models import Merge
from pipeline.merges.service import merge_leads, split_lead
from tests.merges.reading import check_state, contacts_of, read_state

WRITERS = 16
LEADS = 6
ACTS = 12


def test_writers_who_merge_and_split_the_same_leads_lose_nothing(database: Database) -> None:
    with database.write() as db:
        ids = [create_lead(db, _lead(number)).id for number in range(LEADS)]
        before = read_state(db)

    with ThreadPoolExecutor(WRITERS) as crowd:
        work = [crowd.submit(_act, database, ids, Random(seed)) for seed in range(WRITERS)]
        decided = [lead for one in work for lead in one.result(timeout=240)]

    with database.write() as db:
        serialize_writers(db)
        merged = select(Merge.loser_id, Merge.winner_id).where(Merge.split_by.is_(None))
        check_state(db, read_state(db), dict(db.execute(merged).all()))
        for loser, _ in db.execute(merged).all():
            split_lead(db, loser)
        after = read_state(db)
        check_state(db, after, {})
    assert decided
    assert {lead: contacts_of(one) for lead, one in after.leads.items()} == {
        lead: contacts_of(one) for lead, one in before.leads.items()
    }
    names = ("name", "email", "phone", "other_emails", "other_phones", "source", "created_at")
    for lead_id, values in after.leads.items():
        assert [values[name] for name in names] == [before.leads[lead_id][name] for name in names]


def _act(database: Database, ids: list[int], random: Random) -> list[int]:
    """Do random things to random leads; give those whose status was decided."""
    decided = []
    for _ in range(ACTS):
        one, other = random.sample(ids, 2)
        status = random.choice(STATUSES)
        acts: list[Callable[[Session], object]] = [
            lambda db, one=one, other=other: merge_leads(db, one, other),
            lambda db, one=one: split_lead(db, one),
            lambda db, one=one, status=status: change_status(db, one, status),
        ]
        act = random.choice(acts)
        try:
            if act is acts[-1]:
                database.transact(act, actor="crowd")
                decided.append(one)
            else:
                database.transact(_locked(act), actor="crowd")
        except (LeadNotFound, Conflict):
            continue
    return decided


def _locked(act: Callable[[Session], object]) -> Callable[[Session], object]:
    def locked(db: Session) -> object:
        serialize_writers(db)
        return act(db)

    return locked


def _lead(number: int) -> LeadCreate:
    return LeadCreate(
        name=f"Person {number}",
        email=f"p{number}@acme-tools.com",
        phone=f"+1 202 555 01{number:02d}",
        source="Fair",
    )
