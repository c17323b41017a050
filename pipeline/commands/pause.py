"""Let a run stand still until it is resumed."""

from argparse import ArgumentParser, Namespace

from pipeline.commands.context import ACTOR, Context, add_common_arguments
from pipeline.commands.run_report import run_document
from pipeline.commands.store import open_store
from pipeline.runs.service import pause_run


def add_arguments(parser: ArgumentParser) -> None:
    """Declare which run."""
    add_common_arguments(parser)
    parser.add_argument("run", metavar="RUN", type=int, help="its number, as leads runs shows it")


def run(arguments: Namespace, context: Context) -> int:
    """Pause the run; what workers have in hand is still written."""
    with open_store(context.settings) as database:
        run = database.transact(lambda db: pause_run(db, arguments.run), actor=ACTOR)
    context.answer(
        run_document(run),
        f"Run {run.id} is paused after {run.read:,} rows. To go on with it: leads resume {run.id}",
    )
    return 0
