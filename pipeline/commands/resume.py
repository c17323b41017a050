"""Go on with a run that was interrupted or paused."""

import time
from argparse import ArgumentParser, Namespace

from sqlalchemy.orm import Session

from pipeline.commands.context import ACTOR, Context, add_common_arguments
from pipeline.commands.follow import follow_run
from pipeline.commands.run_report import report_run
from pipeline.commands.store import open_store
from pipeline.runs.service import require_run, resume_run


def add_arguments(parser: ArgumentParser) -> None:
    """Declare which run."""
    add_common_arguments(parser)
    parser.add_argument("run", metavar="RUN", type=int, help="its number, as leads runs shows it")


def run(arguments: Namespace, context: Context) -> int:
    """Follow the run to its end and report it; one that has ended is reported as it is."""
    began = time.perf_counter()
    with open_store(context.settings) as database:
        database.transact(lambda db: _end_pause(db, arguments.run), actor=ACTOR)
        ended = follow_run(database, context.settings, arguments.run)
    return report_run(context, ended, time.perf_counter() - began)


def _end_pause(db: Session, run_id: int) -> None:
    if require_run(db, run_id).state == "paused":
        resume_run(db, run_id)
