"""Go on with a run that was interrupted."""

import time
from argparse import ArgumentParser, Namespace

from pipeline.commands.context import Context, add_common_arguments
from pipeline.commands.follow import follow_run
from pipeline.commands.run_report import report_run
from pipeline.commands.store import open_store


def add_arguments(parser: ArgumentParser) -> None:
    """Declare which run."""
    add_common_arguments(parser)
    parser.add_argument("run", metavar="RUN", type=int, help="its number, as leads runs shows it")


def run(arguments: Namespace, context: Context) -> int:
    """Follow the run to its end and report it; one that has ended is reported as it is."""
    began = time.perf_counter()
    with open_store(context.settings) as database:
        ended = follow_run(database, context.settings, arguments.run)
    return report_run(context, ended, time.perf_counter() - began)
