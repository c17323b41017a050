"""Match all leads against each other, also those that came before matching was switched on."""

import time
from argparse import ArgumentParser, Namespace

from pipeline.commands.context import ACTOR, Context, add_common_arguments
from pipeline.commands.follow import follow_run
from pipeline.commands.run_report import report_run
from pipeline.commands.store import open_store
from pipeline.resolve.batches import request_resolution


def add_arguments(parser: ArgumentParser) -> None:
    """Declare nothing of its own."""
    add_common_arguments(parser)


def run(arguments: Namespace, context: Context) -> int:  # noqa: ARG001 - all commands are called so
    """Request a resolution of all leads, follow it to its end, and report."""
    began = time.perf_counter()
    with open_store(context.settings) as database:
        run_id = database.transact(lambda db: request_resolution(db).id, actor=ACTOR)
        ended = follow_run(database, context.settings, run_id)
    return report_run(context, ended, time.perf_counter() - began)
