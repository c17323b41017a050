"""Scraping at one sight: the health of sources, alarms with a page before and after, verdicts."""

from fastapi import Request, Response

from api.access import CallerNow
from api.pages.health_view import find_recent, view_alarm, view_health, view_held
from api.pages.rendering import UI, go_back, render
from api.pages.routing import READS, WRITES, Id, new_router
from api.pages.runs import list_values
from api.pages.stories import names_of_keys, who
from api.units import Db
from pipeline.runs.service import require_run
from pipeline.verdicts import accept_run, discard_run
from pipeline.watching.alarms import find_alarms, require_alarm
from pipeline.watching.evidence import show_evidence

router = new_router()

HERE = f"{UI}/scraping"


@router.get("/scraping", dependencies=READS)
def show_scraping(request: Request, caller: CallerNow, db: Db) -> Response:
    """Show how all sources are, what is to decide, and the newest runs."""
    return render(
        request,
        "scraping.html",
        caller=caller,
        sources=view_health(db),
        held=view_held(db),
        **list_values(find_recent(db), f"{UI}/runs"),
    )


@router.get("/alarms/{alarm_id}", dependencies=READS)
def show_alarm(request: Request, caller: CallerNow, db: Db, alarm_id: Id) -> Response:
    """Show an alarm with a page before and after."""
    alarm = require_alarm(db, alarm_id)
    return render(
        request,
        "alarm.html",
        caller=caller,
        run=require_run(db, alarm.run_id),
        shown=view_alarm(alarm),
        others=[view_alarm(one) for one in find_alarms(db, run_id=alarm.run_id)],
        evidence=show_evidence(db, request.app.state.settings, alarm),
        decided_by=who(alarm.decided_by, names_of_keys(db)) if alarm.decided_by else "",
    )


@router.post("/runs/{run_id}/accept", dependencies=WRITES)
def accept(db: Db, run_id: Id) -> Response:
    """Let a quarantined run's records land."""
    return go_back(f"{UI}/runs/{accept_run(db, run_id).id}")


@router.post("/runs/{run_id}/discard", dependencies=WRITES)
def discard(db: Db, run_id: Id) -> Response:
    """Throw a quarantined run's records away."""
    discard_run(db, run_id)
    return go_back(HERE)
