"""Reading plans: rows with their differences, reasons by cause, and a hash of all of it."""

from hashlib import sha256

import pytest
from sqlalchemy.orm import Session

from pipeline.database.engine import Database
from pipeline.errors import Conflict
from pipeline.plans.reasons import group_issues
from pipeline.plans.service import (
    find_planned_rows,
    keep_plan_hash,
    plan_hash,
    require_finished_plan,
)
from pipeline.runs.models import RowOutcome, Run
from tests.planned import add_plan


def test_each_row_says_what_would_become_of_it(db: Session) -> None:
    run = add_plan(db)

    created, updated, duplicate, rejected, *_ = find_planned_rows(db, run.id)

    assert (created.outcome, created.lead_id, created.before) == ("created", -1, {})
    assert created.after == {"name": "Ann", "email": "ann@example.com"}
    assert (updated.outcome, updated.lead_id) == ("updated", 7)
    assert updated.before == {"phone": None, "company": "Muller"}
    assert updated.after == {"phone": "+49301234567", "company": "Müller"}
    assert (duplicate.lead_id, duplicate.after) == (-1, {})
    assert [issue.code for issue in rejected.issues] == ["no_contact", "bad_email"]


def test_rows_come_by_outcome_and_in_pages(db: Session) -> None:
    run = add_plan(db)

    found = find_planned_rows(db, run.id, outcome="rejected")
    rest = find_planned_rows(db, run.id, outcome="rejected", after_row=4)
    first = find_planned_rows(db, run.id, limit=1)

    assert [row.row for row in found] == [4, 5]
    assert [row.row for row in rest] == [5]
    assert [row.row for row in first] == [1]
    assert find_planned_rows(db, run.id, after_row=6) == []


def test_the_hash_is_of_the_rows_outcomes_and_new_values_and_is_kept(database: Database) -> None:
    with database.write() as db:
        run_id = add_plan(db).id
    change = '{"company":"Müller","origins":{"phone":"s:1"},"phone":"+49301234567"}'
    text = f"1,created\n2,updated,7,{change}\n3,duplicate\n4,rejected\n5,rejected\n6,unchanged\n"

    found = keep_plan_hash(database, run_id)

    assert found == sha256(text.encode()).hexdigest()
    with database.write() as db:
        assert db.get_one(Run, run_id).params["plan_hash"] == found
        db.query(RowOutcome).delete()
    assert keep_plan_hash(database, run_id) == found


def test_two_plans_have_one_hash_if_and_only_if_they_would_do_the_same(db: Session) -> None:
    first, same, other = add_plan(db), add_plan(db), add_plan(db, company="Meier")

    assert plan_hash(db, first.id) == plan_hash(db, same.id)
    assert plan_hash(db, first.id) != plan_hash(db, other.id)


def test_issues_are_grouped_by_cause_and_each_value_has_its_fix_once(db: Session) -> None:
    run = add_plan(db)

    groups = {group.code: group for group in group_issues(db, run)}

    assert list(groups) == ["unverified_phone", "bad_email", "no_contact"]
    phones, emails, contacts = groups.values()
    assert (phones.rows, phones.rejected, phones.distinct) == (3, 0, 3)
    assert [(one.value, one.rows) for one in phones.values] == [
        ("030 1234567", 2),
        ("030 7654321", 1),
        ("12", 1),
    ]
    assert phones.regions[0] == ("DE", 2)
    assert [one.offer.replacement if one.offer else None for one in phones.values] == [
        "+49301234567",
        "+49307654321",
        None,
    ]
    assert (emails.rows, emails.rejected) == (2, 2)
    assert [one.offer.replacement for one in emails.values if one.offer] == ["bob@gmail.com"]
    assert (contacts.severity, contacts.expected) == ("error", "something else")
    assert contacts.values[0].offer is None


def test_a_group_lists_its_most_frequent_values_and_counts_the_others(db: Session) -> None:
    run = add_plan(db)

    phones = group_issues(db, run, limit=1)[0]

    assert ([one.value for one in phones.values], phones.distinct) == (["030 1234567"], 3)


def test_only_a_finished_plan_can_be_applied(db: Session) -> None:
    run = add_plan(db)
    assert require_finished_plan(run) is run

    run.state = "running"
    with pytest.raises(Conflict, match="running"):
        require_finished_plan(run)
    run.params = {}
    with pytest.raises(Conflict, match="no plan"):
        require_finished_plan(run)
