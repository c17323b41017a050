"""Let sources run by themselves: add, list and remove schedules."""

from argparse import ArgumentParser, Namespace
from typing import Any

from sqlalchemy.orm import Session

from pipeline.commands.context import ACTOR, Context, add_common_arguments
from pipeline.commands.params import add_param_argument, read_params
from pipeline.commands.store import open_store
from pipeline.commands.tables import format_table
from pipeline.database.engine import Database
from pipeline.runs.models import Schedule
from pipeline.schedules import add_schedule, find_schedules, require_schedule
from pipeline.sources import load_sources


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the three acts."""
    acts = parser.add_subparsers(metavar="ACT", required=True)
    add = acts.add_parser("add", help="let a source run again and again")
    add.add_argument("source", metavar="SOURCE", help="its slug, as leads sources shows it")
    add.add_argument("--url", help="where to begin")
    add_param_argument(add)
    when = add.add_mutually_exclusive_group(required=True)
    when.add_argument("--cron", help='five fields, as "0 6 * * 1-5"')
    when.add_argument("--every", type=int, metavar="SECONDS")
    add.add_argument("--timezone", default="UTC", help="of the cron expression (default: UTC)")
    add.set_defaults(act=_add)
    acts.add_parser("list", help="list them, the next due first").set_defaults(act=_list)
    remove = acts.add_parser("remove", help="remove a schedule")
    remove.add_argument("schedule", metavar="ID", type=int)
    remove.set_defaults(act=_remove)
    for act in acts.choices.values():
        add_common_arguments(act)


def run(arguments: Namespace, context: Context) -> int:
    """Do the act that was asked for."""
    with open_store(context.settings) as database:
        arguments.act(arguments, context, database)
    return 0


def _add(arguments: Namespace, context: Context, database: Database) -> None:
    source = load_sources().require(arguments.source)
    params = read_params(source, arguments.url, arguments.param)
    source.start(source.read_params(params))
    schedule = database.transact(
        lambda db: add_schedule(
            db,
            source.slug,
            params,
            cron=arguments.cron,
            every_seconds=arguments.every,
            timezone=arguments.timezone,
        ),
        actor=ACTOR,
    )
    due = f"{schedule.next_due_at:%Y-%m-%d %H:%M:%S} UTC"
    context.answer(_document(schedule), f"Schedule {schedule.id}: next due at {due}.")


def _list(_: Namespace, context: Context, database: Database) -> None:
    with database.read() as db:
        found = find_schedules(db)
    rows = [
        (str(one.id), one.source, _when(one), one.enabled, one.next_due_at, _last(one))
        for one in found
    ]
    headings = ("id", "source", "when", "enabled", "next due", "last run")
    context.answer(
        [_document(one) for one in found],
        lambda: format_table(headings, rows) if rows else "There are no schedules.",
    )


def _remove(arguments: Namespace, context: Context, database: Database) -> None:
    def remove(db: Session) -> None:
        db.delete(require_schedule(db, arguments.schedule))

    database.transact(remove, actor=ACTOR)
    context.answer({"removed": arguments.schedule}, f"Schedule {arguments.schedule} is removed.")


def _document(schedule: Schedule) -> dict[str, Any]:
    return {
        "id": schedule.id,
        "source": schedule.source,
        "params": schedule.params,
        "cron": schedule.cron,
        "every_seconds": schedule.every_seconds,
        "timezone": schedule.timezone,
        "enabled": schedule.enabled,
        "next_due_at": schedule.next_due_at,
        "last_run": schedule.last_run_id,
    }


def _when(schedule: Schedule) -> str:
    if schedule.cron is None:
        return f"every {schedule.every_seconds} s"
    return f"{schedule.cron} {schedule.timezone}"


def _last(schedule: Schedule) -> str:
    return "" if schedule.last_run_id is None else str(schedule.last_run_id)
