"""Keep e-mails, phones or domains from becoming leads. Only keyed digests of them are stored."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable

from sqlalchemy.orm import Session

from pipeline.commands.context import ACTOR, Context, add_common_arguments
from pipeline.commands.store import open_store
from pipeline.settings import Settings
from pipeline.suppressions import KINDS, add_suppression

STDIN = "-"


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what is suppressed, and why."""
    add_common_arguments(parser)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument(
        "values",
        metavar="VALUE",
        nargs="+",
        help="what to suppress; - reads standard input, one a line, and stays out of the history",
    )
    parser.add_argument("--reason", default="", help="why, for whoever asks later")


def run(arguments: Namespace, context: Context) -> int:
    """Suppress all values, or none where one of them is unusable."""
    values = list(_read(arguments.values))
    with open_store(context.settings) as database:
        database.transact(
            lambda db: _suppress(db, arguments.kind, values, arguments.reason, context.settings),
            actor=ACTOR,
        )
    context.answer(
        {"kind": arguments.kind, "suppressed": len(values)},
        f"{len(values):,} suppressed. Leads that exist already are not touched.",
    )
    return 0


def _read(values: Iterable[str]) -> Iterable[str]:
    for value in values:
        if value == STDIN:
            yield from filter(None, map(str.strip, sys.stdin))
        else:
            yield value


def _suppress(db: Session, kind: str, values: list[str], reason: str, settings: Settings) -> None:
    for value in values:
        add_suppression(db, kind, value, region=settings.default_region, reason=reason)
