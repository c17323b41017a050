"""Write an import's rejected rows as a CSV file: correct it, and import it as it is."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from pipeline.commands.context import Context, add_common_arguments
from pipeline.commands.store import open_store
from pipeline.errors import InvalidInput
from pipeline.issue_file import write_issue_file
from pipeline.runs.service import require_run


def add_arguments(parser: ArgumentParser) -> None:
    """Declare which import, and where to."""
    add_common_arguments(parser)
    parser.add_argument("run", metavar="RUN", type=int, help="its number, as leads runs shows it")
    parser.add_argument(
        "-o", "--output", metavar="FILE", default="", help="the file to write (default: stdout)"
    )


def run(arguments: Namespace, context: Context) -> int:
    """Write the file; ``--json`` tells what was written, and needs ``-o``."""
    if context.as_json and not arguments.output:
        raise InvalidInput("--json answers on standard output; name a file with -o.")
    with open_store(context.settings) as database:
        with database.read() as db:
            found = require_run(db, arguments.run, kind="import")
        chunks = write_issue_file(database, found)
        if not arguments.output:
            sys.stdout.buffer.writelines(chunks)
            return 0
        try:
            with Path(arguments.output).open("wb") as file:
                file.writelines(chunks)
        except OSError as error:
            raise InvalidInput(f"{arguments.output} cannot be written: {error.strerror}.") from None
    told = {"run": found.id, "file": arguments.output, "rows": found.rejected}
    context.answer(told, f"{found.rejected:,} rejected rows are in {arguments.output}.")
    return 0
