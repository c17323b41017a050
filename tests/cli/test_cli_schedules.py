"""``leads schedules`` with rules in words, ``leads health`` and ``leads alarms``."""

import pytest
from sqlalchemy import select

from pipeline.database.engine import Database
from pipeline.runs.crawl_models import FieldCount
from pipeline.runs.models import Run
from pipeline.runs.service import request_run, require_run
from pipeline.watching.limits import judge_run
from tests.cli.conftest import Leads

SITE = ("website", "--url", "https://example.com/")


@pytest.mark.usefixtures("database")
def test_a_schedule_in_words_is_added_edited_paused_run_and_resumed(leads: Leads) -> None:
    rule = ("--rule", "every weekday at 6:30", "--timezone", "Europe/Zurich", "--jitter", 60)
    added = leads("schedules", "add", *SITE, *rule)
    assert added.out.startswith("Schedule 1: every weekday at 06:30, Europe/Zurich.\n  ")
    assert added.out.count("\n") == 6

    assert "every 2 hours" in leads("schedules", "edit", 1, "--rule", "every 2 hours").out
    assert leads("schedules", "pause", 1).out == "Schedule 1: every 2 hours, paused.\n"
    assert leads("schedules", "pause", 1).status == 2
    assert leads("schedules", "resume", 1, "--json").json["enabled"] is True
    assert leads("schedules", "run", 1, "--json").json == {"run": 1}
    assert leads("schedules", "run", 1).status == 2
    (shown,) = leads("schedules", "list", "--json").json
    assert (shown["rule"], shown["jitter_seconds"], shown["last_run"]) == ("every 2 hours", 60, 1)


@pytest.mark.usefixtures("sqlite_url")
def test_a_rule_is_previewed_in_its_time_zone(leads: Leads) -> None:
    shown = leads("schedules", "preview", "täglich um 7 Uhr", "--timezone", "Asia/Kolkata")
    refused = leads("schedules", "preview", "every morning")

    assert shown.out.startswith("every day at 07:00, Asia/Kolkata\n")
    assert shown.out.count(" 07:00:00 IST\n") == 5
    assert (refused.status, refused.err.count("\n")) == (2, 1)
    assert "“every 2 hours”" in refused.err


def _quarantine(database: Database) -> int:
    counts = [{"": 50, "name": 50, "phone": 45}] * 4 + [{"": 50, "name": 50, "phone": 3}]
    for found in counts:
        with database.write() as db:
            run = request_run(db, "scrape", "website", first_batch="pages", params={"url": "x"})
            run.state, run.finished_at = "finished", run.requested_at
            db.add_all(FieldCount(run_id=run.id, field=one, count=n) for one, n in found.items())
    with database.write() as db:
        last = require_run(db, run.id)
        assert not judge_run(db, last)
        last.state = "quarantined"
        return last.id


def test_alarms_are_listed_shown_and_decided(database: Database, leads: Leads) -> None:
    run_id = _quarantine(database)

    (alarm,) = leads("alarms", "list", "--json").json
    shown = leads("alarms", "show", alarm["id"]).out
    assert (alarm["run_id"], alarm["field"], alarm["value"]) == (run_id, "phone", 0.06)
    assert f"Run {run_id} of website: 6 % of the records have phone" in shown
    assert "before: no page is kept." in shown
    assert leads("health", "--json").json[0]["state"] == "quarantined"
    assert "waits for a decision" in leads("health").out

    assert "no lead has changed" in leads("alarms", "discard", run_id).out
    assert leads("alarms", "accept", run_id).status == 2
    assert leads("alarms", "list").out == "There is no alarm.\n"
    assert "discarded" in leads("alarms", "list", "--all").out
    with database.read() as db:
        assert db.scalar(select(Run.state).where(Run.id == run_id)) == "cancelled"


def test_an_accepted_run_goes_on(database: Database, leads: Leads) -> None:
    run_id = _quarantine(database)

    assert f"Run {run_id} may land" in leads("alarms", "accept", run_id).out
    assert leads("health", "--json").json[0]["open_alarms"] == 0
