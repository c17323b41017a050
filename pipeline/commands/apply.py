"""Import exactly as planned; a row of which that no longer holds is left out, and told of."""

import time
from argparse import ArgumentParser, Namespace

from sqlalchemy.orm import Session

from pipeline.commands.context import ACTOR, Context, add_common_arguments
from pipeline.commands.follow import follow_run
from pipeline.commands.run_report import report_run
from pipeline.commands.store import open_store
from pipeline.planning import OVERTAKEN, apply_plan
from pipeline.plans.service import plan_hash, require_finished_plan
from pipeline.runs.service import count_issues, require_run
from pipeline.settings import Settings


def add_arguments(parser: ArgumentParser) -> None:
    """Declare which plan."""
    add_common_arguments(parser)
    parser.add_argument(
        "run", metavar="RUN", type=int, help="the plan's number, as leads import --plan gives it"
    )
    parser.add_argument(
        "--hash", default="", help="refuse unless the plan has this hash, as it was shown"
    )


def run(arguments: Namespace, context: Context) -> int:
    """Request the import, follow it to its end, and report what came of the rows."""
    began = time.perf_counter()
    settings = context.settings
    with open_store(settings) as database:
        run_id = database.transact(
            lambda db: _request(db, arguments.run, arguments.hash, settings), actor=ACTOR
        )
        ended = follow_run(database, settings, run_id)
        with database.read() as db:
            overtaken = count_issues(db, run_id).get(OVERTAKEN, 0)
    more = {"plan": arguments.run, "overtaken": overtaken}
    status = report_run(context, ended, time.perf_counter() - began, more)
    if overtaken:
        context.tell(
            f"{overtaken:,} rows were left out: their leads have changed since the plan. "
            f"To see them: leads runs {run_id} --issues"
        )
    return status


def _request(db: Session, plan_id: int, wanted: str, settings: Settings) -> int:
    plan = require_finished_plan(require_run(db, plan_id, kind="import"))
    return apply_plan(db, plan, wanted or plan_hash(db, plan_id), settings).id
