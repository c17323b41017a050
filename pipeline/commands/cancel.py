"""Stop a run; what it wrote so far stays and can be undone."""

from argparse import ArgumentParser, Namespace

from pipeline.commands.context import ACTOR, Context, add_common_arguments
from pipeline.commands.run_report import run_document
from pipeline.commands.store import open_store
from pipeline.runs.service import cancel_run


def add_arguments(parser: ArgumentParser) -> None:
    """Declare which run."""
    add_common_arguments(parser)
    parser.add_argument("run", metavar="RUN", type=int, help="its number, as leads runs shows it")


def run(arguments: Namespace, context: Context) -> int:
    """Cancel the run."""
    with open_store(context.settings) as database:
        run = database.transact(lambda db: cancel_run(db, arguments.run), actor=ACTOR)
    context.answer(
        run_document(run),
        f"Run {run.id} is cancelled after {run.read:,} rows. "
        f"To take them back: leads undo {run.operation_id}",
    )
    return 0
