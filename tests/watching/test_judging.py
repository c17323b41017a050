"""Runs are held against those before them: quarantined, and accepted or discarded by a person."""

import re

import pytest
from sqlalchemy import select, update

from pipeline.database.base import utc_now
from pipeline.database.engine import Database
from pipeline.errors import Conflict, RunNotFound
from pipeline.leads.models import Lead
from pipeline.runs.crawl_models import FieldCount, StagedPage
from pipeline.runs.models import Run
from pipeline.runs.service import request_run, require_run
from pipeline.settings import Settings
from pipeline.verdicts import accept_run, discard_run
from pipeline.watching.alarms import find_alarms, tell_all
from pipeline.watching.evidence import show_evidence
from pipeline.watching.limits import is_watched, judge_run
from pipeline.watching.models import Alarm
from tests.crawl.conftest import Finish
from tests.parts.sites import Site, to_answer
from tests.watching.conftest import PAGES, Crawl, cards

NORMAL = {"": 60, "name": 60, "email": 60, "phone": 54}
SETTINGS = {"start": ["https://example.com/"], "item": ".card"}


def _add_run(
    database: Database, counts: dict[str, int], *, state: str = "finished", **params: object
) -> int:
    with database.write() as db:
        told = {**SETTINGS, **params}
        run = request_run(db, "scrape", "listing", first_batch="pages", params=told)
        run.state, run.finished_at = state, run.requested_at
        db.add_all(FieldCount(run_id=run.id, field=one, count=n) for one, n in counts.items())
        return run.id


def _judge(database: Database, run_id: int) -> bool:
    with database.write() as db:
        return judge_run(db, require_run(db, run_id))


def _change_the_site(site: Site) -> None:
    """Rename the tag that holds the phone numbers, as redesigns do."""
    for page in range(PAGES):
        site.pages[f"/{page}"] = to_answer(cards(page, phone="span"))


def test_a_changed_site_is_quarantined_before_a_row_lands_and_shown(
    database: Database, local: Settings, directory: Site, crawl: Crawl
) -> None:
    good = [crawl() for _ in range(4)]
    assert {run.state for run in good} == {"finished"}
    _change_the_site(directory)

    run = crawl()

    assert (run.state, run.read) == ("quarantined", 0)
    with database.read() as db:
        (alarm,) = find_alarms(db, state="open")
        assert (alarm.run_id, alarm.field, alarm.value) == (run.id, "phone", 0.0)
        assert re.fullmatch(
            r"0 % of the records have phone; usual are \d\d % to \d\d+ %\.", tell_all([alarm])
        )
        evidence = show_evidence(db, local, alarm)
    assert evidence.is_told
    assert evidence.is_same_page
    assert evidence.before is not None
    assert evidence.after is not None
    assert (len(evidence.before.values), evidence.after.values) == (9, [])
    assert evidence.before.page_id == alarm.before_page
    assert "<a class=tel>+44 20 7946 0001</a>" in evidence.before.excerpt
    assert "<span class=tel>+44 20 7946 0001</span>" in evidence.after.excerpt


def test_an_accepted_run_lands_and_counts_as_usual_from_then_on(
    database: Database, directory: Site, crawl: Crawl, finish: Finish
) -> None:
    for _ in range(4):
        crawl()
    _change_the_site(directory)
    quarantined = crawl()

    with database.write() as db:
        accept_run(db, quarantined.id)
    accepted = finish(quarantined.id)

    assert (accepted.state, accepted.read) == ("finished", 60)
    assert crawl().state == "finished"
    with database.read() as db:
        (alarm,) = find_alarms(db)
        assert (alarm.state, alarm.decided_by) == ("accepted", "system")


def test_a_discarded_run_leaves_nothing_and_is_no_measure(
    database: Database, directory: Site, crawl: Crawl
) -> None:
    for _ in range(4):
        crawl()
    with database.read() as db:
        before = {lead.id: lead.version for lead in db.scalars(select(Lead))}
    _change_the_site(directory)
    quarantined = crawl()

    with database.write() as db:
        assert discard_run(db, quarantined.id).state == "cancelled"
        with pytest.raises(Conflict, match="not in quarantine"):
            discard_run(db, quarantined.id)

    with database.read() as db:
        assert {lead.id: lead.version for lead in db.scalars(select(Lead))} == before
        assert db.scalars(select(StagedPage)).all() == []
        assert [one.state for one in find_alarms(db)] == ["discarded"]
    assert crawl().state == "quarantined"


def test_only_a_quarantined_run_can_be_decided_about(database: Database) -> None:
    run_id = _add_run(database, NORMAL)

    for decide in (accept_run, discard_run):
        with pytest.raises(Conflict, match="it is finished"), database.write() as db:
            decide(db, run_id)
        with pytest.raises(RunNotFound), database.write() as db:
            decide(db, 99)


def test_a_source_is_watched_from_four_good_runs_with_the_same_settings_on(
    database: Database,
) -> None:
    others: list[tuple[dict[str, int], dict[str, object]]] = [
        (NORMAL, {"state": "cancelled"}),
        (NORMAL, {"state": "failed"}),
        (NORMAL, {"item": ".other"}),
        ({}, {}),
    ]
    for counts, values in others:
        _add_run(database, counts, **values)  # type: ignore[arg-type]
    watched = []
    for _ in range(5):
        run_id = _add_run(database, NORMAL)
        with database.read() as db:
            watched.append(is_watched(db, require_run(db, run_id)))

    assert watched == [False, False, False, False, True]


def test_a_run_like_the_others_may_land(database: Database) -> None:
    for _ in range(6):
        _add_run(database, NORMAL)

    assert _judge(database, _add_run(database, {"": 58, "name": 58, "email": 57, "phone": 50}))
    with database.read() as db:
        assert db.scalars(select(Alarm)).all() == []


def test_each_field_out_of_its_limits_raises_an_alarm_of_its_own(database: Database) -> None:
    for _ in range(6):
        _add_run(database, NORMAL)

    assert not _judge(database, _add_run(database, {"": 20, "name": 20, "email": 4, "phone": 18}))

    with database.read() as db:
        alarms = {one.field: one for one in find_alarms(db)}
        assert set(alarms) == {"", "email"}
        assert (alarms[""].value, alarms["email"].value) == (20, 0.2)
        assert tell_all(list(alarms.values())).startswith("20 records were found; usual are 3")


def test_a_run_that_finds_nothing_at_all_raises_an_alarm(database: Database) -> None:
    for _ in range(6):
        _add_run(database, NORMAL)

    assert not _judge(database, _add_run(database, {}))


def test_an_accepted_count_widens_what_a_source_expects(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.watching.limits._expectation", lambda *_: (50, 100))
    first = _add_run(database, {"": 30})
    assert not _judge(database, first)
    with database.write() as db:
        db.execute(update(Alarm).values(state="accepted"))

    assert _judge(database, _add_run(database, {"": 31}))
    assert not _judge(database, _add_run(database, {"": 12}))


def test_whether_a_run_is_watched_stays_the_same_while_it_goes_on(database: Database) -> None:
    for _ in range(3):
        _add_run(database, NORMAL)
    slow = _add_run(database, NORMAL, state="running")
    run_id = _add_run(database, NORMAL, state="running")
    with database.write() as db:
        db.execute(
            update(Run).where(Run.id == slow).values(state="finished", finished_at=utc_now())
        )

    with database.read() as db:
        assert not is_watched(db, require_run(db, run_id))
    later = _add_run(database, NORMAL)
    with database.read() as db:
        assert is_watched(db, require_run(db, later))
