"""Let sources run by themselves: add, list, edit, pause, run and remove schedules."""

from argparse import ArgumentParser, Namespace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from pipeline.catalog.service import require_source
from pipeline.commands.context import ACTOR, Context, add_common_arguments
from pipeline.commands.params import add_param_argument, read_params
from pipeline.commands.store import open_store
from pipeline.commands.tables import format_table
from pipeline.database.base import utc_now
from pipeline.database.engine import Database
from pipeline.runs.models import Schedule
from pipeline.schedules import (
    add_schedule,
    edit_schedule,
    find_blocking_run,
    find_next_times,
    find_schedules,
    pause_schedule,
    preview_times,
    read_rule,
    require_schedule,
    resume_schedule,
    rule_of,
    run_now,
    tell,
)

_RULE = 'plain words, as "every weekday at 6:30", "every 2 hours", or a cron expression'
_ACTS = {
    "pause": ("let a schedule rest until it is resumed", pause_schedule),
    "resume": ("let a paused schedule go on", resume_schedule),
}


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the acts."""
    acts = parser.add_subparsers(metavar="ACT", required=True)
    add = acts.add_parser("add", help="let a source run again and again")
    add.add_argument("source", metavar="SOURCE", help="its slug, as leads sources shows it")
    add.add_argument("--url", help="where to begin")
    add_param_argument(add)
    when = add.add_mutually_exclusive_group(required=True)
    when.add_argument("--rule", help=_RULE)
    when.add_argument("--cron", help='five fields, as "0 6 * * 1-5"')
    when.add_argument("--every", type=int, metavar="SECONDS")
    _add_time_arguments(add, default="UTC")
    add.set_defaults(act=_add)
    acts.add_parser("list", help="list them, the next due first").set_defaults(act=_list)
    preview = acts.add_parser("preview", help="show how a rule is read, and when it is due")
    preview.add_argument("rule", metavar="RULE", help=_RULE)
    preview.add_argument("--timezone", default="UTC", help="as Europe/Zurich (default: UTC)")
    preview.set_defaults(act=_preview)
    edit = acts.add_parser("edit", help="change a schedule")
    edit.add_argument("--rule", help=_RULE)
    _add_time_arguments(edit, default=None)
    edit.set_defaults(act=_edit)
    for name, (text, _) in _ACTS.items():
        acts.add_parser(name, help=text).set_defaults(act=_pause_or_resume, name=name)
    acts.add_parser("run", help="run a schedule now").set_defaults(act=_run)
    acts.add_parser("remove", help="remove a schedule").set_defaults(act=_remove)
    for name in ("edit", *_ACTS, "run", "remove"):
        acts.choices[name].add_argument("schedule", metavar="ID", type=int)
    for act in acts.choices.values():
        add_common_arguments(act)


def run(arguments: Namespace, context: Context) -> int:
    """Do the act that was asked for."""
    with open_store(context.settings) as database:
        arguments.act(arguments, context, database)
    return 0


def _add_time_arguments(parser: ArgumentParser, *, default: str | None) -> None:
    parser.add_argument("--timezone", default=default, help="as Europe/Zurich (default: UTC)")
    parser.add_argument(
        "--jitter", type=int, metavar="SECONDS", help="begin up to so much later, to spread runs"
    )


def _add(arguments: Namespace, context: Context, database: Database) -> None:
    def add(db: Session) -> Schedule:
        source = require_source(db, arguments.source)
        return add_schedule(
            db,
            source.slug,
            read_params(source, arguments.url, arguments.param),
            rule=arguments.rule,
            cron=arguments.cron,
            every_seconds=arguments.every,
            timezone=arguments.timezone,
            jitter_seconds=arguments.jitter or 0,
        )

    _answer(context, database.transact(add, actor=ACTOR))


def _edit(arguments: Namespace, context: Context, database: Database) -> None:
    changed = database.transact(
        lambda db: edit_schedule(
            db,
            arguments.schedule,
            rule=arguments.rule,
            timezone=arguments.timezone,
            jitter_seconds=arguments.jitter,
        ),
        actor=ACTOR,
    )
    _answer(context, changed)


def _pause_or_resume(arguments: Namespace, context: Context, database: Database) -> None:
    _, act = _ACTS[arguments.name]
    _answer(context, database.transact(lambda db: act(db, arguments.schedule), actor=ACTOR))


def _list(_: Namespace, context: Context, database: Database) -> None:
    with database.read() as db:
        found = [(one, find_blocking_run(db, one)) for one in find_schedules(db)]
    rows = [
        (str(one.id), one.source, _when(one), _state(one, blocking is not None), *_moments(one))
        for one, blocking in found
    ]
    headings = ("id", "source", "when", "state", "next due", "last run")
    context.answer(
        [_document(one) for one, _ in found],
        lambda: format_table(headings, rows) if rows else "There are no schedules.",
    )


def _preview(arguments: Namespace, context: Context, _: Database) -> None:
    rule = read_rule(arguments.rule)
    zone = rule.timezone or arguments.timezone
    times = preview_times(rule, zone, utc_now())
    document = {
        "rule": tell(rule),
        "cron": rule.cron,
        "every_seconds": rule.every_seconds,
        "timezone": zone,
        "next_times": times,
    }
    context.answer(document, "\n".join([f"{tell(rule)}, {zone}", *_lines(times, zone)]))


def _run(arguments: Namespace, context: Context, database: Database) -> None:
    made = database.transact(lambda db: run_now(db, arguments.schedule), actor=ACTOR)
    context.answer({"run": made.id}, f"Run {made.id} is requested; leads up works on it.")


def _remove(arguments: Namespace, context: Context, database: Database) -> None:
    def remove(db: Session) -> None:
        db.delete(require_schedule(db, arguments.schedule))

    database.transact(remove, actor=ACTOR)
    context.answer({"removed": arguments.schedule}, f"Schedule {arguments.schedule} is removed.")


def _answer(context: Context, schedule: Schedule) -> None:
    times = find_next_times(schedule)
    head = f"Schedule {schedule.id}: {_when(schedule)}{'' if schedule.enabled else ', paused'}."
    text = "\n".join([head, *(_lines(times, schedule.timezone) if schedule.enabled else [])])
    context.answer(_document(schedule), text)


def _document(schedule: Schedule) -> dict[str, Any]:
    return {
        "id": schedule.id,
        "source": schedule.source,
        "params": schedule.params,
        "rule": tell(rule_of(schedule)),
        "words": schedule.words,
        "cron": schedule.cron,
        "every_seconds": schedule.every_seconds,
        "timezone": schedule.timezone,
        "jitter_seconds": schedule.jitter_seconds,
        "enabled": schedule.enabled,
        "next_due_at": schedule.next_due_at,
        "next_times": find_next_times(schedule) if schedule.enabled else [],
        "last_run": schedule.last_run_id,
    }


def _when(schedule: Schedule) -> str:
    said = tell(rule_of(schedule))
    return said if schedule.cron is None else f"{said}, {schedule.timezone}"


def _state(schedule: Schedule, is_blocked: bool) -> str:  # noqa: FBT001 - a table's cell
    if not schedule.enabled:
        return "paused"
    return "waits" if is_blocked and schedule.next_due_at <= utc_now() else "on"


def _moments(schedule: Schedule) -> tuple[object, str]:
    last = "" if schedule.last_run_id is None else str(schedule.last_run_id)
    return schedule.next_due_at if schedule.enabled else "", last


def _lines(times: list[datetime], zone: str) -> list[str]:
    return [f"  {one.astimezone(ZoneInfo(zone)):%a %Y-%m-%d %H:%M:%S %Z}" for one in times]
