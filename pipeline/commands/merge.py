"""Merge two leads that are one; both can be had back at any time."""

from argparse import ArgumentParser, Namespace

from sqlalchemy.orm import Session

from pipeline.commands.context import ACTOR, Context, add_common_arguments
from pipeline.commands.store import open_store
from pipeline.edits import merge_by_hand
from pipeline.merges.following import require_living


def add_arguments(parser: ArgumentParser) -> None:
    """Declare which leads."""
    add_common_arguments(parser)
    parser.add_argument("winner", metavar="WINNER", type=int, help="the lead that lives on")
    parser.add_argument("loser", metavar="LOSER", type=int, help="the lead that becomes part of it")


def run(arguments: Namespace, context: Context) -> int:
    """Merge the leads and tell how to take that back."""
    winner, loser = arguments.winner, arguments.loser
    with open_store(context.settings) as database:
        operation, living = database.transact(lambda db: _merge(db, winner, loser), actor=ACTOR)
    context.answer(
        {"operation": operation, "lead": living, "merged": loser},
        f"Lead {loser} is a part of lead {living} now, and its number answers with that lead.\n"
        f"To take it out again:  leads split {loser}",
    )
    return 0


def _merge(db: Session, winner: int, loser: int) -> tuple[int, int]:
    operation = merge_by_hand(db, winner, loser)
    return operation.id, require_living(db, winner).id
