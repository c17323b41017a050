"""Import an invented file and scrape an invented site through the real queue, then stay."""

import sys
from argparse import ArgumentParser, Namespace

from pipeline.commands.context import Context, add_json_argument
from pipeline.demo.run import run_demo


def add_arguments(parser: ArgumentParser) -> None:
    """Declare how long the demonstration stays."""
    add_json_argument(parser)
    parser.add_argument("--exit", action="store_true", help="stop when the work is done")
    parser.add_argument("--port", help="the dashboard's port (default: 8000, or a free one)")


def run(arguments: Namespace, context: Context) -> int:
    """Run the demonstration; its exit status tells whether everything balances."""
    out = sys.stderr if context.as_json else sys.stdout
    status = run_demo(context.settings, exit_when_done=arguments.exit, out=out)
    if context.as_json:
        context.answer({"balances": status == 0}, "")
    return status
