"""Start the engine on a data folder, and stay with it until Ctrl-C."""

import os
import sys
from argparse import ArgumentParser, Namespace

from pipeline.commands.context import Context, add_data_argument
from pipeline.settings import PREFIX


def add_arguments(parser: ArgumentParser) -> None:
    """Declare where the engine keeps its data and where it listens."""
    add_data_argument(parser)
    parser.add_argument("--host", help="the address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", help="the port to listen on (default: 8000); 0 takes a free one")


def run(_: Namespace, context: Context) -> int:
    """Become the supervisor: signals and the exit status are then its own."""
    others = {name: text for name, text in context.environ.items() if not name.startswith(PREFIX)}
    environ = others | context.settings.to_env()
    sys.stdout.flush()
    os.execve(sys.executable, (sys.executable, "-P", "-m", "workers.supervisor"), environ)  # noqa: S606 - our own module, under our own interpreter
