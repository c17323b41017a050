"""Look at runs that found something unusual, and accept or discard what they found."""

from argparse import ArgumentParser, Namespace
from typing import Any

from pipeline.commands.context import ACTOR, Context, add_common_arguments
from pipeline.commands.store import open_store
from pipeline.commands.tables import format_table
from pipeline.database.engine import Database
from pipeline.verdicts import accept_run, discard_run
from pipeline.watching.alarms import OPEN, find_alarms, require_alarm, tell_alarm
from pipeline.watching.evidence import PageView, show_evidence
from pipeline.watching.models import Alarm

_HEADINGS = ("id", "run", "source", "state", "what is unusual")


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the acts."""
    acts = parser.add_subparsers(metavar="ACT", required=True)
    listing = acts.add_parser("list", help="list the open alarms, the newest first")
    listing.add_argument("--all", action="store_true", help="those that were decided, too")
    listing.set_defaults(act=_list)
    show = acts.add_parser("show", help="show an alarm with a page before and after")
    show.add_argument("alarm", metavar="ID", type=int)
    show.set_defaults(act=_show)
    accept = acts.add_parser("accept", help="let a quarantined run land: that is usual from now on")
    accept.set_defaults(act=_accept)
    discard = acts.add_parser("discard", help="throw away what a quarantined run found")
    discard.set_defaults(act=_discard)
    for act in (accept, discard):
        act.add_argument("run", metavar="RUN", type=int)
    for act in acts.choices.values():
        add_common_arguments(act)


def run(arguments: Namespace, context: Context) -> int:
    """Do the act that was asked for."""
    with open_store(context.settings) as database:
        arguments.act(arguments, context, database)
    return 0


def _list(arguments: Namespace, context: Context, database: Database) -> None:
    with database.read() as db:
        found = find_alarms(db, state=None if arguments.all else OPEN, limit=1_000)
    rows = [(str(one.id), str(one.run_id), one.source, one.state, tell_alarm(one)) for one in found]
    context.answer(
        [_document(one) for one in found],
        lambda: format_table(_HEADINGS, rows) if rows else "There is no alarm.",
    )


def _show(arguments: Namespace, context: Context, database: Database) -> None:
    with database.read() as db:
        alarm = require_alarm(db, arguments.alarm)
        evidence = show_evidence(db, context.settings, alarm)
    pages = {"before": evidence.before, "after": evidence.after}
    lines = [f"Run {alarm.run_id} of {alarm.source}: {tell_alarm(alarm)}"]
    for name, page in pages.items():
        lines += ["", *_describe(name, page)]
    context.answer(
        {
            **_document(alarm),
            "is_told": evidence.is_told,
            **{name: _page(page) for name, page in pages.items()},
        },
        "\n".join(lines),
    )


def _accept(arguments: Namespace, context: Context, database: Database) -> None:
    accepted = database.transact(lambda db: accept_run(db, arguments.run), actor=ACTOR)
    context.answer(
        {"run": accepted.id, "state": accepted.state},
        f"Run {accepted.id} may land; leads up or leads resume {accepted.id} works on it.",
    )


def _discard(arguments: Namespace, context: Context, database: Database) -> None:
    discarded = database.transact(lambda db: discard_run(db, arguments.run), actor=ACTOR)
    context.answer(
        {"run": discarded.id, "state": discarded.state},
        f"What run {discarded.id} found is thrown away; no lead has changed by it.",
    )


def _document(alarm: Alarm) -> dict[str, Any]:
    names = ("id", "run_id", "source", "field", "value", "low", "high", "state", "decided_by")
    return {**{name: getattr(alarm, name) for name in names}, "message": tell_alarm(alarm)}


def _describe(name: str, page: PageView | None) -> list[str]:
    if page is None:
        return [f"{name}: no page is kept."]
    values = ", ".join(page.values) or "nothing"
    return [f"{name}: {page.url} (run {page.run_id})", f"  found: {values}", f"  {page.excerpt}"]


def _page(page: PageView | None) -> dict[str, Any] | None:
    if page is None:
        return None
    return {
        "page_id": page.page_id,
        "run_id": page.run_id,
        "url": page.url,
        "values": list(page.values),
        "records": [dict(one) for one in page.records],
        "excerpt": page.excerpt,
    }
