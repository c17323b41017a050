"""Import a file: its rows become, or join, leads."""

import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.commands.context import ACTOR, Context, add_common_arguments
from pipeline.commands.follow import follow_run
from pipeline.commands.import_choices import add_choice_arguments, read_choices
from pipeline.commands.plan_report import report_plan
from pipeline.commands.regions import read_region
from pipeline.commands.run_report import FINISHED, report_run
from pipeline.commands.spooling import STDIN, spool_file
from pipeline.commands.store import open_store
from pipeline.imports import (
    CHOICE_NAMES,
    DEFAULT_LABEL,
    ImportChoices,
    SpooledFile,
    request_import,
)
from pipeline.normalize.text import normalize_text
from pipeline.planning import read_columns
from pipeline.runs.ledger import OPEN_STATES
from pipeline.runs.models import Run
from pipeline.settings import Settings


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the file and what holds for rows that do not say."""
    add_common_arguments(parser)
    parser.add_argument("file", metavar="FILE", help="the file; - reads standard input")
    parser.add_argument("--source", default="", help="where these leads come from, as a label")
    parser.add_argument("--region", default="", help="the country of phones without one, as DE")
    parser.add_argument(
        "--plan", action="store_true", help="only tell what would happen, row by row"
    )
    add_choice_arguments(parser)


def run(arguments: Namespace, context: Context) -> int:
    """Request the import, follow it to its end, and report what came of the rows."""
    began = time.perf_counter()
    settings = context.settings
    options = {
        "file_name": "stdin.csv" if arguments.file == STDIN else Path(arguments.file).name,
        "source": arguments.source,
        "region": read_region(arguments.region),
    }
    choices = read_choices(arguments, plan=arguments.plan)
    with open_store(settings) as database:
        spooled = spool_file(arguments.file, settings)
        run_id, resumed = database.transact(
            lambda db: _request(db, spooled, settings, choices, **options), actor=ACTOR
        )
        if resumed:
            spooled.path.unlink(missing_ok=True)
            context.tell(f"Going on with run {run_id}, which began with the same file.")
        ended = follow_run(database, settings, run_id)
        seconds = time.perf_counter() - began
        if not (choices.plan and ended.state == FINISHED):
            return report_run(context, ended, seconds)
        with database.read() as db:
            columns = read_columns(db, ended, settings)
        report_plan(context, database, ended, columns, seconds)
    return 0


def _request(
    db: Session,
    spooled: SpooledFile,
    settings: Settings,
    choices: ImportChoices,
    *,
    file_name: str,
    source: str,
    region: str,
) -> tuple[int, bool]:
    """Give the run to follow, and whether it is an earlier one that was interrupted."""
    earlier = _get_interrupted(db, spooled, settings, choices, source=source, region=region)
    if earlier is not None:
        return earlier.id, True
    run = request_import(
        db,
        spooled,
        file_name=file_name,
        settings=settings,
        source=source,
        region=region,
        choices=choices,
    )
    return run.id, False


def _get_interrupted(
    db: Session,
    spooled: SpooledFile,
    settings: Settings,
    choices: ImportChoices,
    *,
    source: str,
    region: str,
) -> Run | None:
    wanted = {
        "source": normalize_text(source) or DEFAULT_LABEL,
        "region": region or settings.default_region,
        **dict.fromkeys(CHOICE_NAMES),
        **choices.to_json(),
    }
    query = select(Run).where(Run.sha256 == spooled.sha256, Run.state.in_(OPEN_STATES))
    for run in db.scalars(query.order_by(Run.id)):
        if {name: run.params.get(name) for name in wanted} == wanted:
            return run
    return None
