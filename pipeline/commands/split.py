"""Take a merged lead out again: both leads are as if they had never been merged."""

from argparse import ArgumentParser, Namespace

from sqlalchemy.orm import Session

from pipeline.commands.context import ACTOR, Context, add_common_arguments
from pipeline.commands.store import open_store
from pipeline.edits import split_by_hand
from pipeline.merges.following import find_canonical


def add_arguments(parser: ArgumentParser) -> None:
    """Declare which lead."""
    add_common_arguments(parser)
    parser.add_argument("lead", metavar="ID", type=int, help="the lead that was merged")


def run(arguments: Namespace, context: Context) -> int:
    """Split the lead off and tell how to take that back."""
    lead = arguments.lead
    with open_store(context.settings) as database:
        operation, other = database.transact(lambda db: _split(db, lead), actor=ACTOR)
    context.answer(
        {"operation": operation, "lead": lead, "from": other},
        f"Lead {lead} is a lead of its own again, as it was before it was merged; "
        f"what was done since stays with lead {other}.\n"
        f"No rule merges them again. To take the split back:  leads undo {operation}",
    )
    return 0


def _split(db: Session, lead_id: int) -> tuple[int, int]:
    other = find_canonical(db, [lead_id]).get(lead_id, lead_id)
    return split_by_hand(db, lead_id).id, other
