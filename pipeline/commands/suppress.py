"""Keep e-mails, phones or domains from becoming leads. Only keyed digests of them are stored."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from sqlalchemy.orm import Session

from pipeline.commands.context import ACTOR, Context, add_common_arguments
from pipeline.commands.store import open_store
from pipeline.commands.tables import format_table
from pipeline.database.dialects import serialize_writers
from pipeline.database.engine import Database
from pipeline.suppressions import (
    KINDS,
    Suppression,
    add_suppression,
    find_suppressions,
    remove_suppression,
)

STDIN = "-"


def add_arguments(parser: ArgumentParser) -> None:
    """Declare one act for each kind of value, and two for what is suppressed already."""
    acts = parser.add_subparsers(metavar="ACT", required=True)
    for kind in KINDS:
        act = acts.add_parser(kind, help=f"suppress each {kind} given")
        act.add_argument(
            "values", metavar="VALUE", nargs="+", help="- reads standard input, one a line"
        )
        act.add_argument("--reason", default="", help="why, for whoever asks later")
        act.set_defaults(act=_add, kind=kind)
    listing = acts.add_parser("list", help="list suppressions; what they name is not kept")
    listing.add_argument("--limit", type=int, default=50, help="how many (default: 50)")
    listing.set_defaults(act=_list)
    remove = acts.add_parser("remove", help="lift a suppression")
    remove.add_argument("suppression", metavar="ID", type=int)
    remove.set_defaults(act=_remove)
    for act in acts.choices.values():
        add_common_arguments(act)


def run(arguments: Namespace, context: Context) -> int:
    """Do the act that was asked for."""
    with open_store(context.settings) as database:
        arguments.act(arguments, context, database)
    return 0


def _add(arguments: Namespace, context: Context, database: Database) -> None:
    """Suppress all values, or none where one of them is unusable."""
    values = list(_read(arguments.values))
    region = context.settings.default_region

    def add(db: Session) -> list[Suppression]:
        serialize_writers(db)
        return [
            add_suppression(db, arguments.kind, value, region=region, reason=arguments.reason)
            for value in values
        ]

    added = database.transact(add, actor=ACTOR)
    context.answer(
        [_document(one) for one in added],
        f"{len(added):,} suppressed. Leads that exist already are not touched.",
    )


def _read(values: list[str]) -> Iterator[str]:
    for value in values:
        if value == STDIN:
            yield from filter(None, map(str.strip, sys.stdin))
        else:
            yield value


def _list(arguments: Namespace, context: Context, database: Database) -> None:
    with database.read() as db:
        found = find_suppressions(db, limit=max(arguments.limit, 1))
    rows = [(str(one.id), one.kind, one.reason, one.created_at) for one in found]
    context.answer(
        [_document(one) for one in found],
        lambda: format_table(("id", "kind", "reason", "since"), rows) if rows else "None so far.",
    )


def _remove(arguments: Namespace, context: Context, database: Database) -> None:
    number = arguments.suppression
    database.transact(lambda db: remove_suppression(db, number), actor=ACTOR)
    context.answer({"removed": number}, f"Suppression {number} is lifted.")


def _document(one: Suppression) -> dict[str, object]:
    return {"id": one.id, "kind": one.kind, "reason": one.reason, "created_at": one.created_at}
